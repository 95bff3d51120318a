import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { prune } from '../../src/simulator/prune.ts';
import { practiceSubscription, startTestSimulator, type TestSimulator } from '../support/simulator.ts';
import { clientsOf, itemOf } from './clients.ts';
import { group, jobFrom, vault } from './recovery-clients.ts';

const subscription = `/subscriptions/${practiceSubscription}`;

describe('groups, networks and storage accounts', () => {
  let simulator: TestSimulator;
  beforeEach(async () => {
    simulator = await startTestSimulator();
  });
  afterEach(() => simulator.close());

  async function ask<T>(path: string, init: RequestInit = {}): Promise<{ status: number; body: T }> {
    const response = await fetch(`${simulator.url}${path}?api-version=2024-01-01`, init);
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
  }

  it('are listed, in the subscription and in a group', async () => {
    const networks = await ask<{ value: { name: string; properties: { subnets: unknown[] } }[] }>(
      `${subscription}/providers/Microsoft.Network/virtualNetworks`,
    );
    assert.equal(networks.body.value.length, 4);
    const path = `${subscription}/resourceGroups/RG-network-weu/providers/Microsoft.Network/virtualNetworks`;
    assert.equal((await ask<{ value: unknown[] }>(path)).body.value.length, 2);
    assert.equal((await ask<{ value: unknown[] }>(`${path}/vnet-prod-weu/subnets`)).body.value.length, 3);
    assert.equal((await ask(`${path}/vnet-prod-weu/subnets/none`)).status, 404);
    const nic = `${subscription}/resourceGroups/rg-sql/providers/Microsoft.Network/networkInterfaces/sql-prod-01-nic`;
    assert.equal((await ask<{ name: string }>(nic)).body.name, 'sql-prod-01-nic');
    const accounts = await ask<{ value: unknown[] }>(`${subscription}/providers/Microsoft.Storage/storageAccounts`);
    assert.equal(accounts.body.value.length, 3);
  });

  it('of a subscription are found, and a group is made', async () => {
    assert.equal((await ask<{ value: unknown[] }>('/subscriptions')).body.value.length, 1);
    assert.equal((await ask<{ displayName: string }>(subscription)).body.displayName, 'Contoso Production');
    assert.ok((await ask<{ value: unknown[] }>(`${subscription}/locations`)).body.value.length > 3);
    const path = `${subscription}/resourceGroups/rg-new`;
    assert.equal((await ask(path)).status, 404);
    const body = JSON.stringify({ location: 'westeurope' });
    assert.equal((await ask(path, { method: 'PUT', body })).status, 201);
    assert.equal((await ask(path, { method: 'PUT', body })).status, 200);
    assert.equal((await ask(path, { method: 'HEAD' })).status, 204);
  });

  it('lets a guarded item be deleted only after it was unlocked', async () => {
    const { backup } = clientsOf(simulator);
    const [, , fabric, container, item] = itemOf('rg-dev', 'dev-build-01');
    const dev = ['rsv-dev-weu', 'rg-dev'] as const;
    const guard = `${subscription}/resourceGroups/g/providers/Microsoft.DataProtection/resourceGuards/guard`;
    await assert.rejects(backup.resourceGuardProxy.get(...dev, 'VaultProxy'), { statusCode: 404 });
    await backup.resourceGuardProxy.put(...dev, 'VaultProxy', { properties: { resourceGuardResourceId: guard } });
    await assert.rejects(backup.protectedItems.delete(...dev, fabric, container, item), { statusCode: 400 });
    const resourceGuardOperationRequests = [`${guard}/deleteProtectedItemRequests/default`];
    await backup.resourceGuardProxy.unlockDelete(...dev, 'VaultProxy', { resourceGuardOperationRequests });
    await backup.protectedItems.delete(...dev, fabric, container, item);
    await simulator.control.advance(11 * 60_000);
    await assert.rejects(backup.resourceGuardProxy.delete(...dev, 'VaultProxy'), { statusCode: 400 });
  });

  it('lets fabrics, containers, policies and mappings be made', async () => {
    const { recovery } = clientsOf(simulator);
    const custom = { customDetails: { instanceType: 'Azure' as const, location: 'eastus' } };
    await jobFrom((options) =>
      recovery.replicationFabrics.beginCreate(vault, group, 'east', { properties: custom }, options),
    );
    const at = [vault, group, 'east', 'east-container'] as const;
    await recovery.replicationProtectionContainers.beginCreate(...at, { properties: {} });
    const policy = { instanceType: 'A2A' as const, multiVmSyncStatus: 'Enable' as const, recoveryPointHistory: 60 };
    await recovery.replicationPolicies.beginCreate(vault, group, 'hour', {
      properties: { providerSpecificInput: policy },
    });
    const container = await recovery.replicationProtectionContainers.get(...at);
    const saved = await recovery.replicationPolicies.get(vault, group, 'hour');
    const properties = {
      targetProtectionContainerId: container.id ?? '',
      policyId: saved.id ?? '',
      providerSpecificInput: { instanceType: 'A2A' as const },
    };
    await recovery.replicationProtectionContainerMappings.beginCreate(...at, 'mapping', { properties });
    assert.equal((await recovery.replicationProtectionContainers.get(...at)).properties?.pairingStatus, 'Paired');
  });

  it('forgets operations after a day and jobs after ninety', async () => {
    const { backup, compute } = clientsOf(simulator);
    await backup.backups.trigger(...itemOf('rg-sql', 'sql-prod-01'), {
      properties: { objectType: 'IaasVMBackupRequest' },
    });
    await compute.virtualMachines.deallocate('rg-sql', 'sql-prod-01').submitted();
    const state = await simulator.control.state();
    const count = () => {
      const [prod] = Object.values(state.vaults);
      const { operations, jobs } = prod?.backup ?? assert.fail();
      return [state.computeOperations, operations, jobs].map((table) => Object.keys(table).length);
    };
    const [, , jobs = 0] = count();
    const now = (await simulator.control.now()).getTime();
    prune(state, now);
    assert.deepEqual(count(), [1, 1, jobs]);
    prune(state, now + 2 * 86_400_000);
    assert.deepEqual(count(), [0, 0, jobs]);
    prune(state, now + 100 * 86_400_000);
    assert.deepEqual(count(), [0, 0, 0]);
  });
});
