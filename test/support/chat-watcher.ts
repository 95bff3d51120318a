import type {
  ChatRecord,
  Conversation,
  ConversationKind,
  Message,
  Notice,
  Snapshot,
} from '../../src/local-chat/wire.ts';
import type { StreamHandlers } from './chat-stream.ts';

interface Waiting {
  readonly check: () => void;
}

/** Keeps what the event streams of all people told, and wakes those who wait for something. */
export class Watcher {
  snapshot: Snapshot | undefined;
  readonly #conversations = new Map<string, readonly Conversation[]>();
  readonly #messages = new Map<string, Message>();
  readonly #notices = new Map<string, Notice>();
  readonly #typed = new Map<string, number>();
  readonly #waiting = new Set<Waiting>();

  /** What to do with the events of this person's stream. */
  handlers(slug?: string): StreamHandlers {
    return {
      snapshot: (snapshot) => {
        this.snapshot ??= snapshot;
        if (slug !== undefined) this.#conversations.set(slug, snapshot.conversations);
        for (const message of snapshot.messages) this.#take({ kind: 'message', message });
        for (const notice of snapshot.notices) this.#take({ kind: 'notice', notice });
        this.#changed();
      },
      record: (record) => {
        this.#take(record);
        this.#changed();
      },
      typing: ({ conversation }) => {
        // Everybody's stream tells it; the conversation's first member counts.
        if (slug !== this.#firstIn(conversation)) return;
        this.#typed.set(conversation, (this.#typed.get(conversation) ?? 0) + 1);
        this.#changed();
      },
    };
  }

  conversations(slug: string): readonly Conversation[] | undefined {
    return this.#conversations.get(slug);
  }

  /** Id of the person's conversation of this kind. @throws for an unknown person */
  conversation(slug: string, kind: ConversationKind): string {
    const found = this.#conversations.get(slug)?.find((conversation) => conversation.kind === kind);
    if (found) return found.id;
    throw new Error(`There is no person "${slug}". There are: ${[...this.#conversations.keys()].join(', ')}.`);
  }

  message(id: string): Message | undefined {
    return this.#messages.get(id);
  }

  view(conversation: string) {
    const here = (item: { conversation: string }) => item.conversation === conversation;
    const messages = [...this.#messages.values()]
      .filter(here)
      .toSorted((one, other) => Number(one.id) - Number(other.id));
    const fromBot = messages.filter(({ author, deleted }) => author.kind === 'bot' && !deleted);
    const notices = [...this.#notices.values()].filter(here);
    return { messages, fromBot, notices, typed: this.#typed.get(conversation) ?? 0 };
  }

  waitFor<T>(look: () => T, { within = 10_000, what = 'it' } = {}): Promise<NonNullable<T>> {
    return new Promise((resolve, reject) => {
      const end = (finish: () => void) => {
        clearTimeout(timer);
        this.#waiting.delete(waiting);
        finish();
      };
      const check = () => {
        try {
          const seen = look();
          if (seen) end(() => resolve(seen));
        } catch (error) {
          end(() => reject(error instanceof Error ? error : new Error(String(error))));
        }
      };
      const waiting = { check };
      const timer = setTimeout(() => end(() => reject(new Error(this.#lateness(what, within)))), within);
      this.#waiting.add(waiting);
      check();
    });
  }

  #firstIn(conversation: string): string | undefined {
    for (const [slug, conversations] of this.#conversations) {
      if (conversations.some(({ id }) => id === conversation)) return slug;
    }
    return undefined;
  }

  #take(record: ChatRecord): void {
    if (record.kind === 'notice') this.#notices.set(record.notice.id, record.notice);
    if (record.kind !== 'message') return;
    const known = this.#messages.get(record.message.id);
    if ((known?.version ?? 0) <= record.message.version) this.#messages.set(record.message.id, record.message);
  }

  #changed(): void {
    for (const { check } of [...this.#waiting]) check();
  }

  #lateness(what: string, within: number): string {
    const said = [...this.#messages.values()].map(({ author, text, summary, attachments }) => {
      return `  ${author.name}: ${text || summary || `(${attachments.length} attachments)`}`;
    });
    const notices = [...this.#notices.values()].map(({ level, text }) => `  [${level}] ${text}`);
    return [`Waited ${within} ms for ${what}. Said so far:`, ...said, ...notices].join('\n');
  }
}
