import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { ActingPeople } from './azure/on-behalf-of.ts';
import type { Ports } from './azure/ports.ts';
import type { Reach } from './azure/reach.ts';
import type { SendLease } from './azure/send-lease.ts';
import { TurnTime } from './azure/turn-time.ts';
import { type Bot, type BotIdentity, type Talk as BotTalk, createBot, createDrawing } from './bot/index.ts';
import { knownNames } from './dialogs/known-names.ts';
import { localeFor, OwnLanguage } from './dialogs/own-language.ts';
import type { Standing } from './dialogs/standing.ts';
import { Talk } from './dialogs/talk.ts';
import { answerReader } from './language/answer.ts';
import { createRecognizer } from './language/recognize.ts';
import { createSpeech } from './language/speak.ts';
import { vocabularyOf } from './language/vocabulary.ts';
import { loadLocales } from './locales/index.ts';
import type { Actor, Context, Reader } from './operations/context.ts';
import { changingOperations, operations } from './operations/index.ts';
import { loadPrices } from './operations/prices-file.ts';
import { fleetSummary } from './operations/status/fleet-summary.ts';
import { workPosts } from './posts/index.ts';
import { type OwnRights, watchOwnRights } from './roles/own-rights.ts';
import { announce } from './runs/announce.ts';
import { assertPolicyGroups, createRuns, loadPolicy, type Runs } from './runs/index.ts';
import type { Store } from './store/index.ts';
import { createWatches } from './watches/index.ts';

/** What differs between practice, Teams and tests; everything else is the same product. */
export interface Parts {
  readonly identity: BotIdentity;
  readonly allowedTenants: readonly string[];
  /** `ALLOWED_GUEST_TENANTS`; guests of none unless given. */
  readonly guestTenants?: readonly string[];
  readonly azure: Ports;
  /** Which parts of Azure answer, for `readyz`. */
  readonly reach?: Reach;
  /** The one that `azure` was connected with; without it turns wait as long as requests may take. */
  readonly turnTime?: TurnTime;
  /** The one that `azure` was connected with; without it a run's request is not looked after on its way out. */
  readonly sendLease?: SendLease;
  /** `AZURE_ACTS_AS=person`: what changes Azure is sent as whoever asked; everything else is read as the bot. */
  readonly people?: ActingPeople & { readonly resource: string };
  /** Whose rights are looked up at the start, and at which subscriptions. */
  readonly own: { readonly id: () => Promise<string | undefined>; readonly subscriptionIds: readonly string[] };
  readonly store: Store;
  readonly log: Logger;
  readonly now: () => Date;
  /** `POLICY_FILE`; the built-in rules without it. */
  readonly policyFile?: string | undefined;
  /** `PRICES_FILE`; dated list prices without it. */
  readonly pricesFile?: string | undefined;
  /** `DESTRUCTIVE_OPERATIONS`; on unless given. */
  readonly destructive?: 'on' | 'off';
  /** `KEEP_DAYS`. */
  readonly keepDays?: number;
  /** Scales waiting and polling; 1 in Teams mode. */
  readonly pace: number;
  /** Least seconds between two updates of one card; five unless given. */
  readonly cardSeconds?: number;
  readonly limits?: Parameters<typeof createBot>[0]['limits'];
  readonly fallback?: Parameters<typeof createBot>[0]['fallback'];
}

/** Between two looks after what is watched, however fast practice is. */
const leastLookSeconds = 5;

/** A person's turn waits for Azure no longer than this in all, however much it reads. */
const turnSeconds = 12;

