import type { ExecuteRequest, Message } from '../wire.ts';
import type { ChatState } from './chat-state.ts';

/** The part of a card that asks for views of one's own ("User specific views"). */
interface Refresh {
  readonly action: ExecuteRequest['action'];
  readonly userIds?: readonly string[];
}

/** A view older than this is asked for again when the message is looked at. */
const staleMs = 60_000;

/** Without a list of people Teams refreshes by itself only in conversations up to this size. */
const maxPeopleUnlisted = 60;

/** Only the newest messages are refreshed: those on the screen, about. */
const newest = 15;

/** Asks for this person's own views of cards, when Teams would: on opening, on a change, and after a minute. */
export class Refresher {
  readonly #asked = new Map<string, { version: number; at: number }>();
  readonly #ask: (message: Message, action: ExecuteRequest['action']) => Promise<unknown>;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(ask: (message: Message, action: ExecuteRequest['action']) => Promise<unknown>) {
    this.#ask = ask;
  }

  /** Looks at the conversation on the screen. `opened`: the person has just come to it. */
  look(state: ChatState, { opened }: { opened: boolean }): void {
    const { about, conversation } = state;
    if (!about || !conversation || document.hidden) return;
    for (const message of state.messagesIn(conversation.id).slice(-newest)) {
      const refresh = refreshOf(message);
      if (refresh && isListed(refresh, about.me.id, conversation.memberNames.length)) {
        this.#maybeAsk(`${about.me.id} ${message.id}`, { message, action: refresh.action, opened });
      }
    }
  }

  #maybeAsk(key: string, wish: { message: Message; action: ExecuteRequest['action']; opened: boolean }): void {
    const { message, action, opened } = wish;
    const last = this.#asked.get(key);
    const isStale = last === undefined || (opened && Date.now() - last.at > staleMs);
    if (!isStale && last.version === message.version) return;
    this.#asked.set(key, { version: message.version, at: Date.now() });
    this.#queue = this.#queue.then(() => this.#ask(message, action)).catch(() => undefined);
  }
}

function refreshOf({ attachments, deleted }: Message): Refresh | undefined {
  if (deleted) return undefined;
  const cards = attachments.map(({ content }) => content as { refresh?: Partial<Refresh> } | undefined);
  const refresh = cards.find((card) => card?.refresh?.action !== undefined)?.refresh;
  return refresh?.action === undefined ? undefined : { ...refresh, action: refresh.action };
}

function isListed({ userIds }: Refresh, myId: string, memberCount: number): boolean {
  return userIds === undefined ? memberCount <= maxPeopleUnlisted : userIds.includes(myId);
}
