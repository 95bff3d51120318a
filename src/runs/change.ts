import { AttemptLapsed, type TakenJob, type Unit } from '../store/index.ts';
import type { AuditEvent } from './audit-event.ts';
import type { Engine } from './engine.ts';
import { wakeCards } from './outbox.ts';
import { noteStandstills } from './reminders/manual.ts';
import { noteEnds } from './reminders/note.ts';
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

interface Changing {
  readonly run: StoredRun;
  readonly wanted: Change;
}

/**
 * Changes one run, with everything that belongs to it.
 * @throws Overtaken when the row is no longer as `run` says; the transaction is then rolled back.
 */
export async function change(engine: Engine, unit: Unit, run: StoredRun, wanted: Change): Promise<StoredRun> {
  const [next] = await changeAll(engine, unit, [{ run, wanted }]);
  if (next === undefined) throw overtaken(run);
  return next;
}

/** A step that has been taken, and what follows: a change of the run, or another look in so many seconds, when nothing visible has changed. */
export interface StepEnd {
  readonly job: TakenJob<'step'>;
  readonly run: StoredRun;
  readonly next: { readonly change: Change } | { readonly lookIn: number };
}

/** What became of it: the run as it is now, or why nothing was written. */
export type StepEnded = StoredRun | 'lapsed' | 'overtaken';

/** A change that ends a queued step: both are kept, or neither. @throws Overtaken @throws AttemptLapsed */
export async function changeByStep(
  engine: Engine,
  job: TakenJob<'step'>,
  run: StoredRun,
  wanted: Change,
): Promise<StoredRun> {
  const ended = await engine.stepEnds.add({ job, run, next: { change: wanted } });
  if (ended === 'overtaken') throw overtaken(run);
  if (ended === 'lapsed') throw new AttemptLapsed(`a step of run ${run.code}, attempt ${job.attempt}`);
  return ended;
}

/** The next step of the same revision: nothing visible has changed. */
export async function lookAgain(engine: Engine, job: TakenJob<'step'>, run: StoredRun, seconds: number): Promise<void> {
  await engine.stepEnds.add({ job, run, next: { lookIn: seconds } });
}

/**
 * Ends the steps of several runs in one transaction. A run that was overtaken, or a step that is no longer ours, leaves nothing behind; of two steps of
 * the same run the first one counts.
 */
export async function endSteps(engine: Engine, ends: readonly StepEnd[]): Promise<readonly StepEnded[]> {
  return engine.store.transaction(async (unit) => {
    const ours = await unit.completeAll(ends.map(({ job }) => job));
    const mine = new Map<string, StepEnd>();
    for (const end of ends) if (ours.has(end.job.id) && !mine.has(end.run.id)) mine.set(end.run.id, end);
    const looks = [...mine.values()].flatMap(({ run, next }) =>
      'lookIn' in next ? [{ data: stepOf(run), after: next.lookIn }] : [],
    );
    await unit.sendAll('step', looks);
    const changes = [...mine.values()].flatMap(({ run, next }) =>
      'change' in next ? [{ run, wanted: next.change }] : [],
    );
    const changed = new Map((await changeAll(engine, unit, changes)).map((run) => [run?.id, run]));
    return ends.map((end) => {
      if (!ours.has(end.job.id)) return 'lapsed';
      if (mine.get(end.run.id) !== end) return 'overtaken';
      return 'lookIn' in end.next ? end.run : (changed.get(end.run.id) ?? 'overtaken');
    });
  });
}

/**
 * The one place where runs change: the row, its targets, its audit event, its cards and its next step in one transaction.
 * Answers the runs in their order, undefined for one that somebody else changed first: of that one nothing is written.
 */
async function changeAll(
  engine: Engine,
  unit: Unit,
  changes: readonly Changing[],
): Promise<readonly (StoredRun | undefined)[]> {
  const at = engine.now();
  const all = changes.map(({ run, wanted }) => ({ run, wanted, next: moved(run, { ...wanted, at }) }));
  const written = await unit.runs.update(all.map(({ run, next }) => ({ run: next, was: run.revision })));
  const done = all.filter(({ run }) => written.has(run.id));
  const ended = done.map(({ next }) => next).filter(({ state }) => isTerminal(state));
  await unit.targets.release(ended.map(({ id }) => id));
  await noteEnds(engine, unit, ended);
  await noteStandstills(unit, done);
  for (const { run, next, wanted } of done)
    for (const event of eventsOf(run, next, wanted)) unit.record({ ...aboutRun(next), ...event, at: at.toISOString() });
  await wakeCards(engine, unit, [...written]);
  const steps = done.flatMap(({ next, wanted: { nextStep: after } }) =>
    after === undefined ? [] : [{ data: stepOf(next), after }],
  );
  await unit.sendAll('step', steps);
  for (const { run } of done) await engine.killPoint('inside-change', run);
  return all.map(({ next }) => (written.has(next.id) ? next : undefined));
}

function stepOf({ id, revision }: StoredRun) {
  return { runId: id, revision };
}

function overtaken(run: StoredRun): Overtaken {
  return new Overtaken(`run ${run.code} after revision ${run.revision}`);
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
  const { clientRequestId, startingAt, job, why, advice, differences, newWarnings, correlationId, outcome } = run;
  return { clientRequestId, startingAt, job, why, advice, differences, newWarnings, correlationId, outcome };
}
