import { CatalogueError } from '../errors.ts';
import type { Actor, Context, Reader } from '../operations/context.ts';
import type { ChangingOperation, Execution } from '../operations/operation.ts';
import type { Log, Store, TakenJob, Together } from '../store/index.ts';
import type { StepEnd, StepEnded } from './change.ts';
import type { KillSwitch } from './kill-points.ts';
import type { CardNote, Claimed } from './outbox.ts';
import type { Policy } from './policy.ts';
import type { CardPort } from './ports.ts';
import type { StoredRun } from './run.ts';

/** What every use case of the runs works with. */
export interface Engine {
  readonly store: Store;
  readonly operations: ReadonlyMap<string, ChangingOperation>;
  readonly contextFor: (actor: Actor, reader: Reader) => Context;
  /** The same with Azure as the actor themselves, where the bot acts in their name. @throws CatalogueError `sign-in-needed` */
  readonly contextToAct: (actor: Actor, reader: Reader) => Context;
  readonly cards: CardPort;
  /** How somebody reads now, from how they did when they asked. */
  readonly readerNow: (actor: Actor, reader: Reader) => Promise<Reader>;
  readonly now: () => Date;
  readonly log: Log;
  /** Awaited in every gap, with the run that is in it. */
  readonly killPoint: KillSwitch;
  readonly decideWithinMinutes: number;
  readonly startWithinMinutes: number;
  /** Least time between two updates of one card. */
  readonly cardSeconds: number;
  /** Multiplies every wait for Azure: below 1 in practice mode. */
  readonly pace: number;
  readonly policy: Policy;
  /** Off: what destroys is neither proposed nor started. What has been started is followed to its end. */
  readonly destructive: 'on' | 'off';
  /** Does what sends a run's request, and sends nothing any more once the step is no longer held. */
  readonly whileHeld: <T>(isHeld: () => Promise<boolean>, send: () => Promise<T>) => Promise<T>;
  /** What steps have come to, written down together. */
  readonly stepEnds: Together<StepEnd, StepEnded>;
  readonly cardClaims: Together<TakenJob<'card'>, Claimed | undefined>;
  readonly cardNotes: Together<CardNote, undefined>;
}

/** @throws CatalogueError `not-understood` for an operation that does not exist or changes nothing. */
export function operationOf(engine: Engine, id: string): ChangingOperation {
  const operation = engine.operations.get(id);
  if (operation === undefined) throw new CatalogueError('not-understood', { values: { operation: id } });
  return operation;
}

/** As `operationOf`, for what is yet to begin. @throws CatalogueError `not-understood`; `destructive-off` where the settings turn it off. */
export function startableOf(engine: Engine, id: string): ChangingOperation {
  const operation = operationOf(engine, id);
  if (operation.risk === 'destructive' && engine.destructive === 'off') throw new CatalogueError('destructive-off');
  return operation;
}

/** The requester's own context: a run never acts with more than they may. */
export function contextOf(engine: Engine, run: StoredRun): Context {
  return engine.contextFor(run.requester, run.reader);
}

/** For everything that changes Azure. @throws CatalogueError `sign-in-needed`, before anything is sent. */
export function actingContextOf(engine: Engine, run: StoredRun): Context {
  return engine.contextToAct(run.requester, run.reader);
}

/** What the operation needs to name things after the run and to find them again. */
export function executionOf(run: StoredRun): Execution {
  return {
    runId: run.id,
    code: run.code,
    clientRequestId: run.clientRequestId,
    startingAt: run.startingAt ?? run.createdAt,
    requester: { oid: run.requester.oid, name: run.requester.name },
  };
}

/** ISO 8601 of a moment `seconds` after another. */
export function later(from: Date, seconds: number): string {
  return new Date(from.getTime() + seconds * 1000).toISOString();
}