/** The product, put together and not yet listening. */
export interface App {
  readonly bot: Bot;
  readonly runs: Runs;
  /** Looks up what the bot's identity may do; what it lacks is logged and shown by `readyz`, and stops nothing. */
  checkOwnRights(): Promise<OwnRights>;
  /** Begins the work between turns: runs go on, what was written down is said. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Puts the product together: the one place where its parts meet. */
export function compose(parts: Parts): App {
  const { store, now, log } = parts;
  const azure = parts.people === undefined ? parts.azure : readOnlyBot(parts.azure);
  const prices = parts.pricesFile === undefined ? {} : { prices: loadPrices(parts.pricesFile) };
  const { subscriptionIds } = parts.own;
  const world = { operations: changingOperations, subscriptionIds };
  const policy = parts.policyFile === undefined ? {} : { policy: loadPolicy(parts.policyFile, world) };
  const locales = loadLocales();
  const speech = createSpeech(operations, locales);
  const vocabulary = vocabularyOf(locales);
  const drawing = createDrawing({ speech, now });
  const contextFor = (actor: Actor, reader: Reader): Context => ({
    azure,
    now,
    actor,
    reader,
    runs: runs.reader,
    ...prices,
    ownChat: async () => (await store.conversations.personalOf(actor.oid, actor.tenantId)) !== undefined,
  });
  const ownLanguage = new OwnLanguage(store.botState, now);
  const localeOf = async (actor: Pick<Actor, 'tenantId' | 'oid'>, client: string) =>
    localeFor(await ownLanguage.of(actor), client);
  const readerNow = async (actor: Actor, reader: Reader) => ({
    ...reader,
    locale: await localeOf(actor, reader.locale),
  });
  const talk = new Talk({
    operations,
    speech,
    now,
    contextFor,
    recognizer: createRecognizer(operations, locales, vocabulary),
    readAnswer: answerReader(locales, vocabulary),
    names: knownNames(azure.inventory, now),
    runs: () => runs.service,
    announce: async (run) =>
      await announce({ ...runs, operations: changingOperations, contextFor, conversations: store.conversations }, run),
    watch: async (run, { oid, tenantId }) => {
      const own = await store.conversations.personalOf(oid, tenantId);
      if (own !== undefined) await runs.addCard(run.id, own.id);
      return own !== undefined;
    },
    standing: standingOf(
      store,
      () => runs,
      () => watches.service,
    ),
    draw: (screen, reader) => drawing.screen(screen, reader),
    storage: store.botState,
    ownLanguage,
    newId: randomUUID,
  });
  const ownRights = watchOwnRights({
    ...parts,
    access: azure.access,
    ownId: parts.own.id,
    subscriptionIds: parts.own.subscriptionIds,
    operations: parts.destructive === 'off' ? operations.filter(({ risk }) => risk !== 'destructive') : operations,
  });
  const bot = createBot({
    identity: parts.identity,
    allowedTenants: parts.allowedTenants,
    guestTenants: parts.guestTenants,
    runs: () => runs.service,
    conversations: store.conversations,
    deliveries: store.deliveries,
    forget: async (id) => await store.forgetConversation(id),
    talk: inTime(talk, parts.turnTime ?? new TurnTime()),
    signIn: parts.people,
    localeOf,
    speech,
    drawing,
    now,
    log,
    ready: async () => ({
      ...(await readiness(store)),
      azure: parts.reach === undefined ? 'unknown' : azureSeen(parts.reach),
      rights: rightsSeen(ownRights.now()),
    }),
    ...(parts.fallback && { fallback: parts.fallback }),
    ...(parts.limits && { limits: parts.limits }),
  });
  store.jobs.letGoFirst(async () => await bot.calm());
  const runs: Runs = createRuns({
    store,
    operations: changingOperations,
    contextFor,
    contextToAct: (actor, reader) => ({
      ...contextFor(actor, reader),
      azure: parts.people?.azureAs(actor) ?? azure,
    }),
    cards: bot.cards,
    readerNow,
    ...policy,
    now,
    log,
    pace: parts.pace,
    ...(parts.destructive !== undefined && { destructive: parts.destructive }),
    ...(parts.sendLease && { whileHeld: (isHeld, send) => parts.sendLease?.during(isHeld, send) ?? send() }),
    ...(parts.keepDays !== undefined && { keepDays: parts.keepDays }),
    ...(parts.cardSeconds !== undefined && { cardSeconds: parts.cardSeconds }),
  });
  const everySeconds = Math.max(leastLookSeconds, 300 * parts.pace);
  const watches = createWatches({ store, contextFor, readerNow, summary: fleetSummary, now, log, everySeconds });
  return {
    bot,
    runs,
    checkOwnRights: async () => await ownRights.check(),
    start: async () => {
      await assertPolicyGroups({ policyFile: parts.policyFile, access: azure.access, log });
      await runs.start();
      await watches.start();
      await workPosts({ store, posts: bot.posts, log, forget: async (id) => await store.forgetConversation(id) });
    },
    close: async () => await closeAll([() => bot.close(), () => runs.stop(), () => store.close()]),
  };
}

/** What is sent as the person needs no right of the bot's own, so none is missed before. */
function readOnlyBot(azure: Ports): Ports {
  return { ...azure, conditions: { ...azure.conditions, botLacks: () => Promise.resolve(undefined) } };
}

/** The conversation, whose turns do not wait for Azure for ever. */
function inTime(talk: Talk, time: TurnTime): BotTalk {
  return {
    message: async (turn, person) => await time.during(turnSeconds, async () => await talk.message(turn, person)),
    action: async (turn, person, action) =>
      await time.during(turnSeconds, async () => await talk.action(turn, person, action)),
    file: async (turn, person, wish) => await time.during(turnSeconds, async () => await talk.file(turn, person, wish)),
    refused: async (turn, refusal) => await talk.refused(turn, refusal),
    welcome: async (turn, person) => await talk.welcome(turn, person),
  };
}

/** What people want the bot to say by itself, from the parts that do it. */
function standingOf(store: Store, runs: () => Runs, watches: Standing['watches']): Standing {
  return {
    watches,
    stopReminders: async (wish) => await runs().stopReminders(wish),
    quietOf: async (conversationId) => await store.quiet.find(conversationId),
    setQuiet: async (conversationId, hours) => await store.quiet.set(conversationId, hours),
  };
}

async function readiness(store: Store): Promise<{ readonly ok: boolean; readonly store: string }> {
  try {
    await store.check();
    return { ok: true, store: 'ok' };
  } catch (error) {
    return { ok: false, store: error instanceof Error ? error.message : 'unreachable' };
  }
}

/** For `readyz`. It never makes a replica unready: without Azure the bot still answers from what it knows, decides, and goes on (docs/decisions/0019). */
function azureSeen(reach: Reach) {
  const silent = reach.silent();
  return silent.length === 0 ? 'ok' : { silent };
}

/** For `readyz`: names of actions and no ids, because anybody may ask; why a check failed is in the log. */
function rightsSeen({ checked, missing }: OwnRights) {
  return { checked, missing: [...new Set(missing.map(({ action }) => action))] };
}

/** In order: no new turns, then no new steps, then the store. A part that fails to close does not keep the others open. */
async function closeAll(closing: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const close of closing) await close().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, 'not everything could be closed');
}
