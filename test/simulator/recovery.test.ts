import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { startTestSimulator, type TestSimulator } from '../support/simulator.ts';
import { all, clientsOf, minutes } from './clients.ts';
import { argumentsOf, finish, group, jobFrom, replicated, testNetwork, vault } from './recovery-clients.ts';

describe('Site Recovery through the vendor client', () => {
  let simulator: TestSimulator;
  beforeEach(async () => {
    simulator = await startTestSimulator();
  });
  afterEach(() => simulator.close());

  async function allowed(vm: string): Promise<string[] | undefined> {
    return (await replicated(simulator, vm)).properties?.allowedOperations;
  }

  async function startTest(vm: string, recoveryPointId?: string): Promise<string> {
    const { recovery } = clientsOf(simulator);
    const at = argumentsOf(await replicated(simulator, vm));
    const details = { instanceType: 'A2A' as const, ...(recoveryPointId === undefined ? {} : { recoveryPointId }) };
    const properties = {
      failoverDirection: 'PrimaryToRecovery',
      networkType: 'VmNetworkAsInput',
      networkId: testNetwork,
      providerSpecificDetails: details,
    };
    return jobFrom((options) => recovery.replicationProtectedItems.beginTestFailover(...at, { properties }, options));
  }

  async function failOver(vm: string, sourceSiteOperations: string): Promise<string> {
    const { recovery } = clientsOf(simulator);
    const at = argumentsOf(await replicated(simulator, vm));
    const providerSpecificDetails = { instanceType: 'A2A' as const };
    const properties = { failoverDirection: 'PrimaryToRecovery', sourceSiteOperations, providerSpecificDetails };
    return jobFrom((options) =>
      recovery.replicationProtectedItems.beginUnplannedFailover(...at, { properties }, options),
    );
  }

  it('lists recovery points, the app-consistent ones on the hour', async () => {
    const { recovery } = clientsOf(simulator);
    const at = argumentsOf(await replicated(simulator, 'erp-prod-01'));
    const points = await all(recovery.recoveryPoints.listByReplicationProtectedItems(...at));
    assert.ok(points.length > 20);
    const consistent = points.filter((point) => point.properties?.recoveryPointType === 'AppConsistent');
    assert.ok(
      consistent.length >= 23 && consistent.every((one) => one.properties?.recoveryPointTime?.getMinutes() === 0),
    );
  });

  it('makes a test VM on the test network, asks for the cleanup, and removes it', async () => {
    const { recovery, compute } = clientsOf(simulator);
    const job = await startTest('erp-prod-01');
    assert.deepEqual(await allowed('erp-prod-01'), []);
    assert.equal(await finish(simulator, job), 'Succeeded');
    assert.deepEqual(await allowed('erp-prod-01'), ['TestFailoverCleanup']);
    const item = await replicated(simulator, 'erp-prod-01');
    assert.equal(item.properties?.testFailoverStateDescription, 'Cleanup test failover pending');
    const vm = await compute.virtualMachines.get('rg-dr-neu', 'erp-prod-01-test');
    assert.equal(vm.location, 'northeurope');
    const at = argumentsOf(item);
    const cleanup = await jobFrom((options) =>
      recovery.replicationProtectedItems.beginTestFailoverCleanup(...at, { properties: { comments: 'done' } }, options),
    );
    assert.equal(await finish(simulator, cleanup), 'Succeeded');
    await assert.rejects(compute.virtualMachines.get('rg-dr-neu', 'erp-prod-01-test'), { statusCode: 404 });
    assert.deepEqual(await allowed('erp-prod-01'), ['UnplannedFailover', 'DisableProtection', 'TestFailover']);
  });

  it('shows the tasks of a test failover one after another', async () => {
    const { recovery } = clientsOf(simulator);
    const job = await startTest('erp-prod-01');
    await simulator.control.advance(minutes(1));
    const { properties } = await recovery.replicationJobs.get(vault, group, job);
    assert.deepEqual(
      properties?.tasks?.map((task) => task.state),
      ['Succeeded', 'InProgress', 'NotStarted', 'NotStarted'],
    );
    assert.deepEqual(properties?.allowedActions, ['Cancel']);
    const [listed] = await all(recovery.replicationJobs.list(vault, group, { filter: "JobStatus eq 'InProgress'" }));
    assert.equal(listed?.name, job);
    assert.deepEqual(listed?.properties?.tasks, []);
  });

  it('refuses a second test, a network elsewhere, and a point that is not there', async () => {
    await assert.rejects(startTest('erp-prod-01', 'no-such-point'), { statusCode: 400 });
    await startTest('erp-prod-01');
    await assert.rejects(startTest('erp-prod-01'), { statusCode: 409 });
  });

  it('shows a wished failure of a test failover, and lets its job be restarted', async () => {
    const { recovery } = clientsOf(simulator);
    await simulator.control.failJob({ verb: 'TestFailover', entity: 'erp-prod-01', code: '28031' });
    const job = await startTest('erp-prod-01');
    assert.equal(await finish(simulator, job), 'Failed');
    const failed = (await recovery.replicationJobs.get(vault, group, job)).properties;
    assert.equal(failed?.errors?.[0]?.serviceErrorDetails?.code, '28031');
    assert.deepEqual(failed?.allowedActions, ['Restart']);
    await recovery.replicationJobs.beginRestart(vault, group, job);
    assert.equal(await finish(simulator, job), 'Succeeded');
  });

  it('fails over, changes the point, commits, reprotects and fails back', async () => {
    const { recovery, compute } = clientsOf(simulator);
    const power = async (rg: string, name: string) =>
      (await compute.virtualMachines.instanceView(rg, name)).statuses?.at(-1)?.code;
    assert.equal(await finish(simulator, await failOver('erp-prod-01', 'Required')), 'Succeeded');
    assert.equal(await power('rg-erp', 'erp-prod-01'), 'PowerState/deallocated');
    assert.equal(await power('rg-dr-neu', 'erp-prod-01'), 'PowerState/running');
    const item = await replicated(simulator, 'erp-prod-01');
    assert.equal(item.properties?.activeLocation, 'Recovery');
    assert.deepEqual(item.properties?.allowedOperations, ['Commit', 'ChangePit', 'DisableProtection']);
    const at = argumentsOf(item);
    const points = await all(recovery.recoveryPoints.listByReplicationProtectedItems(...at));
    const properties = {
      recoveryPointId: points[3]?.id ?? '',
      providerSpecificDetails: { instanceType: 'A2A' as const },
    };
    const change = await jobFrom((options) =>
      recovery.replicationProtectedItems.beginApplyRecoveryPoint(...at, { properties }, options),
    );
    assert.equal(await finish(simulator, change), 'Succeeded');
    const commit = await jobFrom((options) => recovery.replicationProtectedItems.beginFailoverCommit(...at, options));
    assert.equal(await finish(simulator, commit), 'Succeeded');
    assert.deepEqual(await all(recovery.recoveryPoints.listByReplicationProtectedItems(...at)), []);
    assert.equal(await finish(simulator, await reprotect('erp-prod-01')), 'Succeeded');
    await simulator.control.advance(minutes(60));
    const back = await replicated(simulator, 'erp-prod-01');
    assert.equal(back.name, item.name);
    assert.match(back.id ?? '', /asr-a2a-default-northeurope-container/);
    assert.equal(back.properties?.protectionState, 'Protected');
    assert.equal(await finish(simulator, await failOver('erp-prod-01', 'Required')), 'Succeeded');
    assert.equal(await power('rg-erp', 'erp-prod-01'), 'PowerState/running');
  });

  async function reprotect(name: string): Promise<string> {
    const { recovery, compute } = clientsOf(simulator);
    const item = await replicated(simulator, name);
    const [, , fabric, container] = argumentsOf(item);
    const vm = await compute.virtualMachines.get('rg-dr-neu', name);
    const disks = [vm.storageProfile?.osDisk, ...(vm.storageProfile?.dataDisks ?? [])];
    const resourceGroup = '/subscriptions/0a1b2c3d-1111-4111-8111-000000000001/resourceGroups/rg-erp';
    const properties = {
      replicationProtectedItemName: item.name ?? '',
      providerSpecificDetails: {
        instanceType: 'A2A' as const,
        recoveryContainerId: `${item.id?.split('/replicationFabrics/')[0]}/replicationFabrics/asr-a2a-default-westeurope/replicationProtectionContainers/asr-a2a-default-westeurope-container`,
        policyId: item.properties?.policyId ?? '',
        recoveryResourceGroupId: resourceGroup,
        vmManagedDisks: disks.map((disk) => ({
          diskId: disk?.managedDisk?.id ?? '',
          primaryStagingAzureStorageAccountId: 'staging',
          recoveryResourceGroupId: resourceGroup,
        })),
      },
    };
    return jobFrom((options) =>
      recovery.replicationProtectionContainers.beginSwitchProtection(
        vault,
        group,
        fabric,
        container,
        { properties },
        options,
      ),
    );
  }

  it('disables replication and enables it again', async () => {
    const { recovery, compute } = clientsOf(simulator);
    const item = await replicated(simulator, 'web-prod-01');
    const at = argumentsOf(item);
    const remove = { disableProtectionReason: 'NotSpecified' as const };
    const disabled = await jobFrom((options) =>
      recovery.replicationProtectedItems.beginDelete(...at, { properties: remove }, options),
    );
    assert.equal(await finish(simulator, disabled), 'Succeeded');
    await assert.rejects(recovery.replicationProtectedItems.get(...at), { statusCode: 404, code: 'NotFound' });
    const vm = await compute.virtualMachines.get('rg-web', 'web-prod-01');
    const disks = [vm.storageProfile?.osDisk, ...(vm.storageProfile?.dataDisks ?? [])];
    const properties = {
      policyId: item.properties?.policyId ?? '',
      providerSpecificDetails: {
        instanceType: 'A2A' as const,
        fabricObjectId: vm.id ?? '',
        recoveryContainerId: item.properties?.recoveryContainerId ?? '',
        recoveryResourceGroupId: '/subscriptions/0a1b2c3d-1111-4111-8111-000000000001/resourceGroups/rg-dr-neu',
        vmManagedDisks: disks.map((disk) => ({
          diskId: disk?.managedDisk?.id ?? '',
          primaryStagingAzureStorageAccountId: 'staging',
          recoveryResourceGroupId: 'rg',
        })),
      },
    };
    const enabled = await jobFrom((options) =>
      recovery.replicationProtectedItems.beginCreate(...at, { properties }, options),
    );
    assert.equal(await finish(simulator, enabled), 'Succeeded');
    assert.equal(
      (await replicated(simulator, 'web-prod-01')).properties?.protectionState,
      'InitialReplicationInProgress',
    );
    await simulator.control.advance(minutes(30));
    assert.equal((await replicated(simulator, 'web-prod-01')).properties?.protectionState, 'Protected');
  });
});
