import assert from 'node:assert/strict';
import { onBothHomes, silent } from '../support/store.ts';

onBothHomes('a transaction', (place) => {
  const runId = '3f2a9c1e-0000-4000-8000-00000000000a';

  it('refuses a query that goes past it, which would wait for itself for ever or not be atomic', async () => {
    const store = await (await place()).open();
    await store.transaction(async () => {
      await assert.rejects(async () => await store.runs.get(runId), /a query goes past the open transaction/);
      await assert.rejects(async () => await store.conversations.find('a'), /goes past the open transaction/);
      await assert.rejects(async () => await store.botState.write({ a: {} }), /goes past the open transaction/);
      await assert.rejects(
        async () => await store.transaction(() => Promise.resolve()),
        /second transaction goes past/,
      );
    });
  });

  it('can queue jobs from its first moment on, without waiting for itself', async () => {
    const store = await (await place()).open();
    await store.transaction(async (unit) => {
      await unit.send('step', { runId, revision: 1 });
      await unit.send('expiry', { runId });
      await unit.send('card', { runId, conversationId: 'a' });
    });
  });

  it('keeps nothing when it throws: no lock, no job, no record', async () => {
    const store = await (await place()).open();
    const taken: string[] = [];
    const failing = store.transaction(async (unit) => {
      await unit.targets.take(runId, ['/vm/a']);
      await unit.send('expiry', { runId });
      unit.record({ kind: 'run-proposed', at: '2026-03-02T08:00:00.000Z', tenantId: 'tenant' });
      throw new RangeError('on purpose');
    });
    await assert.rejects(failing, /on purpose/);
    await store.jobs.work('expiry', (job) => Promise.resolve(void taken.push(job.id)));
    assert.equal(await store.transaction((unit) => unit.targets.take(runId, ['/vm/a'])), undefined);
    assert.deepEqual(await store.audit.page(0, 10), []);
    assert.deepEqual(taken, []);
  });

  it('logs each decision, refusal and change of state once it is kept, with whose it was and nothing that was said', async () => {
    const lines: object[] = [];
    const log = { ...silent, info: (line: object) => void lines.push(line) };
    const store = await (await place()).open({ log });
    const at = '2026-03-02T08:00:00.000Z';
    const actor = { tenantId: 'tenant', oid: 'oid-ana', name: 'Ana' };
    const same = { at, tenantId: 'tenant', runId, code: '4F7K', operation: 'failover.start' };
    const said = { parameters: { vm: '/vm/a' }, comment: 'the password is hunter2' };
    const failing = store.transaction(async (unit) => {
      unit.record({ kind: 'run-approved', ...same, actor });
      throw new RangeError('on purpose');
    });
    await assert.rejects(failing, /on purpose/);
    await store.transaction(async (unit) => {
      unit.record({ kind: 'run-approved', ...same, actor, from: 'awaiting-approval', to: 'approved', details: said });
      unit.record({ kind: 'decision-refused', ...same, actor, details: { code: 'own-request', verb: 'approve' } });
      unit.record({
        kind: 'run-changed',
        ...same,
        from: 'running',
        to: 'failed',
        details: { correlationId: 'corr-1' },
      });
      unit.record({ kind: 'run-progressed', ...same, details: { percent: 40 } });
    });
    const about = { run: runId, code: '4F7K', operation: 'failover.start' };
    assert.deepEqual(lines, [
      { event: 'run-approved', ...about, actor: 'oid-ana', from: 'awaiting-approval', to: 'approved' },
      { event: 'decision-refused', ...about, actor: 'oid-ana', refusal: 'own-request', verb: 'approve' },
      { event: 'run-changed', ...about, from: 'running', to: 'failed', correlationId: 'corr-1' },
    ]);
  });
});
