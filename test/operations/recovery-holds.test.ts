import assert from 'node:assert/strict';
import type { ReplicatedItem } from '../../src/azure/types.ts';
import { changingOperations } from '../../src/operations/index.ts';
import { aReplica, ids, now, stubContext } from '../support/stub-azure.ts';
import { aFailedOver, aPlan, recoveryIds, recoveryVmId } from './support/recovery.ts';

const group = ids.vm.split('/providers')[0]?.replace('rg-sql', 'rg-dr-neu') ?? '';
const inRecovery = (name: string) => `${group}/providers/Microsoft.Compute/virtualMachines/${name}`;
const places = { recoveryResourceGroupId: group, recoveryVmName: 'sql-01', testVmName: 'sql-01-test' };
const committed = {
  protectionState: 'UnplannedFailoverCommitted',
  allowedOperations: ['SwitchProtection'],
};
const parameters = {
  plan: recoveryIds.plan,
  vm: ids.vm,
  items: ['r'],
  source: 'shut-down',
  point: 'latest-processed',
  notes: 'Login works',
  network: `${ids.vm.split('/providers')[0]}/providers/Microsoft.Network/virtualNetworks/test`,
};
const items: Readonly<Record<string, ReplicatedItem>> = {
  'failover.change-point': aFailedOver(places),
  'failover.commit': aFailedOver(places),
  'failover.reprotect': aFailedOver({ ...places, ...committed }),
  'plan.commit': aFailedOver(places),
  'plan.reprotect': aFailedOver({ ...places, ...committed }),
};
const works = [...changingOperations.values()].filter(({ id }) => /^(plan|failover)\.|^replication\.disable$/.test(id));

async function heldBy(id: string, item: ReplicatedItem): Promise<readonly string[]> {
  const operation = changingOperations.get(id) ?? assert.fail(id);
  const context = stubContext({
    inventory: { replicatedItems: async () => ({ value: [item], asOf: now.toISOString() }) },
    recovery: { plan: async () => aPlan(), items: async () => [item], item: async () => item },
  });
  const point = id.startsWith('plan.') ? parameters.point : 'latest';
  return (await operation.preview(context, { ...parameters, point })).holds ?? [];
}

describe('a run of Site Recovery', () => {
  for (const { id } of works) {
    it(`of ${id} holds the VM, its copy in the other region and its test VM, so that no other run changes one meanwhile`, async () => {
      const held = await heldBy(id, items[id] ?? aReplica(places));
      assert.deepEqual(held, [ids.vm, inRecovery('sql-01'), inRecovery('sql-01-test')]);
    });
  }

  it('is of twelve kinds', () => assert.equal(works.length, 12));

  it('holds the copy by the id that Azure tells, once it is there', async () => {
    const moved = recoveryVmId.replace('sql-01', 'sql-01-renamed');
    const held = await heldBy('failover.commit', aFailedOver({ ...places, recoveryVmId: moved }));
    assert.deepEqual(held, [ids.vm, moved, inRecovery('sql-01-test')]);
  });

  it('holds what is known when Azure does not say where the copy will be', async () => {
    assert.deepEqual(await heldBy('failover.start', aReplica()), [ids.vm]);
  });
});
