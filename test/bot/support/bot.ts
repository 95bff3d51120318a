import { type BotOptions, createBot } from '../../../src/bot/index.ts';
import { createSpeech } from '../../../src/language/speak.ts';
import { operations } from '../../../src/operations/index.ts';
import type { Conversation } from '../../../src/runs/ports.ts';
import type { Decision, DecisionResult, Review, Run, Settlement } from '../../../src/runs/run.ts';
import { type FakeConnector, fakeConnector, homeTenant, oidOf } from './connector.ts';

/** Everything that the bot did to its surroundings. */
export interface Trial {
  readonly url: string;
  readonly connector: FakeConnector;
  readonly heard: {
    readonly text: string;
    readonly name: string;
    readonly kind: string;
    readonly locale: string;
    readonly timeZone: string;
  }[];
  readonly wishes: { readonly verb: string; readonly data: unknown }[];
  readonly welcomed: (string | undefined)[];
  readonly decisions: Decision[];
  /** Object id and verb of what went to the audit trail as forged. */
  readonly forgeries: string[];
  /** What people said they found in Azure, or about a run that was started without its approvals. */
  readonly ends: (Settlement | Review)[];
  /** What "why" would tell. */
  readonly refusals: unknown[];
  readonly runs: Map<string, Run>;
  readonly conversations: Map<string, Conversation>;
  /** Conversations that the bot was removed from. */
  readonly forgotten: string[];
  readonly logged: { readonly level: string; readonly text: string; readonly fields: object }[];
  readonly bot: ReturnType<typeof createBot>;
  readonly post: (activity: object, headers?: Record<string, string>) => Promise<{ status: number; body: unknown }>;
}

/** What a test may set. */
export interface TrialOptions
  extends Partial<
    Pick<
      BotOptions,
      | 'identity'
      | 'signIn'
      | 'turnSeconds'
      | 'outboundSeconds'
      | 'fallback'
      | 'ready'
      | 'allowedTenants'
      | 'guestTenants'
      | 'limits'
      | 'localeOf'
    >
  > {
  /** One of the test's own; it is closed with the bot. */
  readonly connector?: FakeConnector;
  readonly onMessage?: BotOptions['talk']['message'];
  readonly onAction?: BotOptions['talk']['action'];
  readonly onFile?: BotOptions['talk']['file'];
  readonly decide?: (decision: Decision, run: Run | undefined) => DecisionResult;
}

/** The moment at which the tests' people live. */
export const testNow = new Date('2026-11-21T13:00:00Z');

/** The voice of the product. */
export const speech = createSpeech(operations);

/** Runs the work with a bot that listens on a free port, and closes both ends. */
export async function withBot(options: TrialOptions, work: (trial: Trial) => Promise<void>): Promise<void> {
  const connector = options.connector ?? (await fakeConnector());
  const trial = trialWith(options, connector);
  const { url } = await trial.bot.listen(0, '127.0.0.1');
  try {
    await work({ ...trial, url, post: (activity, headers) => post(url, activity, headers) });
  } finally {
    connector.answers.length = 0;
    await connector.close();
    await trial.bot.close();
  }
}

function trialWith(options: TrialOptions, connector: FakeConnector): Omit<Trial, 'url' | 'post'> {
  const runs = new Map<string, Run>();
  const conversations = new Map<string, Conversation>();
  const trial = {
    connector,
    runs,
    conversations,
    forgotten: [],
    heard: [],
    wishes: [],
    welcomed: [],
    decisions: [],
    forgeries: [],
    ends: [],
    refusals: [],
    logged: [],
  } as Omit<Trial, 'url' | 'post' | 'bot'>;
  const { onMessage, onAction, onFile, decide, connector: _ours, ...own } = options;
  const bot = createBot({
    identity: { kind: 'practice' },
    allowedTenants: [homeTenant],
    ...own,
    speech,
    now: () => testNow,
    runs: () => runService(trial, decide),
    conversations: bookOf(conversations),
    deliveries: deliveriesOf(),
    forget: (id) => Promise.resolve(void trial.forgotten.push(id)),
    log: logTo(trial),
    talk: {
      async message(turn, person) {
        const { reader, conversationKind, actor } = person;
        trial.heard.push({ text: turn.activity.text, name: actor.name, kind: conversationKind, ...reader });
        await onMessage?.(turn, person);
      },
      async action(turn, person, action) {
        trial.wishes.push(action);
        return onAction === undefined ? 'noted' : await onAction(turn, person, action);
      },
      async file(turn, person, wish) {
        return await onFile?.(turn, person, wish);
      },
      refused(_turn, refusal) {
        trial.refusals.push(refusal);
        return Promise.resolve();
      },
      welcome(_turn, person) {
        trial.welcomed.push(person?.actor.oid);
        return Promise.resolve();
      },
    },
  });
  return { ...trial, bot };
}

