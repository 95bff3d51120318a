import assert from 'node:assert/strict';
import { changingOperations } from '../../src/operations/index.ts';
import { aReplica, ids, stubContext } from '../support/stub-azure.ts';
import { aFailedOver, aPlan, recoveryIds } from './support/recovery.ts';

const parameters = {
  plan: recoveryIds.plan,
  source: 'shut-down',
  point: 'latest-processed',
  notes: 'Login works',
  network: `${ids.vm.split('/providers')[0]}/providers/Microsoft.Network/virtualNetworks/test`,
};
const items = {
  'plan.commit': aFailedOver(),
  'plan.reprotect': aFailedOver({
    protectionState: 'UnplannedFailoverCommitted',
    allowedOperations: ['SwitchProtection'],
  }),
} as const;

describe('a run of a recovery plan', () => {
  const plans = [...changingOperations.values()].filter(({ id }) => id.startsWith('plan.'));

  for (const operation of plans) {
    it(`of ${operation.id} holds the VMs of the plan, so that no other run changes one meanwhile`, async () => {
      const item = Object.entries(items).find(([id]) => id === operation.id)?.[1] ?? aReplica();
      const context = stubContext({ recovery: { plan: async () => aPlan(), items: async () => [item] } });
      const { holds } = await operation.preview(context, { ...parameters, items: [item.name] });
      assert.deepEqual(holds, [item.vmId]);
    });
  }

  it('is of five kinds', () => assert.equal(plans.length, 5));
});
