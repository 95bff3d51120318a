import type { Unit } from '../../store/index.ts';
import { type Engine, later } from '../engine.ts';
import type { StoredRun } from '../run.ts';
import { closesOn, type OpenedBy, openedBy } from './opened-by.ts';

/** Until Azure shows in its lists what a job has just done. */
const closedSeconds = 5;

/**
 * Runs have ended: what they leave open is written down with the time of the first reminder, and what earlier runs left open on the same targets is
 * looked at again. Belongs into the transaction that ends the runs, so that a crash loses neither.
 */
export async function noteEnds(engine: Engine, unit: Unit, runs: readonly StoredRun[]): Promise<void> {
  const ended = runs.filter(({ startingAt }) => startingAt !== undefined);
  const ids = new Set(ended.map(({ id }) => id));
  const earlier = await unit.leftOpen.onTargets(ended.map((run) => closesOn(engine.operations, run)));
  const looks = earlier.filter(({ runId }) => !ids.has(runId));
  await unit.sendAll(
    'reminder',
    looks.map(({ runId, said }) => ({ data: { runId, said, early: true }, after: closedSeconds })),
  );
  for (const run of ended) {
    const opened = openedBy(engine.operations, run);
    if (opened !== undefined) await open(engine, unit, run, opened);
  }
}

async function open(engine: Engine, unit: Unit, run: StoredRun, { leftOpen, target }: OpenedBy): Promise<void> {
  const { kind, remindAfterMinutes, thenEveryMinutes } = leftOpen;
  const openedAt = run.endedAt ?? engine.now().toISOString();
  const seconds = (remindAfterMinutes[0] ?? thenEveryMinutes) * 60;
  await replaceOlder(engine, unit, { target, kind });
  await unit.leftOpen.add({
    runId: run.id,
    tenantId: run.requester.tenantId,
    conversationId: run.conversationId,
    target,
    kind,
    openedAt,
    said: 0,
    nextAt: later(new Date(openedAt), seconds),
  });
  await unit.send('reminder', { runId: run.id, said: 0, early: false }, seconds);
}

/** Of two runs that left the same thing open on the same target, the later one is reminded of. */
async function replaceOlder(
  engine: Engine,
  unit: Unit,
  { target, kind }: { readonly target: string; readonly kind: string },
): Promise<void> {
  const closedAt = engine.now().toISOString();
  for (const older of await unit.leftOpen.onTargets([target])) {
    if (older.kind === kind) await unit.leftOpen.save({ ...older, closedAt });
  }
}
