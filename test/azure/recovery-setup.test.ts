import assert from 'node:assert/strict';
import { nameOf } from '../../src/azure/arm-id.ts';
import { practiceSubscription } from '../support/simulator.ts';
import { botOid, type Simulated, withSimulator } from './support/simulated.ts';

const clientRequestId = 'c0000000-0000-4000-8000-000000000001';
const siteRecoveryContributor = '6670b86e-a3f7-4917-ac9b-5d6ab1be4567';
const virtualMachineContributor = '9980e02c-c2be-4d73-94e8-173b1dc7cf3c';

/** Built-in roles alone: they hold no list of a whole vault. */
async function withBuiltInRoles({ simulator }: Simulated): Promise<void> {
  await simulator.control.revoke(botOid);
  const scope = `/subscriptions/${practiceSubscription}`;
  for (const role of [siteRecoveryContributor, virtualMachineContributor])
    await simulator.control.grant({ objectId: botOid, role, scope });
}

describe('the setup of a vault for replication', () => {
  it('is told per container to who may not list a whole vault, and is the same', async () => {
    const seen = async (simulated: Simulated) => {
      const { vaultId, policyId = '' } = await simulated.replicatedNamed('erp-prod-01');
      const { recovery } = simulated.ports;
      return {
        items: (await recovery.items(vaultId)).map(({ friendlyName }) => friendlyName).toSorted(),
        mappings: (await recovery.mappings(vaultId)).map(({ fromRegion, toRegion }) => `${fromRegion} ${toRegion}`),
        networks: (await recovery.networkMappings(vaultId)).map((one) => nameOf(one.recoveryNetworkId)),
        policy: (await recovery.policy(policyId)).historyMinutes,
      };
    };
    await withSimulator(
      async (simulated) => {
        const whole = await seen(simulated);
        assert.equal(whole.items.length, 7);
        assert.deepEqual(whole.mappings, ['westeurope northeurope', 'northeurope westeurope']);
        assert.deepEqual([whole.networks, whole.policy], [['vnet-prod-neu'], 1440]);
        const { vaultId, policyId = '' } = await simulated.replicatedNamed('erp-prod-01');
        await withBuiltInRoles(simulated);
        await simulated.simulator.control.clearLog();
        const { recovery } = simulated.ports;
        const names = (await recovery.items(vaultId)).map(({ friendlyName }) => friendlyName).toSorted();
        assert.deepEqual(names, whole.items);
        assert.equal((await recovery.mappings(vaultId)).length, 2);
        assert.equal((await recovery.networkMappings(vaultId)).length, 1);
        assert.equal((await recovery.policy(policyId)).historyMinutes, 1440);
        const refused = (await simulated.simulator.control.log()).filter(({ status }) => status === 403);
        assert.ok(refused.length > 0, 'the whole vault was refused first');
      },
      { simulator: { strictAuthorization: true } },
    );
  });

  it('lets a VM be replicated, with the disks and the network that are sent, and ends it again', async () => {
    await withSimulator(async (simulated) => {
      const { ports, follow } = simulated;
      const vm = await simulated.vmNamed('sql-prod-02');
      assert.deepEqual(await ports.recovery.eligibility(vm.id), []);
      const { vaultId, recoveryNetworkId, recoveryResourceGroupId } = await simulated.replicatedNamed('erp-prod-01');
      const [mapping] = await ports.recovery.mappings(vaultId);
      const [account] = await ports.backup.storageAccounts(practiceSubscription, 'westeurope');
      assert.ok(mapping && account && recoveryNetworkId && recoveryResourceGroupId);
      const begun = await ports.recovery.enable('new-item', {
        mapping,
        vmId: vm.id,
        disks: vm.diskIds.map((id) => ({ id, sku: 'Premium_LRS' })),
        groupId: recoveryResourceGroupId,
        cacheAccountId: account.id,
        networkId: recoveryNetworkId,
        clientRequestId,
      });
      assert.equal((await follow(begun)).at(-1)?.state, 'succeeded');
      const item = await simulated.replicatedNamed('sql-prod-02');
      assert.deepEqual([item.name, item.recoveryNetworkId], ['new-item', recoveryNetworkId]);
      assert.ok((await ports.recovery.eligibility(vm.id)).length > 0);
      const ended = await ports.recovery.disable(item.id, { clientRequestId });
      assert.equal((await follow(ended)).at(-1)?.state, 'succeeded');
      const left = (await ports.recovery.items(vaultId)).map(({ friendlyName }) => friendlyName);
      assert.ok(!left.includes('sql-prod-02'));
    });
  });
});
