import type { ChatState } from './chat-state.ts';
import { composer } from './composer.ts';
import { el, type Item, icon, icons, reconcile } from './dom.ts';
import type { MessageContext } from './message-view.ts';
import { type Entry, entryItem, idOf, itemsOf, suggestionItems, typingItem } from './timeline.ts';

interface ThreadHandlers {
  readonly say: (text: string, thread?: string) => Promise<unknown>;
  readonly failed: (reason: string) => void;
}

/** A channel: posts, each with its answers and a way to answer. */
export class Threads {
  readonly #handlers: ThreadHandlers;
  readonly #frames = new Map<string, HTMLElement>();

  constructor(handlers: ThreadHandlers) {
    this.#handlers = handlers;
  }

  clear(): void {
    this.#frames.clear();
  }

  /** One item a thread, in the order of the posts; their frames stay, and what is in them is brought up to date. */
  items(state: ChatState, entries: readonly Entry[], context: MessageContext): Item[] {
    const threads = Map.groupBy(entries, (entry) => threadOf(entry) ?? idOf(entry));
    return [...threads].map(([thread, inside]) => {
      const [only] = inside;
      if (only && threadOf(only) === undefined) return entryItem(state, only, { context, before: undefined });
      const frame = this.#frames.get(thread) ?? this.#frame(state, thread);
      this.#frames.set(thread, frame);
      const typing = state.typingIn(state.selected ?? '').filter((one) => one.thread === thread);
      const list = frame.querySelector('.thread-messages');
      if (list)
        reconcile(list, [
          ...itemsOf(state, inside, context),
          ...typing.map(typingItem),
          ...this.#suggestions(inside, { thread, bot: state.about?.bot.name ?? '' }),
        ]);
      return { key: thread, stamp: '', make: () => frame };
    });
  }

  /** A choice in a channel mentions the bot, or it would not hear it. */
  #suggestions(inside: readonly Entry[], { thread, bot }: { thread: string; bot: string }): Item[] {
    return suggestionItems(inside, ({ value }) => {
      this.#handlers.say(`@${bot} ${value}`, thread).catch((reason: unknown) => this.#handlers.failed(String(reason)));
    });
  }

  #frame({ about, conversation }: ChatState, thread: string): HTMLElement {
    const box = composer({
      label: 'Reply',
      testPrefix: 'thread-',
      mentionNames: [about?.bot.name ?? '', ...(conversation?.memberNames ?? [])],
      send: (text) => this.#handlers.say(text, thread),
      failed: this.#handlers.failed,
    });
    box.hidden = true;
    const open = () => {
      box.hidden = false;
      reply.hidden = true;
      box.querySelector('textarea')?.focus();
    };
    const reply = el(
      'button',
      { type: 'button', class: 'reply', 'data-testid': 'thread-reply', on: { click: open } },
      icon(icons.reply),
      'Reply',
    );
    const attributes = {
      class: 'thread',
      role: 'group',
      'aria-label': 'Thread',
      'data-testid': 'thread',
      'data-thread': thread,
    };
    return el('div', attributes, el('div', { class: 'thread-messages' }), reply, box);
  }
}

function threadOf(entry: Entry): string | undefined {
  return 'message' in entry ? entry.message.thread : entry.notice.thread;
}
