import assert from 'node:assert/strict';
import { JobBudget } from '../../src/azure/jobs/job-budget.ts';
import type { JobSource, JobView } from '../../src/azure/jobs/job-view.ts';
import { VaultWatch } from '../../src/azure/jobs/vault-watch.ts';
import { CatalogueError } from '../../src/errors.ts';
import { ManualClock, vaultId } from './support/ports.ts';

const running: JobView = { state: 'running', recommendations: [] };
const done: JobView = { state: 'succeeded', recommendations: [] };
const task = (state: 'running' | 'succeeded') => ({ name: 'Take Snapshot', state });

/** A vault in memory: what its list says, what its single reads say, and what was asked. */
function vaultOf(clock: ManualClock) {
  const asked: string[] = [];
  const listed = new Map<string, JobView>();
  const single = new Map<string, JobView>();
  const source: JobSource = {
    get(_vaultId, jobId) {
      asked.push(jobId);
      const found = single.get(jobId);
      return found === undefined ? Promise.reject(new CatalogueError('azure-not-found')) : Promise.resolve(found);
    },
    list(_vaultId, since) {
      asked.push(`list ${since.toISOString()}`);
      return Promise.resolve(listed);
    },
  };
  const budget = new JobBudget(150, clock.now);
  const options = { source, vaultId, budget, now: clock.now, firstLookSeconds: 30, sharers: () => 1 };
  return { asked, listed, single, budget, watch: new VaultWatch(options) };
}

async function many(watch: VaultWatch, ids: readonly string[]) {
  const looks = [];
  for (const id of ids) looks.push(await watch.ask(id));
  return looks;
}

