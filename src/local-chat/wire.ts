/**
 * What travels between the local chat and its page, and what the journal keeps. Types only: the page's own files
 * import this one too, and the browser sees nothing of it after the types are stripped.
 */

/** Where a conversation lives in Teams; the activity's `conversation.conversationType`. */
export type ConversationKind = 'personal' | 'groupChat' | 'channel';

/** A conversation as one person sees it. */
export interface Conversation {
  readonly id: string;
  readonly kind: ConversationKind;
  readonly title: string;
  /** Names of the people in it; the bot is always there too. */
  readonly memberNames: readonly string[];
}

/** Who wrote a message. */
export interface Author {
  readonly kind: 'bot' | 'person';
  readonly id: string;
  readonly name: string;
}

/** An attachment as the bot sent it; `content` is an Adaptive Card where the type says so. */
export interface Attachment {
  readonly contentType: string;
  readonly content?: unknown;
  readonly name?: string | undefined;
  /** Where a file is, that the person has taken. */
  readonly contentUrl?: string | undefined;
}

/** A suggested action under the last message; a click says `value` in the person's name (imBack). */
export interface Suggestion {
  readonly title: string;
  readonly value: string;
}

/** A mention in a text: `text` is the whole `<at>…</at>` as it stands there. */
export interface Mention {
  readonly text: string;
  readonly id: string;
  readonly name: string;
}

/** A message in its present form. A change replaces it as a whole and raises `version`. */
export interface Message {
  readonly id: string;
  readonly conversation: string;
  /** In a channel: id of the post that begins the thread; equal to `id` for that post itself. */
  readonly thread?: string | undefined;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly editedAt?: string | undefined;
  readonly deleted?: boolean | undefined;
  readonly version: number;
  readonly author: Author;
  readonly text: string;
  readonly format: 'markdown' | 'plain';
  readonly attachments: readonly Attachment[];
  readonly suggestions: readonly Suggestion[];
  readonly mentions: readonly Mention[];
  /** The bot's one-line form of a card, for lists and notifications. */
  readonly summary?: string | undefined;
}

/** What Teams would refuse, or what went wrong between Teams and the bot; shown in the conversation. */
export interface Notice {
  readonly id: string;
  readonly conversation: string;
  readonly thread?: string | undefined;
  readonly at: string;
  readonly level: 'refused' | 'warning' | 'failed';
  readonly code: string;
  readonly text: string;
}

/** One lasting change. */
export type ChatRecord =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'notice'; readonly notice: Notice }
  /** The bot was told that it was added here; it is told once. */
  | { readonly kind: 'opened'; readonly conversation: string };

/** Something that passes: never kept, never repeated after a reconnect. */
export interface Typing {
  readonly kind: 'typing';
  readonly conversation: string;
  readonly thread?: string | undefined;
  readonly author: Author;
}

/** A person as the page shows them. */
export interface PersonView {
  readonly id: string;
  readonly slug: string;
  /** Place among the people, from 0; gives the colour of the face. */
  readonly tone: number;
  readonly name: string;
  readonly role: string;
  readonly locale: string;
  readonly timeZone: string;
}

/** The first event on a stream that has nothing to resume from: everything the person may see. */
export interface Snapshot {
  readonly kind: 'snapshot';
  readonly bot: { readonly id: string; readonly name: string };
  readonly me: PersonView;
  readonly people: readonly PersonView[];
  readonly conversations: readonly Conversation[];
  readonly messages: readonly Message[];
  readonly notices: readonly Notice[];
  readonly firstExamples: readonly string[];
}

/** What the event stream carries, one JSON text per event. */
export type StreamEvent = ChatRecord | Typing | Snapshot;

/** `POST /local-chat/api/messages`: a person writes. */
export interface SayRequest {
  readonly as: string;
  readonly conversation: string;
  /** Id of the post to answer; absent in a channel: a new post. */
  readonly thread?: string | undefined;
  readonly text: string;
}

/** `POST /local-chat/api/submit`: Action.Submit on a card; comes to the bot as a message with a value and no text. */
export interface SubmitRequest {
  readonly as: string;
  readonly messageId: string;
  readonly value?: unknown;
}

/** `POST /local-chat/api/execute`: Action.Execute on a card, or its refresh. */
export interface ExecuteRequest {
  readonly as: string;
  readonly messageId: string;
  readonly trigger: 'manual' | 'automatic';
  readonly action: {
    readonly type: 'Action.Execute';
    readonly id?: string | undefined;
    readonly verb: string;
    readonly data?: unknown;
  };
}

/** What an Action.Execute came to, for the client that asked, and for no other. */
export type ExecuteOutcome =
  /** `version`: the message's when the bot answered; the card holds until the message has a later one. */
  | { readonly kind: 'card'; readonly card: unknown; readonly version: number }
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'error'; readonly code: string; readonly text: string };

/** `POST /local-chat/api/consent`: a person takes a file that the bot offers, or does not. */
export interface ConsentRequest {
  readonly as: string;
  readonly messageId: string;
  readonly action: 'accept' | 'decline';
}

/** `POST /local-chat/api/open`: a person looks at a conversation; the first time the bot is installed in it. */
export interface OpenRequest {
  readonly as: string;
  readonly conversation: string;
}
