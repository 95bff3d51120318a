import assert from 'node:assert/strict';
import { CatalogueError } from '../../src/errors.ts';
import { onUsualHome } from '../support/store.ts';
import { auditOf } from './audit-of.ts';
import { Harness, people } from './harness.ts';

onUsualHome('with destructive operations turned off', (place) => {
  it('what destroys is refused before Azure is asked anything, and on record; what disrupts goes on', async () => {
    const runs = await Harness.open(await place(), { destructive: 'off' });
    runs.azure.previewFault = new CatalogueError('azure-unavailable');
    await assert.rejects(runs.propose('destructive'), { code: 'destructive-off' });
    assert.equal((await auditOf(runs.store))[0]?.details?.code, 'destructive-off');
    runs.azure.previewFault = undefined;
    assert.equal((await runs.propose('disruptive')).state, 'awaiting-approval');
  });

  it('it can be told, on record, before the parameters are known', async () => {
    const { runs, store } = await Harness.open(await place(), { destructive: 'off' });
    const proposal = {
      parameters: {},
      actor: people.ana,
      reader: { locale: 'en', timeZone: 'UTC' },
      conversationId: 'chat',
    };
    await runs.service.assertStartable({ ...proposal, operation: 'test.disruptive' });
    assert.deepEqual(await auditOf(store), []);
    await assert.rejects(runs.service.assertStartable({ ...proposal, operation: 'test.destructive' }), {
      code: 'destructive-off',
    });
    assert.equal((await auditOf(store))[0]?.details?.code, 'destructive-off');
  });

  it('what was proposed before is not started, although it is approved', async () => {
    const here = await place();
    const before = await Harness.open(here);
    const run = await before.propose('destructive');
    await before.decide(run, 'confirm', people.ana, { typedName: 'sql-01' });
    await before.runs.stop();
    await before.store.close();
    const after = await Harness.open(here, { time: before.time, azure: before.azure, destructive: 'off' });
    await after.decide(run, 'approve', people.ben);
    await after.settle();
    const { state, why } = await after.stateOf(run);
    assert.deepEqual([state, why], ['failed', new CatalogueError('destructive-off').text]);
    assert.deepEqual(after.azure.taken, []);
  });

  it('what was started before is followed to its end', async () => {
    const here = await place();
    const before = await Harness.open(here);
    const run = await before.propose('destructive');
    await before.decide(run, 'confirm', people.ana, { typedName: 'sql-01' });
    await before.decide(run, 'approve', people.ben);
    await before.settle();
    assert.equal((await before.stateOf(run)).state, 'running');
    await before.runs.stop();
    await before.store.close();
    const after = await Harness.open(here, { time: before.time, azure: before.azure, destructive: 'off' });
    before.azure.progress = { state: 'succeeded' };
    await after.pass(600);
    assert.equal((await after.stateOf(run)).state, 'succeeded');
  });
});