describe("a vault's watch", () => {
  it('reads up to two running jobs one by one, for their tasks, and more of them as a list', async () => {
    const clock = new ManualClock();
    const { asked, listed, single, watch } = vaultOf(clock);
    for (const id of ['a', 'b', 'c']) {
      single.set(id, { ...running, tasks: [task('running')] });
      listed.set(id, running);
    }
    await many(watch, ['a', 'b']);
    assert.deepEqual(asked, ['a', 'b']);
    clock.advance(30);
    const looks = await many(watch, ['a', 'b', 'c']);
    assert.deepEqual(asked.slice(2, 4), ['a', 'b']);
    assert.match(asked[4] ?? '', /^list /);
    assert.deepEqual(looks[0]?.value.tasks, [task('running')], 'the tasks that were told stay');
    clock.advance(30);
    await many(watch, ['a', 'b', 'c']);
    assert.equal(asked.length, 6, 'one list for all three');
  });

  it('reads a job that the list shows to be over once more, for its tasks and its error', async () => {
    const clock = new ManualClock();
    const { asked, listed, single, watch } = vaultOf(clock);
    for (const id of ['a', 'b', 'c']) {
      listed.set(id, running);
      single.set(id, running);
    }
    await many(watch, ['a', 'b', 'c']);
    listed.set('b', done);
    single.set('b', { ...done, tasks: [task('succeeded')] });
    clock.advance(30);
    const looks = await many(watch, ['a', 'b', 'c']);
    assert.deepEqual(looks[1]?.value.tasks, [task('succeeded')]);
    assert.equal(asked.filter((one) => one === 'b').length, 2);
    await watch.ask('b');
    assert.equal(asked.filter((one) => one === 'b').length, 2, 'and no more after that');
  });

  it('reads a job that the list shows to wait for a person once more, for what it waits, and again after the next list', async () => {
    const clock = new ManualClock();
    const { asked, listed, single, watch } = vaultOf(clock);
    for (const id of ['a', 'b', 'c']) listed.set(id, running);
    for (const id of ['a', 'b', 'c']) single.set(id, running);
    await many(watch, ['a', 'b', 'c']);
    const waits = (name: string) => ({ ...running, tasks: [task('running')], waitsFor: [{ jobId: 'b', name }] });
    listed.set('b', { ...running, waitsFor: [] });
    for (const name of ['Check the ledger', 'Tell the users']) {
      single.set('b', waits(name));
      clock.advance(30);
      const [, look] = await many(watch, ['a', 'b', 'c']);
      assert.deepEqual(look?.value.waitsFor, [{ jobId: 'b', name }]);
    }
    assert.equal(asked.filter((one) => one === 'b').length, 3, 'at first, and once after each list');
    listed.set('b', running);
    clock.advance(60);
    assert.equal((await many(watch, ['a', 'b', 'c']))[1]?.value.waitsFor, undefined);
  });

  it('brings back whoever waits for an old job when the young ones are listed, for that costs nothing and tells them of its end', async () => {
    const clock = new ManualClock();
    const { asked, listed, watch } = vaultOf(clock);
    const old = { ...running, startedAt: new Date(clock.now().getTime() - 3_600_000).toISOString() };
    for (const [id, view] of Object.entries({ a: old, b: running, c: running, d: running })) listed.set(id, view);
    const first = await many(watch, ['b', 'c', 'd', 'a']);
    assert.deepEqual(
      first.slice(2).map(({ nextLookSeconds }) => nextLookSeconds),
      [30, 30],
    );
    const before = asked.length;
    listed.set('a', done);
    clock.advance(30);
    const [look] = await many(watch, ['a', 'b', 'c', 'd']);
    assert.equal(look?.value.state, 'succeeded');
    assert.deepEqual(
      asked.slice(before).filter((one) => one.startsWith('list')),
      asked.slice(before, before + 1),
    );
  });

  it('does without that when the budget is lean, and then takes the tasks of a success as done', async () => {
    const clock = new ManualClock();
    const { budget, asked, listed, single, watch } = vaultOf(clock);
    single.set('a', { ...running, tasks: [task('running')] });
    await watch.ask('a');
    for (let nth = 0; nth < 25; nth += 1) budget.spend('11111111-1111-4111-8111-111111111111');
    listed.set('a', done);
    clock.advance(30);
    const look = await watch.ask('a');
    assert.deepEqual([look.value.state, look.value.tasks, look.nextLookSeconds], ['succeeded', [task('succeeded')], 0]);
    assert.deepEqual(asked.slice(1).length, 1);
  });

  it('reads a job alone that its list does not have, once it is old enough to be there', async () => {
    const clock = new ManualClock();
    const { asked, listed, single, watch } = vaultOf(clock);
    for (const id of ['a', 'b']) listed.set(id, running);
    for (const id of ['a', 'b', 'c']) single.set(id, running);
    await many(watch, ['a', 'b', 'c']);
    clock.advance(30);
    await many(watch, ['a', 'b', 'c']);
    assert.equal(asked.includes('c'), false);
    clock.advance(150);
    await many(watch, ['a', 'b', 'c']);
    assert.deepEqual(asked.slice(-2), [asked.findLast((one) => one.startsWith('list')), 'c']);
  });

  it('asks for a list that reaches back to yesterday while it does not know when a job began, and then only to its start', async () => {
    const clock = new ManualClock('2026-01-10T08:00:00Z');
    const { asked, listed, single, watch } = vaultOf(clock);
    const ids = ['a', 'b', 'c'];
    for (const id of ids) single.set(id, running);
    for (const id of ids) listed.set(id, { ...running, startedAt: '2026-01-10T07:30:00.000Z' });
    await Promise.all(ids.map((id) => watch.ask(id)));
    clock.advance(300);
    await many(watch, ids);
    assert.deepEqual(asked.at(-1), 'list 2026-01-10T07:20:00.000Z');
    assert.ok(asked.includes('list 2026-01-09T08:00:00.000Z'), asked.join());
  });

  it('no longer counts a job that nobody comes back for', async () => {
    const clock = new ManualClock();
    const { single, watch } = vaultOf(clock);
    single.set('a', running);
    await watch.ask('a');
    assert.equal(watch.active, true);
    clock.advance(30 + 30 * 30 + 1);
    assert.equal(watch.active, false);
    await watch.ask('a');
    assert.equal(watch.active, true);
  });
});
