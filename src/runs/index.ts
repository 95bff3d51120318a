import type { Actor, Context, Reader, RunReader } from '../operations/context.ts';
import type { ChangingOperation } from '../operations/operation.ts';
import { type Log, type Store, Together } from '../store/index.ts';
import { endSteps } from './change.ts';
import { decide } from './decide.ts';
import type { Engine } from './engine.ts';
import { expire } from './expiry.ts';
import { recordForgery } from './forgery.ts';
import type { KillSwitch } from './kill-points.ts';
import { measured, measureStore } from './measured.ts';
import { addCard, claimCards, deliverCards, noteCards, sendQueuedCard } from './outbox.ts';
import { builtInPolicy, type Policy } from './policy.ts';
import type { CardPort } from './ports.ts';
import { assertStartable, plan, propose } from './propose.ts';
import { runReader } from './reader.ts';
import { callForPerson } from './reminders/manual.ts';
import { remind } from './reminders/remind.ts';
import { type StopWish, stopReminders } from './reminders/stop.ts';
import { forgetOld } from './retention.ts';
import { reveal } from './reveal.ts';
import { review } from './review.ts';
import { followReview } from './review-task.ts';
import type { DecisionResult, RunService, Settlement, StoredRun } from './run.ts';
import { settle } from './settle.ts';
import { startSignedIn } from './start-signed-in.ts';
import { takeStep } from './step.ts';

export { type Verification, verifyAudit } from './audit.ts';
export { type KillPoint, type KillSwitch, killPoints } from './kill-points.ts';
export { runMessages } from './messages.ts';
export { loadPolicy, PolicyFault } from './policy-file.ts';
export { assertPolicyGroups } from './policy-start.ts';
export type { Settlement } from './run.ts';

export interface RunsOptions {
  readonly store: Store;
  readonly operations: ReadonlyMap<string, ChangingOperation>;
  contextFor(actor: Actor, reader: Reader): Context;
  /** For what changes Azure; `contextFor` when the bot acts as itself. @throws CatalogueError `sign-in-needed` */
  contextToAct?(actor: Actor, reader: Reader): Context;
  readonly cards: CardPort;
  /** How somebody reads now, from how they did when they asked; the same when not given. */
  readonly readerNow?: Engine['readerNow'];
  readonly now: () => Date;
  readonly log: Log;
  /** Called in every gap of `killPoints`; tests end the process there. */
  readonly killPoint?: KillSwitch;
  /** 30 when not given. */
  readonly decideWithinMinutes?: number;
  /** 15 when not given: an approval that has not started by then lapses. */
  readonly startWithinMinutes?: number;
  /** 5 when not given: least time between two updates of one card. */
  readonly cardSeconds?: number;
  /** Multiplies every wait for Azure, 1 when not given; practice mode takes less. */
  readonly pace?: number;
  /** `KEEP_DAYS`: 365 when not given. */
  readonly keepDays?: number;
  /** Of `Azure`'s edge; when not given a step is looked at before its operation begins to send, and not once more on the wire. */
  readonly whileHeld?: Engine['whileHeld'];
  /** `DESTRUCTIVE_OPERATIONS`: on when not given. */
  readonly destructive?: Engine['destructive'];
  /** From `loadPolicy`; the built-in rules when not given. */
  readonly policy?: Policy;
}

/** The runs: what the chat edge asks, what operations read, and the work that goes on between turns. */
export interface Runs {
  readonly service: RunService;
  readonly reader: RunReader;
  /** Begins to work the queues; what an earlier process left unfinished goes on. */
  start(): Promise<void>;
  /** Ends what is in hand and takes nothing more. */
  stop(): Promise<void>;
  /** Brings the cards of a run up to date now; what cannot be sent is left to the outbox. */
  deliverCards(runId: string): Promise<void>;
  /** Ends, or takes up again, a run that needs attention, by the word of a person who has looked in Azure. */
  settle(settlement: Settlement): Promise<DecisionResult>;
  /** Shows a run in a further conversation, such as an approver's personal chat. */
  addCard(runId: string, conversationId: string): Promise<void>;
  /** Ends the reminders of what runs left open; answers the runs that it meant. */
  stopReminders(wish: StopWish): ReturnType<typeof stopReminders>;
}

