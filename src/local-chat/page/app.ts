import type { ExecuteOutcome, ExecuteRequest, Message, PersonView } from '../wire.ts';
import { addressNow, remember } from './address.ts';
import { api } from './api.ts';
import { installMarkdown } from './card-markdown.ts';
import type { CardHandlers } from './card-view.ts';
import { ChatState } from './chat-state.ts';
import { ConversationPane } from './conversation-pane.ts';
import { el } from './dom.ts';
import { markdownRenderer } from './markdown.ts';
import type { MessageContext } from './message-view.ts';
import { Refresher } from './refresh.ts';
import { sidebar } from './sidebar.ts';
import { listen } from './stream.ts';
import { Clock } from './time.ts';
import { toasts } from './toast.ts';
import { topBar } from './top-bar.ts';

/** The whole page: one person in one tab. */
export class App {
  readonly #root: Element;
  readonly #markdown = markdownRenderer();
  readonly #toast = toasts();
  readonly #state: ChatState = new ChatState(() => this.#schedule());
  readonly #bar = topBar((slug) => this.#become(slug));
  readonly #list = sidebar((conversation) => this.#select(conversation));
  readonly #pane: ConversationPane;
  readonly #reconnecting = el('div', { class: 'reconnecting', role: 'status', 'data-testid': 'reconnecting' });
  readonly #refresher = new Refresher(({ id }, action) => this.#execute(id, { trigger: 'automatic', action }));
  #stopListening = () => {};
  #isScheduled = false;
  /** Formats are dear to make; they change only with the person. */
  #clock: { readonly reader: PersonView; readonly clock: Clock } | undefined;

  constructor(root: Element) {
    this.#root = root;
    this.#pane = new ConversationPane({
      say: (text, thread) => this.#say(text, thread),
      back: () => this.#select(undefined),
      failed: this.#toast.show,
    });
  }

  /** Builds the page and becomes whom the address names. */
  start(): void {
    installMarkdown(this.#markdown);
    const body = el('div', { class: 'body' }, this.#list.element, this.#pane.element);
    this.#root.replaceChildren(this.#bar.element, this.#reconnecting, body, this.#toast.element);
    document.addEventListener('visibilitychange', () => this.#lookAgain());
    addEventListener('popstate', () => this.#followAddress());
    this.#become(addressNow().as);
  }

  #followAddress(): void {
    const { as } = addressNow();
    if (as === this.#me) this.#openAsAddressed();
    else this.#become(as);
  }

  /** Many changes at once are drawn once. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => this.#draw());
  }

  #draw(): void {
    this.#isScheduled = false;
    const state = this.#state;
    this.#reconnecting.textContent = state.connected ? '' : 'Reconnecting…';
    const me = state.about?.me;
    if (!me) return;
    if (this.#clock?.reader !== me) this.#clock = { reader: me, clock: new Clock(me) };
    const { clock } = this.#clock;
    this.#root.classList.toggle('in-conversation', state.selected !== undefined);
    this.#bar.update(state);
    this.#list.update(state, clock);
    this.#pane.update(state, this.#context(me.id, clock));
    document.title = `${this.#unreadMark()}${me.name} – Vaultkeeper practice chat`;
    this.#refresher.look(state, { opened: false });
  }

  #unreadMark(): string {
    const state = this.#state;
    const count = state.conversations.filter(({ id }) => id !== state.selected && state.unread(id)).length;
    return count > 0 ? `(${count}) ` : '';
  }

  #context(myId: string, clock: Clock): MessageContext {
    return {
      myId,
      toneOf: (id) => this.#state.about?.people.find((person) => person.id === id)?.tone ?? 0,
      isChannel: this.#state.conversation?.kind === 'channel',
      clock,
      markdown: this.#markdown,
      cardHandlers: (message) => this.#cardHandlers(message),
      answerFile:
        ({ id }) =>
        (action) =>
          api.consent({ as: this.#me, messageId: id, action }),
      ownCard: (message) => this.#state.ownView(message)?.card,
    };
  }

  #cardHandlers({ id }: Message): CardHandlers {
    return {
      execute: (action) => this.#execute(id, { trigger: 'manual', action }),
      submit: (value) => api.submit({ as: this.#me, messageId: id, value }),
      said: this.#toast.show,
    };
  }

  /** A card in the answer takes the place of everybody's, in this tab alone. */
  async #execute(messageId: string, request: Pick<ExecuteRequest, 'trigger' | 'action'>): Promise<ExecuteOutcome> {
    const as = this.#me;
    const outcome = await api.execute({ as, messageId, ...request });
    if (outcome.kind === 'card' && as === this.#me) this.#state.setOwnView(messageId, outcome);
    return outcome;
  }

  #say(text: string, thread?: string): Promise<unknown> {
    const conversation = this.#state.selected ?? '';
    return api.say({ as: this.#me, conversation, text, ...(thread !== undefined && { thread }) });
  }

  #select(conversation: string | undefined): void {
    this.#toast.clear();
    this.#state.select(conversation);
    remember({ as: this.#me, kind: this.#state.conversation?.kind ?? 'list' });
    if (conversation === undefined) return;
    api.open({ as: this.#me, conversation }).catch((reason: unknown) => this.#toast.show(String(reason)));
    this.#refresher.look(this.#state, { opened: true });
    queueMicrotask(() => this.#pane.focusComposer());
  }

  #become(as: string): void {
    this.#stopListening();
    let hasBegun = false;
    this.#stopListening = listen(as, {
      connected: (connected) => this.#state.setConnected(connected),
      event: (event) => {
        this.#state.take(event);
        if (event.kind === 'snapshot' && !hasBegun) this.#openAsAddressed();
        hasBegun = true;
      },
    });
  }

  #openAsAddressed(): void {
    const { kind } = addressNow();
    const { conversations } = this.#state;
    const wanted = conversations.find((conversation) => conversation.kind === kind) ?? conversations[0];
    this.#select(kind === 'list' ? undefined : wanted?.id);
  }

  #lookAgain(): void {
    if (document.hidden) return;
    this.#state.select(this.#state.selected);
    this.#refresher.look(this.#state, { opened: true });
  }

  get #me(): string {
    return this.#state.about?.me.slug ?? '';
  }
}
