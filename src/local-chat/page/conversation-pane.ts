import type { Conversation } from '../wire.ts';
import type { ChatState } from './chat-state.ts';
import { composer } from './composer.ts';
import { el, type Item, icon, icons, reconcile } from './dom.ts';
import type { MessageContext } from './message-view.ts';
import { faceOf, subtitleOf } from './sidebar.ts';
import { Threads } from './threads.ts';
import { entriesOf, itemsOf, suggestionItems, typingItem } from './timeline.ts';
import { welcomeItem } from './welcome.ts';

/** What can be done in the conversation on the screen. */
export interface PaneHandlers {
  readonly say: (text: string, thread?: string) => Promise<unknown>;
  readonly back: () => void;
  readonly failed: (reason: string) => void;
}

/** Closer than this to the lower edge, the log follows what comes. */
const followPx = 120;

/** The conversation on the screen: its head, its log, and the box to write in. */
export class ConversationPane {
  readonly element = el('main', { class: 'pane', 'aria-label': 'Conversation' });
  readonly #handlers: PaneHandlers;
  readonly #threads: Threads;
  readonly #log = el('div', { class: 'log', role: 'log', 'aria-label': 'Messages', tabindex: 0 });
  readonly #newest: HTMLElement;
  #shown = '';
  #said: string | undefined;

  constructor(handlers: PaneHandlers) {
    this.#handlers = handlers;
    this.#threads = new Threads(handlers);
    const jump = () => this.#log.scrollTo({ top: this.#log.scrollHeight, behavior: 'smooth' });
    this.#newest = el(
      'button',
      { type: 'button', class: 'newest', hidden: true, on: { click: jump } },
      'New messages ↓',
    );
    this.#log.addEventListener('scroll', () => this.#isAtEnd() && this.#newest.setAttribute('hidden', ''));
  }

  update(state: ChatState, context: MessageContext): void {
    const { conversation } = state;
    if (!conversation) {
      this.#shown = '';
      this.element.replaceChildren();
      return;
    }
    const key = `${context.myId} ${conversation.id}`;
    const isNew = key !== this.#shown;
    if (isNew) this.#begin(state, conversation);
    this.#shown = key;
    const said = newestBy(state, conversation, context.myId);
    const follows = isNew || this.#isAtEnd() || said !== this.#said;
    this.#said = said;
    const items = this.#items(state, conversation, context);
    const hasMore = items.length > this.#log.childElementCount;
    reconcile(this.#log, items);
    if (follows) this.#log.scrollTop = this.#log.scrollHeight;
    else if (hasMore) this.#newest.hidden = false;
  }

  #isAtEnd(): boolean {
    return this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < followPx;
  }

  /** Puts the caret into the box to write in. */
  focusComposer(): void {
    this.element.querySelector<HTMLElement>('.pane-foot textarea')?.focus();
  }

  #begin(state: ChatState, conversation: Conversation): void {
    this.#log.replaceChildren();
    this.#threads.clear();
    this.#newest.hidden = true;
    this.element.replaceChildren(
      paneHead(conversation, this.#handlers.back),
      this.#log,
      this.#foot(state, conversation),
    );
  }

  #foot({ about }: ChatState, { kind, memberNames }: Conversation): HTMLElement {
    const bot = about?.bot.name ?? '';
    const isPersonal = kind === 'personal';
    const box = composer({
      label: kind === 'channel' ? 'Start a new post' : 'Type a message',
      mentionNames: isPersonal ? [] : [bot, ...memberNames],
      send: (text) => this.#handlers.say(text),
      failed: this.#handlers.failed,
    });
    const hint = isPersonal ? undefined : el('p', { class: 'hint' }, `Only messages with @${bot} reach the bot.`);
    return el('div', { class: 'pane-foot' }, this.#newest, box, hint);
  }

  #items(state: ChatState, conversation: Conversation, context: MessageContext): Item[] {
    const entries = entriesOf(state, conversation);
    const isFresh = !entries.some((entry) => 'message' in entry && entry.message.author.kind === 'person');
    const welcome = isFresh ? [welcomeItem(state, conversation, (text) => this.#say(text))] : [];
    if (context.isChannel) return [...welcome, ...this.#threads.items(state, entries, context)];
    const mention = conversation.kind === 'personal' ? '' : `@${state.about?.bot.name} `;
    const suggestions = suggestionItems(entries, ({ value }) => this.#say(`${mention}${value}`));
    const typing = state.typingIn(conversation.id).map(typingItem);
    return [...welcome, ...itemsOf(state, entries, context), ...typing, ...suggestions];
  }

  #say(text: string): void {
    this.#handlers.say(text).catch((reason: unknown) => this.#handlers.failed(String(reason)));
  }
}

/** The newest message of one's own: to write something is to want to see it. */
function newestBy(state: ChatState, { id }: Conversation, author: string): string | undefined {
  return state.messagesIn(id).findLast((message) => message.author.id === author)?.id;
}

function paneHead(conversation: Conversation, back: () => void): HTMLElement {
  const names = el(
    'div',
    { class: 'names' },
    el('h2', {}, conversation.title),
    el('span', {}, subtitleOf(conversation)),
  );
  const button = el(
    'button',
    {
      type: 'button',
      class: 'round back',
      'aria-label': 'Back to conversations',
      'data-testid': 'back',
      on: { click: back },
    },
    icon(icons.back),
  );
  return el('div', { class: 'pane-head' }, button, faceOf(conversation), names);
}
