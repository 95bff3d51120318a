import assert from 'node:assert/strict';
import { onBothHomes } from '../support/store.ts';
import { Harness, people } from './harness.ts';

onBothHomes('what operations read of runs', (place) => {
  it('is the newest first, what awaits approval, and one by its code, within the tenant', async () => {
    const runs = await Harness.open(await place());
    const { reader } = runs.runs;
    const first = await runs.propose('reversible', people.ana, 'a');
    await runs.pass(5);
    const second = await runs.propose('disruptive', people.ana, 'b');
    assert.deepEqual(
      (await reader.recent('tenant', 10)).map(({ code }) => code),
      [second.code, first.code],
    );
    assert.deepEqual((await reader.recent('tenant', 1)).length, 1);
    assert.deepEqual(
      (await reader.awaitingApproval('tenant')).map(({ code }) => code),
      [second.code],
    );
    assert.deepEqual(await reader.recent('other-tenant', 10), []);
    assert.equal((await reader.find(first.code.toLowerCase(), 'tenant'))?.target, 'a');
  });

  it('is a run’s life in sentences, oldest first', async () => {
    const runs = await Harness.open(await place());
    const run = await runs.propose('disruptive');
    await runs.decide(run, 'approve', people.ana);
    await runs.decide(run, 'approve', people.ben);
    await runs.settle();
    const lines = await runs.runs.reader.timeline(run.code, 'tenant');
    const ids = lines.map(({ text }) => (typeof text === 'object' && 'message' in text ? text.message : ''));
    assert.deepEqual(ids, [
      'run.event.proposed',
      'run.event.decision-refused',
      'run.event.approved',
      'run.event.changed',
      'run.event.changed',
    ]);
  });
});
