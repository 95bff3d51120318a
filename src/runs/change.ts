import type { Store, TakenJob, Unit } from '../store/index.ts';
import type { AuditEvent } from './audit-event.ts';
import type { Engine } from './engine.ts';
import { wakeCards } from './outbox.ts';
import { noteEnd } from './reminders/note.ts';
import type { StoredRun } from './run.ts';
import { isTerminal, type Move, moved } from './transitions.ts';

/** Somebody else changed the run first: what was about to be written is no longer true. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

export interface Change extends Omit<Move, 'at'> {
  /** What the audit trail says beyond the move; a move of the state is always told. */
  readonly event?: Pick<AuditEvent, 'kind'> & Partial<AuditEvent>;
  /** Seconds until the run's next step; none when people are awaited or nothing follows. */
  readonly nextStep?: number;
}

/**
 * The one place where a run changes: the row, its targets, its audit event, its cards and its next step in one transaction.
 * @throws Overtaken when the row is no longer as `run` says; the transaction is then rolled back.
 */
export async function change(engine: Engine, unit: Unit, run: StoredRun, wanted: Change): Promise<StoredRun> {
  const at = engine.now();
  const next = moved(run, { ...wanted, at });
  if (!(await unit.runs.update(next, run.revision)))
    throw new Overtaken(`run ${run.code} after revision ${run.revision}`);
  if (isTerminal(next.state)) {
    await unit.targets.release(run.id);
    await noteEnd(engine, unit, next);
  }
  for (const event of eventsOf(run, next, wanted)) unit.record({ ...aboutRun(next), ...event, at: at.toISOString() });
  await wakeCards(engine, unit, run.id);
  if (wanted.nextStep !== undefined) {
    await unit.send('step', { runId: run.id, revision: next.revision }, wanted.nextStep);
  }
  await engine.killPoint('inside-change', run);
  return next;
}

/** A change that ends a queued step: both are kept, or neither. */
export async function changeByStep(engine: Engine, job: TakenJob, run: StoredRun, wanted: Change): Promise<StoredRun> {
  return engine.store.transaction(async (unit) => {
    const next = await change(engine, unit, run, wanted);
    await unit.complete(job);
    return next;
  });
}

/** The next step of the same revision: nothing visible has changed. */
export async function lookAgain(store: Store, job: TakenJob, run: StoredRun, seconds: number): Promise<void> {
  await store.transaction(async (unit) => {
    await unit.send('step', { runId: run.id, revision: run.revision }, seconds);
    await unit.complete(job);
  });
}

/** What every event of a run carries. */
export function aboutRun(run: StoredRun): Omit<AuditEvent, 'kind' | 'at'> {
  return {
    tenantId: run.requester.tenantId,
    runId: run.id,
    code: run.code,
    operation: run.operation,
    planHash: run.planHash,
  };
}

function eventsOf(
  run: StoredRun,
  next: StoredRun,
  wanted: Change,
): readonly (Pick<AuditEvent, 'kind'> & Partial<AuditEvent>)[] {
  const move = run.state === next.state ? {} : { from: run.state, to: next.state };
  if (wanted.event !== undefined) return [{ ...wanted.event, ...move }];
  return run.state === next.state ? [] : [{ kind: 'run-changed', ...move, details: endDetails(next) }];
}

/** What is worth keeping of a change that the engine made by itself. */
function endDetails(run: StoredRun): Readonly<Record<string, unknown>> {
  const { clientRequestId, startingAt, job, why, advice, differences, correlationId, outcome } = run;
  return { clientRequestId, startingAt, job, why, advice, differences, correlationId, outcome };
}
