import assert from 'node:assert/strict';
import { verifyAudit } from '../../src/runs/audit.ts';
import { onUsualHome } from '../support/store.ts';
import { auditOf } from './audit-of.ts';
import { Harness, people } from './harness.ts';

onUsualHome('runs that move at the same time', (place) => {
  it('are each written once, though one is queued twice and another was overtaken: nothing of the others is lost', async () => {
    const runs = await Harness.open(await place());
    const names = Array.from({ length: 12 }, (_, at) => `vm-${at}`);
    const all = [];
    for (const name of names) all.push(await runs.propose('disruptive', people.ana, name));
    const [withdrawn, twice] = all;
    assert.ok(withdrawn && twice);
    await Promise.all(all.slice(1).map((run) => runs.decide(run, 'approve', people.ben)));
    await runs.decide(withdrawn, 'withdraw', people.ana);
    // The step that follows the approval, queued once more: with the first one, or after it has been taken.
    const approved = 2;
    await runs.store.transaction(async (unit) => {
      await unit.sendAll('step', [
        { data: { runId: twice.id, revision: approved } },
        { data: { runId: withdrawn.id, revision: 1 } },
      ]);
    });
    await runs.settle();
    runs.azure.progress = { state: 'succeeded' };
    await runs.pass(31);
    const states = await Promise.all(all.map(async (run) => (await runs.stateOf(run)).state));
    assert.deepEqual(states, ['withdrawn', ...names.slice(1).map(() => 'succeeded')]);
    assert.deepEqual(runs.azure.taken.toSorted(), [...new Set(runs.azure.taken)].toSorted());
    assert.equal(runs.azure.taken.length, names.length - 1);
    const moves = (await auditOf(runs.store)).filter(({ runId, to }) => runId === twice.id && to !== undefined);
    assert.deepEqual(
      moves.map(({ to }) => to),
      ['awaiting-approval', 'approved', 'starting', 'running', 'succeeded'],
    );
    assert.equal((await verifyAudit(runs.store.audit)).whole, true);
  });
});
