import type { IncomingMessage, ServerResponse } from 'node:http';

/** Somebody to be in the practice chat. */
export interface Person {
  /** Teams' own id for the person in this bot's eyes, `29:…`. */
  readonly id: string;
  readonly aadObjectId: string;
  readonly name: string;
  /** Shown under the name. */
  readonly role: string;
  /** BCP 47, sent with every activity. */
  readonly locale: string;
  /** IANA name, sent with every activity. */
  readonly timeZone: string;
}

/** What the local chat is built from. */
export interface LocalChatOptions {
  /** Where the bot takes activities: `http://…/api/messages`. */
  readonly botUrl: string;
  /** Base of this service as the bot reaches it; known only after listen, so it is asked for each time. */
  serviceUrl(): string;
  readonly tenantId: string;
  /** The bot's own id, `28:…`. */
  readonly botId: string;
  readonly botName: string;
  readonly people: readonly Person[];
  /** Journal of all conversations; absent: they live as long as the process. */
  readonly dataFile?: string;
  /** How long Teams waits for a turn; 15,000 ms. */
  readonly turnTimeoutMs?: number;
  readonly now?: () => Date;
  /** Sentences offered in a conversation in which nobody has written. */
  readonly firstExamples: readonly string[];
}

/** The running chat, to be mounted on an HTTP server. */
export interface LocalChat {
  /** Takes the request if it is one of its own routes; false: it was not touched. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** Ends all streams and closes the journal. */
  close(): Promise<void>;
}