/** Builds the runs over an open store. Nothing is worked on before `start`. */
export function createRuns(options: RunsOptions): Runs {
  const engine = engineOf(options);
  const { store } = engine;
  return {
    service: measured(serviceOf(engine)),
    reader: runReader(store, engine),
    async start() {
      measureStore(store, engine.log);
      await store.jobs.work('step', (job) => takeStep(engine, job));
      await store.jobs.work('expiry', (job) => expire(engine, job));
      await store.jobs.work('review', (job) => followReview(engine, job));
      await store.jobs.work('card', (job) => sendQueuedCard(engine, job));
      await store.jobs.work('reminder', (job) => remind(engine, job));
      await store.jobs.work('manual', (job) => callForPerson(engine, job));
      await store.jobs.work('retention', () => forgetOld(engine, options.keepDays ?? 365));
      await store.jobs.daily('retention');
    },
    stop: () => store.jobs.stopWorking(),
    deliverCards: (runId) => deliverCards(engine, runId),
    settle: (settlement) => settle(engine, settlement),
    addCard: (runId, conversationId) => addCard(engine, runId, conversationId),
    stopReminders: (wish) => stopReminders(store, wish),
  };
}

function engineOf(options: RunsOptions): Engine {
  const engine: Engine = {
    store: options.store,
    operations: options.operations,
    contextFor: (actor, reader) => options.contextFor(actor, reader),
    contextToAct: (actor, reader) => options.contextToAct?.(actor, reader) ?? options.contextFor(actor, reader),
    cards: options.cards,
    readerNow: options.readerNow ?? ((_, reader) => Promise.resolve(reader)),
    now: options.now,
    log: options.log,
    killPoint: options.killPoint ?? (() => undefined),
    decideWithinMinutes: options.decideWithinMinutes ?? 30,
    startWithinMinutes: options.startWithinMinutes ?? 15,
    cardSeconds: options.cardSeconds ?? 5,
    pace: options.pace ?? 1,
    policy: options.policy ?? builtInPolicy,
    destructive: options.destructive ?? 'on',
    whileHeld: options.whileHeld ?? ((_, send) => send()),
    stepEnds: new Together((ends) => endSteps(engine, ends)),
    cardClaims: new Together((jobs) => claimCards(engine, jobs)),
    cardNotes: new Together((notes) => noteCards(engine, notes)),
  };
  return engine;
}

function serviceOf(engine: Engine): RunService {
  const { runs } = engine.store;
  return {
    assertStartable: (proposal) => assertStartable(engine, proposal),
    propose: (proposal) => propose(engine, proposal),
    plan: async (proposal) => {
      const { preview, findings, requirement } = await plan(engine, proposal);
      return { preview, findings, requirement };
    },
    decide: (decision) => decide(engine, decision),
    settle: (settlement) => settle(engine, settlement),
    start: (wish) => startSignedIn(engine, wish),
    review: (wish) => review(engine, wish),
    recordForgery: (action) => recordForgery(engine, action),
    reveal: (asked) => reveal(engine, asked),
    get: (id) => runs.get(id),
    find: (code, tenantId) => runs.find(code, tenantId),
    awaitingConfirmation: async (oid, conversationId) => onlyOne(await runs.draftsOf(oid, conversationId)),
  };
}

/** Of several drafts none is picked: a bare "yes" must not be read as consent to whichever came last. */
function onlyOne(drafts: readonly StoredRun[]): StoredRun | undefined {
  return drafts.length === 1 ? drafts[0] : undefined;
}
