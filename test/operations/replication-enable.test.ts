import assert from 'node:assert/strict';
import type { ReplicationMapping } from '../../src/azure/recovery-types.ts';
import { replicationEnable } from '../../src/operations/recovery/replication-enable.ts';
import { aNetwork, anAccount, aReplica, aVault, execution, ids, now, stubContext } from '../support/stub-azure.ts';
import { aReplicationEnd, recoveryIds, sentBy } from './support/recovery.ts';

const asOf = now.toISOString();
const containerId = `${recoveryIds.vault}/replicationFabrics/weu/replicationProtectionContainers/c`;
const mapping: ReplicationMapping = {
  id: `${containerId}/replicationProtectionContainerMappings/m`,
  vaultId: recoveryIds.vault,
  containerId,
  targetContainerId: containerId.replace('weu', 'neu'),
  policyId: `${recoveryIds.vault}/replicationPolicies/p`,
  policyName: 'p',
  fromRegion: 'westeurope',
  toRegion: 'northeurope',
};
const group = '/subscriptions/s/resourceGroups/rg-dr';
const cache = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/stasr';
const parameters = { vm: ids.vm, mapping: mapping.id, group, network: ids.network('vnet-dr'), cache };
const vault = aVault({ id: recoveryIds.vault, name: 'rsv-dr', location: 'northeurope' });

function contextWith(more: object = {}, inventory: object = {}) {
  return stubContext({
    inventory: {
      replicatedItems: async () => ({ value: [], asOf }),
      vaults: async () => ({ value: [vault], asOf }),
      ...inventory,
    },
    recovery: {
      mappings: async () => [mapping],
      networkMappings: async () => [],
      eligibility: async () => [],
      ...more,
    },
    backup: { storageAccounts: async () => [anAccount('stasr')] },
  });
}

async function findings(context: ReturnType<typeof contextWith>, change: object = {}) {
  const request = { ...parameters, ...change };
  return (await replicationEnable.checks(context, request, await replicationEnable.preview(context, request))).map(
    ({ id }) => id,
  );
}

describe('replication.enable', () => {
  it('proposes what others that go the same way have, and asks only for the region where there are several', async () => {
    const kin = aReplica({ recoveryResourceGroupId: group });
    const one = contextWith({ items: async () => [kin] });
    const proposed = await replicationEnable.defaults?.(one, { vm: ids.vm });
    assert.deepEqual(proposed, {
      mapping: mapping.id,
      group,
      network: kin.recoveryNetworkId,
      cache: anAccount('stasr').id,
    });
    const other = { ...mapping, id: `${mapping.id}2`, toRegion: 'uksouth' };
    const two = contextWith({ mappings: async () => [mapping, other] });
    assert.deepEqual(await replicationEnable.defaults?.(two, { vm: ids.vm }), {});
    const choices = await replicationEnable.choices?.(two, 'mapping', { vm: ids.vm });
    assert.deepEqual(
      choices?.map(({ title }) => title),
      ['northeurope', 'uksouth'],
    );
  });

  it('proposes the network that the vault maps where nobody goes the same way yet', async () => {
    const networks = async () => ({ value: [aNetwork('vnet-dr')], asOf });
    const networkMappings = async () => [{ primaryNetworkId: '/n/1', recoveryNetworkId: ids.network('vnet-dr') }];
    const context = contextWith({ items: async () => [], networkMappings }, { networks });
    const proposed = await replicationEnable.defaults?.(context, { vm: ids.vm, mapping: mapping.id });
    assert.equal(proposed?.network, ids.network('vnet-dr'));
    assert.equal(proposed?.group, undefined);
    const groups = await replicationEnable.choices?.(context, 'group', { vm: ids.vm, mapping: mapping.id });
    assert.deepEqual(
      groups?.map(({ title }) => title),
      ['rg-net'],
    );
  });

  it('says which vaults there are not', async () => {
    const context = contextWith({ mappings: async () => [] }, { vaults: async () => ({ value: [], asOf }) });
    await assert.rejects(Promise.resolve(replicationEnable.choices?.(context, 'mapping', { vm: ids.vm })), {
      code: 'no-mapping',
    });
  });

  it('lists every disk with its type in the other region', async () => {
    const { facts } = await replicationEnable.preview(contextWith(), parameters);
    const disks = facts.find(({ label }) => label.message === 'fact.disk-types')?.value;
    assert.deepEqual(Array.isArray(disks) && disks.map((one: { readonly values: object }) => one.values), [
      { disk: 'os', type: 'Premium_LRS' },
      { disk: 'data', type: 'Premium_LRS' },
    ]);
  });

  it('shows what Azure says of its eligibility, and warns of a vault in the VM’s own region and of no network', async () => {
    assert.deepEqual(await findings(contextWith()), ['eligible']);
    const eligibility = async () => [{ code: '28061', message: 'It does not run', action: 'Start it' }];
    assert.deepEqual(await findings(contextWith({ eligibility })), ['not-eligible']);
    const here = { vaults: async () => ({ value: [{ ...vault, location: 'westeurope' }], asOf }) };
    assert.ok((await findings(contextWith({}, here))).includes('vault-here'));
    assert.ok((await findings(contextWith(), { network: 'none' })).includes('no-network'));
    const replicated = { replicatedItems: async () => ({ value: [aReplica()], asOf }) };
    assert.deepEqual(await findings(contextWith({}, replicated)), ['replicated']);
  });

  it('sends it once under the run’s own name, and finds its job again by that name', async () => {
    const { sent, stub } = sentBy('enable');
    const context = contextWith({ ...stub, itemJobsSince: async () => [] });
    await replicationEnable.submit(context, parameters, execution);
    assert.match(JSON.stringify(sent), /"networkId".*/);
    assert.equal(await replicationEnable.findSubmitted(context, parameters, execution), 'nothing');
    const asked: string[] = [];
    const itemJobsSince = async (_: string, { items }: { readonly items: readonly { readonly id: string }[] }) => {
      asked.push(...items.map(({ id }) => id));
      return [{ itemId: 'i', jobId: 'j' }];
    };
    const found = await replicationEnable.findSubmitted(contextWith({ itemJobsSince }), parameters, execution);
    assert.deepEqual(found, { kind: 'replication', vaultId: recoveryIds.vault, jobId: 'j' });
    assert.deepEqual(asked, [`${containerId}/replicationProtectedItems/${execution.runId}`]);
  });

  it('does not claim success for a job that failed', async () => {
    const end = async (state: 'succeeded' | 'failed') =>
      (await replicationEnable.result(contextWith(), parameters, execution, aReplicationEnd(state))).sentence.message;
    assert.deepEqual(
      [await end('succeeded'), await end('failed')],
      ['replication.enable.done', 'replication.enable.failed'],
    );
  });
});
