import assert from 'node:assert/strict';
import { verifyAudit } from '../../src/runs/audit.ts';
import type { KillPoint } from '../../src/runs/index.ts';
import type { Run } from '../../src/runs/run.ts';
import type { Place } from '../support/store.ts';
import type { Stage, Taken } from './stage.ts';
import { askAPerson, mayGoPast } from './worlds.ts';

/** The process is killed when the run of every operation is in all of these gaps at once: one written, the other met by what was written. */
export type Kill = readonly KillPoint[];

/** A run's life, kill by kill; each next one is of the process that has been started again. */
export const asked: readonly Kill[] = [['before-proposal-kept'], ['after-proposal-kept', 'before-card-sent']];
export const decided: readonly Kill[] = [
  ['before-decision-kept', 'after-card-sent'],
  ['inside-change'],
  ['after-decision-kept', 'after-card-noted'],
];
export const stepped: readonly Kill[] = [
  ['step-taken'],
  ['before-starting-written'],
  ['after-starting-written', 'before-submit'],
  ['after-unknown-written', 'before-find-submitted'],
  ['after-find-submitted'],
  ['after-submit'],
  ['after-running-written', 'before-progress-read'],
  ['before-progress-written'],
  ['after-progress-written'],
  ['before-result-read'],
  ['before-end-written'],
  ['after-end-written'],
];
export const undecided: readonly Kill[] = [['before-expiry-written'], ['after-expiry-written']];

/** Killed before it is sent, every run is looked for in Azure, twice, by processes that are killed too, before this one sends it. */
const afterLook = 'was killed at after-submit';

/** Where a run never is that a person has to look for in Azure. */
const past = stepped.slice(stepped.findIndex((kill) => kill.includes('after-submit'))).flat();
/** Whether every run of the operation has to come to that gap. */
const isDue = (id: string, point: KillPoint) =>
  !mayGoPast(id, point) && !(askAPerson.includes(id) && past.includes(point));

/** How the run of an operation ended, on the card too, what Azure took of it, and the gaps in which no process was killed with it. */
interface Ended {
  readonly run: Run;
  readonly card: string | undefined;
  readonly taken: readonly Taken[];
  readonly missed: readonly KillPoint[];
}

/** By operation. */
export type Ends = ReadonlyMap<string, Ended>;

async function endsOf(at: Place, stage: Stage, points: readonly KillPoint[]): Promise<Ends> {
  const store = await at.open();
  const hits = stage.hits(at);
  const runs = await store.runs.recent('tenant', 100);
  const ends = runs.map(async (run): Promise<[string, Ended]> => {
    const missed = points.filter((point) => !hits.has(`${run.operation} at ${point}`) && isDue(run.operation, point));
    const card = stage.chat.cards.get(run.id)?.at(-1);
    return [run.operation, { run, card, missed, taken: await stage.taken(run) }];
  });
  assert.equal((await verifyAudit(store.audit)).whole, true, 'the audit trail');
  assert.equal(runs.length, stage.operations, 'a run of each operation');
  return new Map(await Promise.all(ends));
}

/** Asserts how the run of an operation ended; says the operation, and the kills after which it went wrong. */
export function assertEnd(ends: Ends, id: string, state: Run['state'], times: 0 | 1): void {
  const end = ends.get(id);
  assert.ok(end, `${id} has no run`);
  const { run, card, missed, taken } = end;
  const story = `${id} (${run.state}, ${JSON.stringify(run.newWarnings ?? run.differences ?? run.why)})`;
  const [first] = taken;
  const early = `${id} was sent by the process that ${first?.start}, before anybody had looked for it in Azure`;
  assert.equal(first?.start ?? afterLook, afterLook, early);
  const seen = new Map<string, string>();
  for (const { request, start } of taken) {
    const before = seen.get(request);
    const again = `${id} was sent by the process that ${before}, and again by the one that ${start}: ${request}`;
    assert.ok(before === undefined, again);
    seen.set(request, start);
  }
  assert.equal(run.state, state, story);
  assert.equal(card, state, `the card of ${story}`);
  // Killed just before it was sent, a run that only a person can look for in Azure was never sent.
  if (state !== 'needs-attention')
    assert.equal(Math.min(1, taken.length), times, `${story} was sent ${taken.length} times`);
  assert.deepEqual(missed, [], `no process was killed with ${story} in these gaps`);
}

/** Nobody decides on them: they expire, with a process killed before and after that is written. */
export async function expireAll(at: Place, stage: Stage): Promise<Ends> {
  for (const kill of undecided)
    assert.equal(await stage.start(at, { kill: kill.join(), undecided: 'soon' }), 'killed', kill.join());
  assert.equal(await stage.start(at, { undecided: 'soon' }), 'finished');
  return await endsOf(at, stage, undecided.flat());
}

/** Every run lives its life, with a process killed at every step of it. */
export async function liveThrough(kills: readonly Kill[], at: Place, stage: Stage): Promise<Ends> {
  for (const [nth, kill] of kills.entries()) {
    if (kill.includes('before-submit')) await stage.slow();
    if (kill.includes('before-result-read')) await stage.over();
    const later = kills.slice(nth + 1).filter((one) => stepped.includes(one));
    const nobody = asked.includes(kill) ? { undecided: 'never' } : {};
    const end = await stage.start(at, { kill: kill.join(), later: later.join(), ...nobody });
    assert.equal(end, 'killed', kill.join());
  }
  assert.equal(await stage.start(at), 'finished');
  return await endsOf(at, stage, kills.flat());
}
