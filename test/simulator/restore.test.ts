import assert from 'node:assert/strict';
import type { IaasVMRestoreRequest } from '@azure/arm-recoveryservicesbackup';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { practiceSubscription, startTestSimulator, type TestSimulator } from '../support/simulator.ts';
import { all, clientsOf, itemOf } from './clients.ts';
import { jobAfter, operationFrom } from './operations.ts';

const base = `/subscriptions/${practiceSubscription}/resourceGroups`;
const sql = itemOf('rg-sql', 'sql-prod-01');
const [vault, group] = sql;
const subnetId = `${base}/rg-network-weu/providers/Microsoft.Network/virtualNetworks/vnet-dev-weu/subnets/default`;
const fast = { updateIntervalInMs: 1 };

describe('restores through the vendor client', () => {
  let simulator: TestSimulator;
  beforeEach(async () => {
    simulator = await startTestSimulator();
  });
  afterEach(() => simulator.close());

  async function point(): Promise<string> {
    const [newest] = await all(clientsOf(simulator).backup.recoveryPoints.list(...sql));
    return newest?.name ?? assert.fail('no recovery point');
  }

  async function request(
    more: Partial<IaasVMRestoreRequest>,
  ): Promise<{ name: string; properties: IaasVMRestoreRequest }> {
    const name = await point();
    const properties: IaasVMRestoreRequest = {
      objectType: 'IaasVMRestoreRequest',
      recoveryPointId: name,
      sourceResourceId: `${base}/rg-sql/providers/Microsoft.Compute/virtualMachines/sql-prod-01`,
      storageAccountId: `${base}/rg-backup-weu/providers/Microsoft.Storage/storageAccounts/stcontosobackupweu`,
      region: 'westeurope',
      createNewCloudService: false,
      originalStorageAccountOption: false,
      ...more,
    };
    return { name, properties };
  }

  async function restore(more: Partial<IaasVMRestoreRequest>, ms?: number) {
    const { backup } = clientsOf(simulator);
    const { name, properties } = await request(more);
    const operation = await operationFrom((options) =>
      backup.restores.beginTrigger(...sql, name, { properties }, { ...options, ...fast }),
    );
    return jobAfter(simulator, { vault, group, operation, ...(ms === undefined ? {} : { ms }) });
  }

  it('restores disks into a group, the operation having the name of the job', async () => {
    const { compute } = clientsOf(simulator);
    const before = (await all(compute.disks.listByResourceGroup('rg-data'))).length;
    const running = await restore({ recoveryType: 'RestoreDisks', targetResourceGroupId: `${base}/rg-data` }, 45_000);
    assert.equal(running.status, 'InProgress');
    assert.ok((running.extendedInfo?.progressPercentage ?? 0) > 1);
    await simulator.control.advance(3_600_000);
    const { properties } = await clientsOf(simulator).backup.jobDetails.get(vault, group, running.name ?? '');
    const done = properties as unknown as typeof running;
    assert.equal(done.status, 'Completed');
    assert.equal(done.extendedInfo?.tasksList?.[0]?.taskExecutionDetails, '1663 GBs / 1663 GBs Transferred');
    assert.match(done.extendedInfo?.propertyBag?.['Template Blob Uri'] ?? '', /azuredeploy/);
    assert.equal((await all(compute.disks.listByResourceGroup('rg-data'))).length, before + 3);
  });

  it('restores to a new VM, and refuses a name that is taken', async () => {
    const { compute } = clientsOf(simulator);
    const target = (name: string): Partial<IaasVMRestoreRequest> => ({
      recoveryType: 'AlternateLocation',
      targetVirtualMachineId: `${base}/rg-sql/providers/Microsoft.Compute/virtualMachines/${name}`,
      targetResourceGroupId: `${base}/rg-sql`,
      virtualNetworkId: subnetId.split('/subnets/')[0] ?? '',
      subnetId,
    });
    const job = await restore(target('sql-restored'));
    assert.deepEqual(
      job.extendedInfo?.tasksList?.map((task) => task.taskId),
      ['Transfer data from vault', 'Create the restored virtual machine'],
    );
    const vm = await compute.virtualMachines.get('rg-sql', 'sql-restored');
    assert.equal(vm.storageProfile?.dataDisks?.length, 2);
    await assert.rejects(restore(target('sql-prod-02')), { code: 'UserErrorVmAlreadyExistWithSameName' });
  });

  it('replaces the disks of the VM and leaves the old ones unattached', async () => {
    const { compute } = clientsOf(simulator);
    const old = (await compute.virtualMachines.get('rg-sql', 'sql-prod-01')).storageProfile?.osDisk?.name ?? '';
    const job = await restore({ recoveryType: 'OriginalLocation' });
    assert.equal(job.status, 'Completed');
    assert.notEqual((await compute.virtualMachines.get('rg-sql', 'sql-prod-01')).storageProfile?.osDisk?.name, old);
    assert.equal((await compute.disks.get('rg-sql', old)).diskState, 'Unattached');
  });

  it('refuses a second restore while one runs, a missing account and a missing target', async () => {
    const { backup } = clientsOf(simulator);
    const send = async (more: Partial<IaasVMRestoreRequest>) => {
      const { name, properties } = await request(more);
      await backup.restores.beginTrigger(...sql, name, { properties }, fast);
    };
    const disks = { recoveryType: 'RestoreDisks', targetResourceGroupId: `${base}/rg-data` } as const;
    await assert.rejects(send({ recoveryType: 'RestoreDisks' }), { code: 'BMSUserErrorInvalidInput' });
    await assert.rejects(send({ ...disks, storageAccountId: `${base}/none` }), {
      code: 'UserErrorStorageAccountNotFound',
    });
    await send(disks);
    await assert.rejects(send(disks), { code: 'UserErrorRestoreOperationInProgress' });
  });

  it('validates a restore before it is started', async () => {
    const { backup } = clientsOf(simulator);
    const { properties } = await request({ recoveryType: 'RestoreDisks', targetResourceGroupId: `${base}/rg-none` });
    const operation = await operationFrom((options) =>
      backup.validateOperation.beginTrigger(
        vault,
        group,
        { id: 'any', properties: { objectType: 'ValidateIaasVMRestoreOperationRequest', restoreRequest: properties } },
        { ...options, ...fast },
      ),
    );
    await simulator.control.advance(60_000);
    const result = await backup.validateOperationResults.get(vault, group, operation);
    assert.equal(
      result.validateOperationResponse?.validationResults?.[0]?.code,
      'UserErrorTargetResourceGroupNotFound',
    );
  });

  it('gives the script and the password of file recovery in the operation, and ends the session', async () => {
    const { backup } = clientsOf(simulator);
    const name = await point();
    const operation = await operationFrom((options) =>
      backup.itemLevelRecoveryConnections.provision(
        ...sql,
        name,
        {
          properties: {
            objectType: 'IaasVMILRRegistrationRequest',
            recoveryPointId: name,
            virtualMachineId: 'vm',
            initiatorName: 'test',
            renewExistingRegistration: false,
          },
        },
        options,
      ),
    );
    await simulator.control.advance(120_000);
    const status = await backup.backupOperationStatuses.get(vault, group, operation);
    const { recoveryTarget } = status.properties as unknown as {
      recoveryTarget: { clientScripts: { osType: string; scriptContent?: string; scriptNameSuffix: string }[] };
    };
    const [linux] = recoveryTarget.clientScripts;
    const script = Buffer.from(linux?.scriptContent ?? '', 'base64').toString();
    const password = /TargetPassword="(\d{15})"/.exec(script)?.[1] ?? assert.fail('no password in the script');
    assert.equal(linux?.scriptNameSuffix.split('_').at(-1)?.slice(33, 48), password);
    const active = async () =>
      ((await backup.recoveryPoints.get(...sql, name)).properties as { isInstantIlrSessionActive?: boolean })
        .isInstantIlrSessionActive;
    assert.equal(await active(), true);
    await backup.itemLevelRecoveryConnections.revoke(...sql, name);
    assert.equal(await active(), false);
  });

  it('restores disks to the secondary region through the passive stamp', async () => {
    const send = async (method: string, path: string, body?: unknown) => {
      const address = `${simulator.url}${path}${path.includes('?') ? '&' : '?'}api-version=2023-01-15`;
      return fetch(address, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    };
    const locations = `/subscriptions/${practiceSubscription}/providers/Microsoft.RecoveryServices/locations/northeurope`;
    const vaultPath = `${base}/rg-backup-weu/providers/Microsoft.RecoveryServices/vaults/rsv-prod-weu`;
    const item = `${vaultPath}/backupFabrics/Azure/protectionContainers/${sql[3]}/protectedItems/${sql[4]}`;
    const points = (await (await send('GET', `${item}/recoveryPoints/`)).json()) as {
      value: { name: string; properties: { crossRegionRestoreState: string } }[];
    };
    assert.equal(points.value[0]?.properties.crossRegionRestoreState, 'Supported');
    const name = points.value[0]?.name ?? '';
    const aad = (await (await send('GET', `${locations}/backupAadProperties`)).json()) as object;
    const access = (await (await send('POST', `${item}/recoveryPoints/${name}/accessToken`, aad)).json()) as {
      properties: object;
    };
    const { properties } = await request({
      recoveryType: 'RestoreDisks',
      region: 'northeurope',
      targetResourceGroupId: `${base}/rg-dr-neu`,
      storageAccountId: `${base}/rg-backup-neu/providers/Microsoft.Storage/storageAccounts/stcontosobackupneu`,
    });
    const started = await send('POST', `${locations}/backupCrossRegionRestore`, {
      crossRegionRestoreAccessDetails: access.properties,
      restoreRequest: properties,
    });
    assert.equal(started.status, 202);
    await simulator.control.advance(3_600_000);
    const operation = new URL(started.headers.get('azure-asyncoperation') ?? '').pathname;
    const status = (await (await send('GET', operation)).json()) as { status: string; properties: { jobId: string } };
    assert.equal(status.status, 'Succeeded');
    const asked = { resourceId: vaultPath, jobName: status.properties.jobId };
    const job = (await (await send('POST', `${locations}/backupCrrJob`, asked)).json()) as {
      properties: { operation: string; status: string };
    };
    assert.deepEqual([job.properties.operation, job.properties.status], ['CrossRegionRestore', 'Completed']);
    const disks = await all(clientsOf(simulator).compute.disks.listByResourceGroup('rg-dr-neu'));
    assert.deepEqual(
      disks.map((disk) => disk.location),
      ['northeurope', 'northeurope', 'northeurope'],
    );
  });
});
