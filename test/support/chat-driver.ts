import type { ConversationKind, ExecuteOutcome, Message, Notice } from '../../src/local-chat/wire.ts';
import { buttonsOf, type CardButton, cardOf, gathered, offersFile } from './chat-card.ts';
import type { Watcher } from './chat-watcher.ts';

/** How tests name a conversation. */
export type Where = 'personal' | 'group' | 'channel';

/** What a person sees in a conversation at this moment. */
export interface ConversationView {
  /** Oldest first, deleted ones included. */
  readonly messages: readonly Message[];
  /** The bot's messages that are still there. */
  readonly fromBot: readonly Message[];
  /** "Teams would refuse this" and failures, oldest first. */
  readonly notices: readonly Notice[];
  /** How often the bot has shown that it is typing. */
  readonly typed: number;
}

/** Drives the chat as people do, over HTTP. People are named by slug, for example `ana-souza`. */
export interface TestChat extends AsyncDisposable {
  /** Base URL of the chat. */
  readonly url: string;
  /** Writes; in the group chat and the channel the text must mention the bot, `@Vaultkeeper …`. */
  say(as: string, where: Where, text: string, options?: { thread?: string }): Promise<Message>;
  /** Writes and waits for the bot's next new message in that conversation. */
  ask(as: string, where: Where, text: string, options?: { thread?: string }): Promise<Message>;
  /**
   * Clicks the Action.Execute with this verb or title, on the card as this person sees it, with `typed` in its
   * inputs. A card in the answer becomes this person's view of the message, until the message changes.
   * @throws if there is no such button, naming those that there are
   */
  click(
    as: string,
    message: Message,
    button: string,
    typed?: Readonly<Record<string, unknown>>,
  ): Promise<ExecuteOutcome>;
  /** Asks for the person's own view of a card, as a client does by itself (`refresh`, trigger `automatic`). */
  refresh(as: string, message: Message): Promise<ExecuteOutcome>;
  /** Sends any action, whatever the card says: for forged and replayed clicks. */
  execute(as: string, message: Message, action: { verb: string; data?: unknown; id?: string }): Promise<ExecuteOutcome>;
  /** Action.Submit with this value, whatever the card says. */
  submit(as: string, message: Message, value: unknown): Promise<void>;
  /** Takes a file that the bot offers in this message, or does not. */
  consent(as: string, message: Message, action: 'accept' | 'decline'): Promise<void>;
  /** Opens the conversation; the first time the bot is told that it was added. */
  open(as: string, where: Where): Promise<void>;
  /** The card as this person sees it: their own view, else everybody's. */
  card(as: string, message: Message): unknown;
  /** The message as it is now. */
  now(message: Message): Message;
  view(as: string, where: Where): ConversationView;
  /** What `messages` holds in `view`. */
  messages(as: string, where: Where): readonly Message[];
  /**
   * Resolves with the first truthy result of `look`, which is asked now and after every change. No polling.
   * @throws after `within` ms (10,000), with what was said so far
   */
  waitFor<T>(look: () => T, options?: { within?: number; what?: string }): Promise<NonNullable<T>>;
}

const kinds: Readonly<Record<Where, ConversationKind>> = {
  personal: 'personal',
  group: 'groupChat',
  channel: 'channel',
};

/** The driver over a running chat; see `TestChat` for what it does. */
export class ChatDriver implements TestChat {
  readonly url: string;
  readonly #watcher: Watcher;
  readonly #close: () => Promise<void>;
  /** Own cards by person and message, as a client keeps them. */
  readonly #ownCards = new Map<string, { version: number; card: unknown }>();

  constructor(url: string, watcher: Watcher, close: () => Promise<void>) {
    this.url = url;
    this.#watcher = watcher;
    this.#close = close;
  }

  async say(as: string, where: Where, text: string, options: { thread?: string } = {}): Promise<Message> {
    return (await this.#post('messages', { as, conversation: this.#place(as, where), text, ...options })) as Message;
  }

  async ask(as: string, where: Where, text: string, options?: { thread?: string }): Promise<Message> {
    const before = new Set(this.messages(as, where).map(({ id }) => id));
    await this.say(as, where, text, options);
    const answer = () =>
      this.view(as, where).fromBot.find((message) => !before.has(message.id) && !offersFile(message));
    return this.waitFor(answer, { what: `an answer to "${text}"` });
  }

  async click(as: string, message: Message, button: string, typed: Readonly<Record<string, unknown>> = {}) {
    const shown = this.card(as, message);
    const found = buttonNamed(shown, button);
    const { verb, id } = found;
    return this.execute(as, message, { verb, ...(id !== undefined && { id }), data: gathered(shown, found, typed) });
  }

  async refresh(as: string, message: Message): Promise<ExecuteOutcome> {
    const action = (cardOf(this.now(message)) as { refresh?: { action?: object } } | undefined)?.refresh?.action;
    if (!action) throw new Error('The card has no refresh.');
    return this.#run(as, message, { trigger: 'automatic', action });
  }

  execute(as: string, message: Message, action: { verb: string; data?: unknown; id?: string }) {
    return this.#run(as, message, { trigger: 'manual', action });
  }

  async submit(as: string, message: Message, value: unknown): Promise<void> {
    await this.#post('submit', { as, messageId: message.id, value });
  }

  async consent(as: string, message: Message, action: 'accept' | 'decline'): Promise<void> {
    await this.#post('consent', { as, messageId: message.id, action });
  }

  async open(as: string, where: Where): Promise<void> {
    await this.#post('open', { as, conversation: this.#place(as, where) });
  }

  card(as: string, message: Message): unknown {
    const own = this.#ownCards.get(`${as} ${message.id}`);
    const now = this.now(message);
    return own && own.version >= now.version ? own.card : cardOf(now);
  }

  now(message: Message): Message {
    return this.#watcher.message(message.id) ?? message;
  }

  view(as: string, where: Where): ConversationView {
    return this.#watcher.view(this.#place(as, where));
  }

  messages(as: string, where: Where): readonly Message[] {
    return this.view(as, where).messages;
  }

  waitFor<T>(look: () => T, options?: { within?: number; what?: string }): Promise<NonNullable<T>> {
    return this.#watcher.waitFor(look, options);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#close();
  }

  async #run(as: string, message: Message, request: { trigger: string; action: object }): Promise<ExecuteOutcome> {
    const action = { type: 'Action.Execute', ...request.action };
    const body = { as, messageId: message.id, trigger: request.trigger, action };
    const outcome = (await this.#post('execute', body)) as ExecuteOutcome;
    if (outcome.kind === 'card') this.#ownCards.set(`${as} ${message.id}`, outcome);
    return outcome;
  }

  #place(as: string, where: Where): string {
    return this.#watcher.conversation(as, kinds[where]);
  }

  async #post(deed: string, body: unknown): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await fetch(`${this.url}/local-chat/api/${deed}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`${deed} was answered with ${response.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}

function buttonNamed(card: unknown, wanted: string): CardButton {
  const executes = buttonsOf(card).filter(({ type }) => type === 'Action.Execute');
  const found = executes.find(({ verb, title }) => verb === wanted || title === wanted);
  if (found) return found;
  const names = executes.map(({ verb, title }) => `${title} (${verb})`).join(', ');
  throw new Error(`There is no button "${wanted}" on the card. There are: ${names || 'none'}.`);
}
