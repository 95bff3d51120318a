import assert from 'node:assert/strict';
import { z } from 'zod';
import { vaultOf } from '../../src/azure/arm-id.ts';
import { covers } from '../../src/azure/permissions.ts';
import { knownRoles } from '../../src/azure/roles.ts';
import { CatalogueError } from '../../src/errors.ts';
import { withArm } from './support/ports.ts';
import { readExample, recorded } from './support/recorded.ts';

const clientRequestId = 'c0000000-0000-4000-8000-000000000001';
const subscription = '/subscriptions/00000000-0000-0000-0000-000000000000';

describe("Azure's own recorded answers", () => {
  it('of a backup that was started', async function () {
    const example = recorded(this, 'recoveryservicesbackup/recorded.triggerBackup_202.json');
    const itemId = example.path.replace(/\/backup$/, '');
    await withArm(
      () => example.reply,
      async ({ arm, ports }) => {
        const ref = await ports.backup.start(itemId, { expiresAt: '2023-06-19T00:00:00.000Z', clientRequestId });
        assert.deepEqual(ref, {
          kind: 'backup',
          vaultId: vaultOf(itemId),
          operationId: '2a64b2ec-8eed-4ae3-b462-a22a5fde0a4a',
        });
        assert.deepEqual(arm.received[0]?.body, example.request.body);
        assert.equal(arm.received[0]?.rawPath, new URL(example.request.url).pathname);
      },
    );
  });

  it('of an operation that has made a job, and of the job while it runs', async function () {
    const operation = recorded(this, 'recoveryservicesbackup/recorded.operation_succeeded_jobId.json');
    const job = recorded(this, 'recoveryservicesbackup/recorded.job_backup_inprogress_snapshot.json');
    await withArm(
      ({ path }) => (path.includes('/backupOperations/') ? operation.reply : job.reply),
      async ({ ports }) => {
        const ref = { kind: 'backup', vaultId: vaultOf(operation.path), operationId: 'x' } as const;
        const progress = await ports.jobs.progress(ref);
        assert.deepEqual(progress.ref, { ...ref, jobId: '6402b725-ab61-4306-98a5-f1b95c5c1270' });
        assert.equal(progress.state, 'running');
        assert.equal(progress.startedAt, '2023-05-17T12:14:48.858Z');
        assert.equal(progress.endedAt, undefined);
        assert.deepEqual(progress.tasks, [
          { name: 'Take Snapshot', state: 'running' },
          { name: 'Transfer data to vault', state: 'waiting' },
        ]);
      },
    );
  });

  it('of a job that is done', async function () {
    const job = recorded(this, 'recoveryservicesbackup/recorded.job_backup_completed.json');
    await withArm(
      () => job.reply,
      async ({ ports }) => {
        const ref = { kind: 'backup', vaultId: vaultOf(job.path), operationId: '', jobId: 'x' } as const;
        const { state, endedAt, fault } = await ports.jobs.progress(ref);
        assert.deepEqual([state, endedAt, fault], ['succeeded', '2023-05-20T14:56:40.833Z', undefined]);
      },
    );
  });

  it('of the refusal to read any more jobs', async function () {
    const refused = recorded(this, 'recoveryservicesbackup/recorded.job_get_429.json');
    await withArm(
      () => refused.reply,
      async ({ ports }) => {
        const ref = { kind: 'backup', vaultId: vaultOf(refused.path), operationId: '', jobId: 'x' } as const;
        assert.equal((await ports.jobs.progress(ref)).nextLookSeconds, 324);
      },
    );
  });

  it('of a VM that is protected and one that is not', async function () {
    const yes = recorded(this, 'recoveryservicesbackup/recorded.backupStatus_protected.json');
    const no = recorded(this, 'recoveryservicesbackup/recorded.backupStatus_notprotected.json');
    const vm = {
      id: `${subscription}/resourceGroups/clitest.rg000001/providers/Microsoft.Compute/virtualMachines/clitest-vm000003`,
      name: 'clitest-vm000003',
      resourceGroup: 'clitest.rg000001',
      subscriptionId: '00000000-0000-0000-0000-000000000000',
      location: 'centraluseuap',
      osType: 'Windows',
      powerState: '',
      tags: {},
      diskIds: [],
    } as const;
    await withArm(
      (_request, nth) => (nth === 1 ? yes.reply : no.reply),
      async ({ arm, ports }) => {
        const found = await ports.backup.protectionOf(vm);
        const vaultId = `${subscription}/resourceGroups/clitest.rg000001/providers/Microsoft.RecoveryServices/vaults/clitest-vault000002`;
        assert.deepEqual(found, {
          protected: true,
          vaultId,
          itemId: `${vaultId}/backupFabrics/Azure/protectionContainers/iaasvmcontainer;iaasvmcontainerv2;clitest.rg000001;clitest-vm000003/protectedItems/vm;iaasvmcontainerv2;clitest.rg000001;clitest-vm000003`,
        });
        assert.deepEqual(await ports.backup.protectionOf(vm), { protected: false });
        assert.deepEqual(arm.received[0]?.body, yes.request.body);
        assert.equal(arm.received[0]?.path, yes.path);
      },
    );
  });

  it('of a protected item and its recovery points', async function () {
    const list = recorded(this, 'recoveryservicesbackup/recorded.protectedItems_list_protected.json');
    const points = recorded(this, 'recoveryservicesbackup/recorded.recoveryPoints_list.json');
    const item = z.object({ value: z.array(z.object({ id: z.string() }).loose()) }).parse(list.response.body).value[0];
    assert.ok(item);
    await withArm(
      ({ path }) => (path.endsWith('/recoveryPoints') ? points.reply : { body: item }),
      async ({ ports }) => {
        const found = await ports.backup.item(item.id);
        assert.deepEqual(
          [found.friendlyName, found.protectionState, found.healthStatus, found.policyName, found.lastRecoveryPoint],
          ['clitest-vm000004', 'Protected', 'Passed', 'DefaultPolicy', '2023-05-20T14:15:29.328Z'],
        );
        const [point] = await ports.backup.recoveryPoints(item.id);
        assert.deepEqual(
          [point?.name, point?.time, point?.consistency, point?.tiers],
          ['27107517504075', '2023-05-20T14:15:29.328Z', 'application', ['instant', 'vault']],
        );
      },
    );
  });

  it('of a replicated item', async function () {
    const example = recorded(this, 'siterecovery/recorded.rpi_get_protected.json');
    await withArm(
      () => example.reply,
      async ({ arm, ports }) => {
        const item = await ports.recovery.item(example.path);
        assert.equal(arm.received[0]?.path, example.path);
        assert.deepEqual(item.allowedOperations, ['UnplannedFailover', 'DisableProtection', 'TestFailover']);
        assert.deepEqual(
          [item.friendlyName, item.replicationHealth, item.primaryRegion, item.recoveryRegion, item.recoveryVmName],
          ['CliVM2', 'Normal', 'eastus', 'eastus2', 'CliVM2'],
        );
        assert.equal(item.healthErrors[0]?.code, '161011');
        assert.equal(item.testNetworkId, undefined);
      },
    );
  });

  it('of a Site Recovery action that was accepted: the job is named in Location', async function () {
    const example = recorded(this, 'siterecovery/recorded.unplannedFailover_202.json');
    await withArm(
      () => example.reply,
      async ({ arm, ports }) => {
        const itemId = example.path.replace(/\/unplannedFailover$/, '');
        const ref = await ports.recovery.testFailover(itemId, { clientRequestId });
        assert.equal(ref.kind === 'replication' && ref.jobId, 'bcc070e1-0012-4350-89a0-c2d99fe3e361');
        assert.equal(arm.received.length, 1);
      },
    );
  });

  it('of a VM, a disk, a snapshot and a snapshot that does not exist', async function () {
    const vm = recorded(this, 'compute/recorded.vm_get.json');
    const disk = recorded(this, 'compute/recorded.disk_get.json');
    const snapshot = recorded(this, 'compute/recorded.snapshot_get.json');
    const none = recorded(this, 'compute/recorded.snapshot_get_404.json');
    const all = [vm, disk, snapshot, none];
    await withArm(
      ({ path }) => all.find((one) => one.path === path)?.reply ?? { status: 500 },
      async ({ ports }) => {
        const machine = await ports.compute.vm(vm.path);
        assert.deepEqual([machine.osType, machine.location, machine.diskIds.length], ['Linux', 'westus', 1]);
        const { sizeGib, sku } = await ports.compute.disk(disk.path);
        assert.deepEqual([sizeGib, sku], [30, 'Premium_LRS']);
        const found = await ports.compute.snapshot(snapshot.path);
        assert.deepEqual(
          [found?.createdAt, found?.sizeGib, found?.incremental],
          ['2023-05-26T02:53:18.639Z', 200, true],
        );
        assert.equal(await ports.compute.snapshot(none.path), undefined);
      },
    );
  });

  it('of a snapshot that was accepted and one that was refused', async function () {
    const accepted = recorded(this, 'compute/recorded.snapshot_put_202.json');
    const refused = recorded(this, 'compute/recorded.snapshot_409_OperationNotAllowed.json');
    const diskId = `${subscription}/resourceGroups/rg/providers/Microsoft.Compute/disks/disk1`;
    const disk = { id: diskId, name: 'disk1', location: 'westus', sizeGib: 200, sku: 'Premium_LRS' };
    await withArm(
      ({ path }) => (path === accepted.path ? accepted.reply : refused.reply),
      async ({ ports }) => {
        const request = { disk, tags: {}, clientRequestId };
        await ports.compute.createSnapshot({ ...request, snapshotId: accepted.path });
        const failed = await ports.compute
          .createSnapshot({ ...request, snapshotId: refused.path })
          .catch((error: unknown) => error);
        assert.ok(failed instanceof CatalogueError);
        assert.deepEqual([failed.code, failed.azure?.code], ['azure-conflict', 'OperationNotAllowed']);
      },
    );
  });

  it('of a query that Resource Graph does not understand: the reason is in the details', async function () {
    const example = recorded(this, 'resourcegraph/recorded.query_error_400.json');
    await withArm(
      () => example.reply,
      async ({ ports }) => {
        const failed = await ports.inventory.vms().catch((error: unknown) => error);
        assert.ok(failed instanceof CatalogueError);
        assert.equal(failed.code, 'azure-refused');
        assert.match(failed.azure?.message ?? '', /Query is invalid/);
      },
    );
  });
});

describe('the roles that a 403 advises', () => {
  it('really grant what they are advised for', function () {
    const definition = z.object({
      roleName: z.string(),
      permissions: z.array(z.object({ actions: z.array(z.string()), notActions: z.array(z.string()) })),
    });
    const builtIn = z.array(definition).parse(readExample(this, 'authorization/builtin-roles.selected.json'));
    for (const [name, actions] of knownRoles()) {
      if (name === 'Reader') continue;
      const found = builtIn.find(({ roleName }) => roleName === name);
      assert.ok(found, `${name} is among Azure's roles`);
      for (const action of actions) {
        const example = action.replace('*', 'anything');
        assert.ok(
          found.permissions.some((block) => covers(block, example)),
          `${name} grants ${action}`,
        );
      }
    }
  });
});
