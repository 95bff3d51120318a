import assert from 'node:assert/strict';
import { onUsualHome } from '../support/store.ts';
import { Harness, people } from './harness.ts';

onUsualHome('a run', (place) => {
  it('is confirmed by a click, submitted once, followed, and ends with its outcome', async () => {
    const runs = await Harness.open(await place());
    const run = await runs.propose('reversible');
    assert.equal(run.state, 'draft');
    assert.equal((await runs.decide(run, 'confirm', people.ana)).accepted, true);
    await runs.settle();
    assert.equal((await runs.stateOf(run)).state, 'running');
    runs.azure.progress = { state: 'succeeded' };
    await runs.pass(40);
    const end = await runs.stateOf(run);
    assert.equal(end.state, 'succeeded');
    assert.deepEqual(end.outcome?.sentence, { message: 'test.succeeded' });
    assert.deepEqual(runs.azure.taken, [run.clientRequestId]);
    await runs.pass(10);
    assert.equal(runs.shown.at(-1)?.run.state, 'succeeded');
  });

  it('waits for a second person when it disrupts', async () => {
    const runs = await Harness.open(await place());
    const run = await runs.propose('disruptive');
    assert.equal(run.state, 'awaiting-approval');
    const own = await runs.decide(run, 'approve', people.ana);
    assert.equal(own.accepted === false && own.code, 'own-request');
    assert.equal((await runs.decide(run, 'approve', people.ben)).accepted, true);
    await runs.settle();
    assert.equal((await runs.stateOf(run)).state, 'running');
  });
});