function runService(
  trial: Pick<Trial, 'runs' | 'decisions' | 'forgeries' | 'ends'>,
  decide: TrialOptions['decide'],
): ReturnType<BotOptions['runs']> {
  const unused = () => Promise.reject(new TypeError('not part of this test'));
  const ended = (wish: Settlement | Review): DecisionResult => {
    trial.ends.push(wish);
    const run = 'id' in wish.run ? trial.runs.get(wish.run.id) : undefined;
    const why = { code: 'no-right', why: 'No right.', advice: 'Ask a colleague.' };
    return run === undefined || wish.comment === 'refuse' ? { accepted: false, ...why } : { accepted: true, run };
  };
  return {
    propose: unused,
    plan: unused,
    settle: (wish) => Promise.resolve(ended(wish)),
    start(wish) {
      const run = trial.runs.get(wish.run.id);
      return run === undefined ? unused() : Promise.resolve({ accepted: true, run });
    },
    review: (wish) => Promise.resolve(ended(wish)),
    find: unused,
    assertStartable: unused,
    reveal: unused,
    awaitingConfirmation: unused,
    async recordForgery({ actor, verb }) {
      trial.forgeries.push(`${actor.oid} ${verb}`);
    },
    get: (id) => Promise.resolve(trial.runs.get(id)),
    decide(decision) {
      trial.decisions.push(decision);
      const run = 'id' in decision.run ? trial.runs.get(decision.run.id) : undefined;
      if (decide === undefined) return unused();
      return Promise.resolve(decide(decision, run));
    },
  };
}

function bookOf(conversations: Map<string, Conversation>): BotOptions['conversations'] {
  return {
    remember(conversation) {
      conversations.set(conversation.id, JSON.parse(JSON.stringify(conversation)) as Conversation);
      return Promise.resolve();
    },
    find: (id) => Promise.resolve(conversations.get(id)),
    personalOf: (oid) => Promise.resolve([...conversations.values()].find((known) => known.oid === oid)),
    personal: () => Promise.resolve([...conversations.values()].filter(({ kind }) => kind === 'personal')),
  };
}

function deliveriesOf(): BotOptions['deliveries'] {
  const seen = new Set<string>();
  return {
    firstTime(conversationId, activityId) {
      const key = `${conversationId} ${activityId}`;
      if (seen.has(key)) return Promise.resolve(false);
      seen.add(key);
      return Promise.resolve(true);
    },
  };
}

function logTo({ logged }: Pick<Trial, 'logged'>): BotOptions['log'] {
  const at = (level: string) => (fields: object, text: string) => void logged.push({ level, text, fields });
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

async function post(url: string, activity: object, headers: Record<string, string> = {}) {
  const body = JSON.stringify(activity);
  const response = await fetch(`${url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

/** The bot's own account in the tests. */
export const botAccount = { id: '28:vaultkeeper', name: 'Vaultkeeper' };

/** A message of Ana's in her personal chat, as Teams sends it; fields given go over it. */
export function messageOf(connector: { readonly url: string }, given: object = {}): Record<string, unknown> {
  const id = `1${Math.random().toString().slice(2, 14)}`;
  return {
    type: 'message',
    id,
    channelId: 'msteams',
    serviceUrl: connector.url,
    from: { id: '29:ana', name: 'Ana Souza', aadObjectId: oidOf('29:ana') },
    recipient: botAccount,
    conversation: { id: 'a:1ana', tenantId: homeTenant, conversationType: 'personal' },
    channelData: { tenant: { id: homeTenant } },
    locale: 'en-GB',
    text: 'hello',
    entities: [{ type: 'clientInfo', locale: 'en-GB', timezone: 'Europe/Rome' }],
    ...given,
  };
}

/** A click of Ana's on a card. */
export function clickOf(
  connector: { readonly url: string },
  click: { verb: string; data?: unknown; trigger?: string },
  given: object = {},
) {
  const { verb, data, trigger = 'manual' } = click;
  const { text: _none, locale: _messagesOnly, ...rest } = messageOf(connector, given);
  const action = { type: 'Action.Execute', verb, data };
  return { ...rest, type: 'invoke', name: 'adaptiveCard/action', value: { action, trigger }, replyToId: 'm1' };
}
