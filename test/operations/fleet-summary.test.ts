import assert from 'node:assert/strict';
import type { Inventory } from '../../src/azure/ports.ts';
import { fleetSummary } from '../../src/operations/status/fleet-summary.ts';
import { aJobSummary, anItem, aReplica, aSnapshot, aVm, now, stubContext } from '../support/stub-azure.ts';

const asOf = now.toISOString();

async function summed(change: { readonly [Read in keyof Inventory]?: readonly unknown[] }, holds = true) {
  const all = {
    vms: [aVm()],
    protectedItems: [anItem()],
    replicatedItems: [aReplica()],
    jobs: [],
    snapshots: [],
    ...change,
  };
  const reads = Object.entries(all).map(([name, value]) => [name, async () => ({ value, asOf })]);
  const inventory = Object.fromEntries(reads) as Partial<Inventory>;
  const answer = await fleetSummary.answer(stubContext({ inventory, access: { holds: async () => holds } }), {});
  const facts = answer.sections?.flatMap((section) => section.facts) ?? [];
  return { ...answer, said: Object.fromEntries(facts.map(({ label, value }) => [label.message, value])) };
}

describe('fleet.summary', () => {
  it('says that all is well only when nothing is unprotected, failed, unhealthy or waiting', async () => {
    assert.equal((await summed({})).tone, 'good');
    for (const change of [
      { protectedItems: [] },
      { protectedItems: [anItem({ lastBackupStatus: 'Failed' })] },
      { protectedItems: [anItem({ protectionState: 'ProtectionStopped' })] },
      { replicatedItems: [aReplica({ replicationHealth: 'Critical' })] },
      { replicatedItems: [aReplica({ testFailoverState: 'WaitingForCompletion' })] },
      { jobs: [aJobSummary({ status: 'Failed' })] },
      { snapshots: [aSnapshot({ tags: { 'vaultkeeper-expires': '2026-03-01T00:00:00.000Z' } })] },
    ]) {
      const { tone, title } = await summed(change);
      assert.equal(tone, 'warning', JSON.stringify(change));
      assert.deepEqual(title, { message: 'fleet.summary.attention', values: { count: 1 } }, JSON.stringify(change));
    }
  });

  it('counts nothing that Azure would not show to the person', async () => {
    const { said } = await summed({ snapshots: [aSnapshot()], jobs: [aJobSummary({ status: 'Failed' })] }, false);
    assert.deepEqual(said['fact.protected-vms'], { message: 'fleet.summary.of', values: { count: 0, total: 0 } });
    assert.equal(said['fact.failed-jobs'], '0');
    assert.equal(said['fact.snapshots'], '0');
  });
});
