import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalChat, type LocalChatOptions, type Person } from '../../src/local-chat/index.ts';
import type { ConversationKind, ExecuteOutcome, Message, Notice } from '../../src/local-chat/wire.ts';
import { buttonsOf, cardOf, gathered } from './chat-card.ts';
import { openStream } from './chat-stream.ts';
import { Watcher } from './chat-watcher.ts';

export { buttonsOf, cardOf, cardText, inputsOf } from './chat-card.ts';

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

/** People for tests that do not bring their own: two on-call engineers, an approver, a reader. */
export const testPeople: readonly Person[] = [
  person('Ana Souza', { role: 'On-call engineer', locale: 'en-US', timeZone: 'America/Sao_Paulo' }),
  person('Marco Rossi', { role: 'On-call engineer', locale: 'en-GB', timeZone: 'Europe/Rome' }),
  person('Priya Nair', { role: 'Approver', locale: 'en-US', timeZone: 'UTC' }),
  person('Tom Baker', { role: 'Reader', locale: 'en-GB', timeZone: 'Europe/London' }),
];

/** Starts a chat of its own on a free port (or, to come back after a restart, on the same one as before), in front of the bot at `botUrl` (…/api/messages). */
export async function startTestChat(
  options: Pick<LocalChatOptions, 'botUrl'> &
    Partial<Omit<LocalChatOptions, 'serviceUrl'>> & { readonly port?: number },
): Promise<TestChat> {
  const server = createServer((request, response) => {
    if (!chat.handle(request, response)) response.writeHead(404).end();
  });
  await once(server.listen(options.port ?? 0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const chat = await createLocalChat({ ...testOptions, ...options, serviceUrl: () => url });
  const driver = await connectTestChat({ url });
  return {
    ...driver,
    async [Symbol.asyncDispose]() {
      await driver[Symbol.asyncDispose]();
      await chat.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Drives a chat that already runs, for example the whole product's. */
export async function connectTestChat({ url }: { url: string }): Promise<TestChat> {
  const watcher = new Watcher();
  const streams = [await openStream(url, { as: '' }, watcher.handlers())];
  const { people } = await watcher.waitFor(() => watcher.snapshot, { what: 'the snapshot' });
  for (const { slug } of people) streams.push(await openStream(url, { as: slug }, watcher.handlers(slug)));
  await watcher.waitFor(() => people.every(({ slug }) => watcher.conversations(slug)), { what: 'all people' });
  return driverOf(url, watcher, () => {
    for (const stream of streams) stream.close();
  });
}

const testOptions: Omit<LocalChatOptions, 'botUrl' | 'serviceUrl'> = {
  tenantId: '11111111-1111-4111-8111-111111111111',
  botId: '28:vaultkeeper',
  botName: 'Vaultkeeper',
  people: testPeople,
  firstExamples: ['is sql-prod-01 protected?'],
};

const kinds: Readonly<Record<Where, ConversationKind>> = {
  personal: 'personal',
  group: 'groupChat',
  channel: 'channel',
};

function driverOf(url: string, watcher: Watcher, close: () => void): TestChat {
  const post = (deed: string, body: unknown) => postJson(`${url}/local-chat/api/${deed}`, body);
  const views = new Map<string, { version: number; card: unknown }>();
  const place = (as: string, where: Where) => watcher.conversation(as, kinds[where]);
  const keyOf = (as: string, message: Message) => `${as} ${message.id}`;
  const say: TestChat['say'] = async (as, where, text, options = {}) =>
    (await post('messages', { as, conversation: place(as, where), text, ...options })) as Message;
  const view: TestChat['view'] = (as, where) => watcher.view(place(as, where));
  const now: TestChat['now'] = (message) => watcher.message(message.id) ?? message;
  const card: TestChat['card'] = (as, message) => {
    const own = views.get(keyOf(as, message));
    return own && own.version >= now(message).version ? own.card : cardOf(now(message));
  };
  const run = async (as: string, message: Message, request: { trigger: string; action: object }) => {
    const action = { type: 'Action.Execute', ...request.action };
    const outcome = (await post('execute', { as, messageId: message.id, ...request, action })) as ExecuteOutcome;
    if (outcome.kind === 'card') views.set(keyOf(as, message), outcome);
    return outcome;
  };
  const execute: TestChat['execute'] = (as, message, action) => run(as, message, { trigger: 'manual', action });
  return {
    url,
    say,
    execute,
    card,
    now,
    view,
    messages: (as, where) => view(as, where).messages,
    waitFor: (look, options) => watcher.waitFor(look, options),
    async ask(as, where, text, options) {
      const before = new Set(view(as, where).messages.map(({ id }) => id));
      await say(as, where, text, options);
      const what = `an answer to "${text}"`;
      return watcher.waitFor(() => view(as, where).fromBot.find(({ id }) => !before.has(id)), { what });
    },
    async click(as, message, button, typed = {}) {
      const shown = card(as, message);
      const executes = buttonsOf(shown).filter(({ type }) => type === 'Action.Execute');
      const found = executes.find(({ verb, title }) => verb === button || title === button);
      const titles = executes.map(({ verb, title }) => `${title} (${verb})`).join(', ');
      if (!found) throw new Error(`There is no button "${button}" on the card. There are: ${titles || 'none'}.`);
      const { verb, id } = found;
      return execute(as, message, { verb, ...(id !== undefined && { id }), data: gathered(shown, found, typed) });
    },
    async refresh(as, message) {
      const action = (cardOf(now(message)) as { refresh?: { action?: object } } | undefined)?.refresh?.action;
      if (!action) throw new Error('The card has no refresh.');
      return run(as, message, { trigger: 'automatic', action });
    },
    async open(as, where) {
      await post('open', { as, conversation: place(as, where) });
    },
    async [Symbol.asyncDispose]() {
      close();
    },
  };
}

async function postJson(url: string, body: unknown): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

function person(name: string, details: Pick<Person, 'role' | 'locale' | 'timeZone'>): Person {
  const key = name.length.toString(16).padStart(2, '0');
  const aadObjectId = `00000000-0000-4000-8000-0000000000${key}`;
  return { id: `29:${name.toLowerCase().replace(' ', '-')}`, aadObjectId, name, ...details };
}
