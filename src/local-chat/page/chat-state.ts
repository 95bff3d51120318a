import type { ChatRecord, Conversation, Message, Notice, Snapshot, StreamEvent, Typing } from '../wire.ts';

/** A card that the bot gave to this person in this tab in place of everybody's. */
export interface OwnView {
  readonly version: number;
  readonly card: unknown;
  readonly serial: number;
}

/** How long a bot seems to type when nothing follows. */
const typingMs = 12_000;

/** Everything the tab knows; tells its listener after each change. */
export class ChatState {
  about: Omit<Snapshot, 'kind' | 'messages' | 'notices' | 'conversations'> | undefined;
  conversations: readonly Conversation[] = [];
  selected: string | undefined;
  connected = true;
  readonly messages = new Map<string, Message>();
  readonly notices = new Map<string, Notice>();
  readonly #typing = new Map<string, Typing>();
  readonly #ownViews = new Map<string, OwnView>();
  readonly #changed: () => void;
  #serial = 0;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  take(event: StreamEvent): void {
    if (event.kind === 'snapshot') this.#begin(event);
    else if (event.kind === 'typing') this.#startTyping(event);
    else this.#record(event);
    this.#changed();
  }

  setConnected(connected: boolean): void {
    this.connected = connected;
    this.#changed();
  }

  select(conversation: string | undefined): void {
    this.selected = conversation;
    this.#markRead();
    this.#changed();
  }

  get conversation(): Conversation | undefined {
    return this.conversations.find(({ id }) => id === this.selected);
  }

  /** Messages of a conversation, oldest first. */
  messagesIn(conversation: string): Message[] {
    const here = [...this.messages.values()].filter((message) => message.conversation === conversation);
    return here.toSorted((one, other) => Number(one.id) - Number(other.id));
  }

  /** Who types in a conversation now, and in which thread. */
  typingIn(conversation: string): Typing[] {
    return [...this.#typing.values()].filter((typing) => typing.conversation === conversation);
  }

  /** Whether the bot or somebody else wrote something that this person has not looked at. */
  unread(conversation: string): boolean {
    const last = this.messagesIn(conversation).findLast(({ author }) => author.id !== this.about?.me.id);
    return last !== undefined && Number(last.id) > Number(localStorage.getItem(this.#readKey(conversation)) ?? 0);
  }

  /** The card as this person sees it: the own view lasts until the message changes. */
  ownView(message: Message): OwnView | undefined {
    const view = this.#ownViews.get(message.id);
    return view && view.version >= message.version ? view : undefined;
  }

  setOwnView(messageId: string, { card, version }: Pick<OwnView, 'card' | 'version'>): void {
    this.#ownViews.set(messageId, { version, card, serial: ++this.#serial });
    this.#changed();
  }

  #begin({ messages, notices, conversations, ...about }: Snapshot): void {
    if (about.me.id !== this.about?.me.id) this.#ownViews.clear();
    this.about = about;
    this.conversations = conversations;
    this.messages.clear();
    this.notices.clear();
    this.#typing.clear();
    for (const message of messages) this.messages.set(message.id, message);
    for (const notice of notices) this.notices.set(notice.id, notice);
    this.#markRead();
  }

  #record(record: ChatRecord): void {
    if (record.kind === 'notice') this.notices.set(record.notice.id, record.notice);
    if (record.kind !== 'message') return;
    const { message } = record;
    this.messages.set(message.id, message);
    if (message.author.kind === 'bot') this.#typing.delete(typingKey(message));
    this.#markRead();
  }

  #startTyping(typing: Typing): void {
    const key = typingKey(typing);
    this.#typing.set(key, typing);
    setTimeout(() => {
      if (this.#typing.get(key) === typing && this.#typing.delete(key)) this.#changed();
    }, typingMs);
  }

  #markRead(): void {
    if (this.selected === undefined || document.hidden) return;
    const last = this.messagesIn(this.selected).at(-1);
    if (last) localStorage.setItem(this.#readKey(this.selected), last.id);
  }

  #readKey(conversation: string): string {
    return `read ${this.about?.me.id} ${conversation}`;
  }
}

function typingKey({ conversation, thread }: { conversation: string; thread?: string | undefined }): string {
  return `${conversation} ${thread ?? ''}`;
}
