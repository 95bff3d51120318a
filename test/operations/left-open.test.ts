import assert from 'node:assert/strict';
import { CatalogueError } from '../../src/errors.ts';
import { changingOperations } from '../../src/operations/index.ts';
import type { StillOpen } from '../../src/operations/left-open.ts';
import { aPoint, aReplica, ids, stubContext } from '../support/stub-azure.ts';
import { aCommitted, aPlan, aPlanOf, recoveryIds } from './support/recovery.ts';

const run = { endedAt: '2026-03-02T07:00:00.000Z' };

/** What an operation says is left open, over such a replicated item. */
async function ofVm(operation: string, item: Parameters<typeof aReplica>[0]): Promise<StillOpen | undefined> {
  const context = stubContext({ recovery: { item: async () => aReplica(item) } });
  return await changingOperations.get(operation)?.leftOpen?.stillOpen(context, { vm: ids.vm }, run);
}

async function ofPlan(operation: string, plan: Parameters<typeof aPlan>[0]): Promise<StillOpen | undefined> {
  const context = stubContext({ recovery: { plan: async () => aPlan(plan) } });
  return await changingOperations.get(operation)?.leftOpen?.stillOpen(context, { plan: recoveryIds.plan }, run);
}

function buttons(seen: StillOpen | undefined): readonly string[] {
  assert.ok(seen?.open === true);
  return seen.suggestions.map(({ wish }) => wish.operation);
}

describe('what operations leave open', () => {
  it('is a failover until it is committed, which only what Azure allows can tell', async () => {
    const pending = { protectionState: 'UnplannedFailoverCommitPending', allowedOperations: ['Commit', 'ChangePit'] };
    assert.deepEqual(buttons(await ofVm('failover.start', pending)), ['failover.commit', 'failover.change-point']);
    const committing = { protectionState: 'UnplannedFailoverCommitPending', allowedOperations: ['DisableProtection'] };
    assert.deepEqual(await ofVm('failover.start', committing), { open: 'busy' });
    const committed = { protectionState: 'UnplannedFailoverCommitted', allowedOperations: ['SwitchProtection'] };
    assert.deepEqual(await ofVm('failover.start', committed), { open: false });
  });

  it('is a test VM until it is cleaned up', async () => {
    const waiting = { testFailoverState: 'WaitingForCompletion', allowedOperations: ['TestFailoverCleanup'] };
    assert.deepEqual(buttons(await ofVm('failover.test', waiting)), ['failover.test-cleanup']);
    const cleaning = { testFailoverState: 'WaitingForCompletion', allowedOperations: [] };
    assert.deepEqual(await ofVm('failover.test', cleaning), { open: 'busy' });
    assert.deepEqual(await ofVm('failover.test', { allowedOperations: ['TestFailover'] }), { open: false });
  });

  it('is a plan that was failed over or rehearsed, as the plan itself says', async () => {
    const open = { allowedOperations: ['Commit', 'TestFailoverCleanup'] };
    assert.deepEqual(buttons(await ofPlan('plan.failover', open)), ['plan.commit', 'recovery-plan.show']);
    assert.deepEqual(buttons(await ofPlan('plan.test-failover', open)), ['plan.test-cleanup', 'recovery-plan.show']);
    assert.deepEqual(await ofPlan('plan.failover', { allowedOperations: [], running: 'CommitFailover' }), {
      open: 'busy',
    });
    assert.deepEqual(await ofPlan('plan.test-failover', { allowedOperations: ['TestFailover'] }), { open: false });
  });

  it('is a VM without replication after the commit, and a plan while one of its VMs is', async () => {
    const bare = { protectionState: 'UnplannedFailoverCommitted', allowedOperations: ['SwitchProtection'] };
    assert.deepEqual(buttons(await ofVm('failover.commit', bare)), ['failover.reprotect']);
    assert.deepEqual(await ofVm('failover.commit', { allowedOperations: ['DisableProtection'] }), { open: false });
    const plan = async (...allowed: readonly string[][]) => {
      const items = allowed.map((allowedOperations, at) => aCommitted(at, { allowedOperations }));
      const recovery = { plan: async () => aPlanOf(items), items: async () => items };
      const leftOpen = changingOperations.get('plan.commit')?.leftOpen;
      return await leftOpen?.stillOpen(stubContext({ recovery }), { plan: recoveryIds.plan }, run);
    };
    assert.deepEqual(buttons(await plan(['DisableProtection'], ['SwitchProtection'])), [
      'plan.reprotect',
      'recovery-plan.show',
    ]);
    assert.deepEqual(await plan(['DisableProtection'], []), { open: 'busy' });
    assert.deepEqual(await plan(['DisableProtection']), { open: false });
  });

  it('is nothing of a VM that is no longer replicated; an Azure that does not answer is no answer', async () => {
    const leftOpen = changingOperations.get('failover.start')?.leftOpen;
    const asked = (recovery: Parameters<typeof stubContext>[0]) =>
      leftOpen?.stillOpen(stubContext(recovery), { vm: ids.vm }, run);
    const none = async () => ({ value: [], asOf: run.endedAt });
    assert.deepEqual(await asked({ inventory: { replicatedItems: none } }), { open: false });
    const away = async () => Promise.reject(new CatalogueError('azure-unavailable'));
    await assert.rejects(async () => await asked({ recovery: { item: away } }), /azure-unavailable/);
  });

  it('is a session with files as long as the recovery point says so', async () => {
    const leftOpen = changingOperations.get('restore.files')?.leftOpen;
    const seen = async (filesOpen: boolean) => {
      const points = { recoveryPoints: async () => [aPoint({ filesOpen })] };
      return await leftOpen?.stillOpen(stubContext({ backup: points }), { vm: ids.vm, point: aPoint().id }, run);
    };
    assert.deepEqual(buttons(await seen(true)), ['restore.files-close']);
    assert.deepEqual(await seen(false), { open: false });
    assert.deepEqual([leftOpen?.remindAfterMinutes, leftOpen?.thenEveryMinutes], [[30], 60]);
  });
});
