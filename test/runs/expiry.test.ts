import assert from 'node:assert/strict';
import { CatalogueError } from '../../src/errors.ts';
import { onUsualHome } from '../support/store.ts';
import { Harness, people } from './harness.ts';

onUsualHome('the time to decide', (place) => {
  it('ends after thirty minutes: the run expires, frees its target, and a late click does nothing', async () => {
    const runs = await Harness.open(await place());
    const run = await runs.propose('disruptive');
    await runs.pass(29 * 60);
    assert.equal((await runs.stateOf(run)).state, 'awaiting-approval');
    await runs.pass(61);
    const end = await runs.stateOf(run);
    assert.deepEqual([end.state, end.why], ['expired', { message: 'run.why.not-decided', values: { minutes: 30 } }]);
    assert.equal((await runs.decide(run, 'approve', people.ben)).accepted, false);
    assert.equal((await runs.propose('disruptive')).state, 'awaiting-approval');
  });

  it('is over at its very end, even before the queue has noticed', async () => {
    const runs = await Harness.open(await place());
    const run = await runs.propose('disruptive');
    await runs.time.clock.setTime(run.decideBy);
    const late = await runs.decide(run, 'approve', people.ben);
    assert.equal(!late.accepted && late.code, 'already-decided');
  });

  it('is followed by fifteen minutes to start: an approval that Azure keeps waiting lapses', async () => {
    const runs = await Harness.open(await place());
    runs.azure.previewFault = undefined;
    const run = await runs.propose('disruptive');
    runs.azure.previewFault = new CatalogueError('azure-unavailable');
    await runs.decide(run, 'approve', people.ben);
    await runs.settle();
    const waiting = await runs.stateOf(run);
    assert.deepEqual([waiting.state, waiting.waiting?.why], ['approved', runs.azure.previewFault.text]);
    await runs.pass(15 * 60);
    const end = await runs.stateOf(run);
    assert.deepEqual([end.state, end.why], ['expired', { message: 'run.why.lapsed', values: { minutes: 15 } }]);
    assert.deepEqual(runs.azure.taken, []);
  });
});
