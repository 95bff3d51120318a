import assert from 'node:assert/strict';
import { onUsualHome } from '../support/store.ts';

onUsualHome('jobs', (place) => {
  const runId = '3f2a9c1e-0000-4000-8000-00000000000a';

  it('begin only when the turns have gone first', async () => {
    const store = await (await place()).open();
    const [asked, calm, begun] = [
      Promise.withResolvers<void>(),
      Promise.withResolvers<void>(),
      Promise.withResolvers<void>(),
    ];
    const order: string[] = [];
    store.jobs.letGoFirst(async () => {
      asked.resolve();
      await calm.promise;
      order.push('turns');
    });
    await store.jobs.work('expiry', async () => {
      order.push('job');
      begun.resolve();
    });
    await store.transaction((unit) => unit.send('expiry', { runId }));
    await asked.promise;
    assert.deepEqual(order, []);
    calm.resolve();
    await begun.promise;
    assert.deepEqual(order, ['turns', 'job']);
    await store.jobs.stopWorking();
  });
});
