import assert from 'node:assert/strict';
import { keyOf, resourceGroupScopeOf } from '../../src/azure/arm-id.ts';
import { diskCreate } from '../../src/operations/snapshots/disk-create.ts';
import { snapshotDelete } from '../../src/operations/snapshots/snapshot-delete.ts';
import { vmRebuild } from '../../src/operations/snapshots/vm-rebuild.ts';
import { vmRebuildInPlace } from '../../src/operations/snapshots/vm-rebuild-in-place.ts';
import { withSimulator } from '../azure/support/simulated.ts';
import { aJob, execution } from '../support/stub-azure.ts';
import { snapshotted, walked } from './support/rebuild.ts';

describe('vm.rebuild-in-place', () => {
  const operation = vmRebuildInPlace;

  it('makes disks while the VM runs, stops it, exchanges them and starts it', async () => {
    await withSimulator(async (simulated) => {
      const { context, vm, given } = await snapshotted(simulated, 'web-prod-02');
      const before = await simulated.ports.compute.machine(vm.id);
      const steps = await walked(simulated, context, { operation, given });
      const wanted = steps.map((step) => (step.kind === 'machine' ? step.wanted : step.kind));
      assert.deepEqual(wanted, ['disks', 'deallocated', 'ready', 'running']);
      const after = await simulated.ports.compute.machine(vm.id);
      assert.equal(after?.power, 'running');
      assert.notEqual(keyOf(after?.osDisk.diskId ?? ''), keyOf(before?.osDisk.diskId ?? ''));
      assert.deepEqual(
        after?.dataDisks.map(({ lun }) => lun),
        before?.dataDisks.map(({ lun }) => lun),
      );
      for (const { diskId } of [before?.osDisk, ...(before?.dataDisks ?? [])].filter((disk) => disk !== undefined))
        assert.ok(await simulated.ports.compute.findDisk(diskId), `${diskId} is gone`);
    });
  });

  it('starts the VM when a crash came after the exchange, and changes nothing when it runs', async () => {
    await withSimulator(async (simulated) => {
      const { context, vm, given } = await snapshotted(simulated, 'web-prod-02');
      await walked(simulated, context, { operation, given });
      await simulated.follow(await simulated.ports.compute.deallocate(vm.id, execution));
      assert.deepEqual(await operation.advance?.(context, given, execution), {
        kind: 'machine',
        vmId: vm.id,
        wanted: 'running',
      });
      await simulated.follow({ kind: 'machine', vmId: vm.id, wanted: 'running' });
      assert.equal(await operation.advance?.(context, given, execution), undefined);
    });
  });

  it('holds its snapshots, and so does a rebuild beside: nobody deletes them, or makes a disk of them, meanwhile', async () => {
    await withSimulator(async (simulated) => {
      const { context, given, taken } = await snapshotted(simulated, 'web-prod-02');
      for (const rebuild of [operation, vmRebuild]) {
        const { holds, resources } = await rebuild.preview(context, given);
        assert.deepEqual(holds?.map(keyOf), taken.map(keyOf));
        const touched = new Set(resources.map(keyOf));
        assert.ok(
          taken.every((id) => touched.has(keyOf(id))),
          'the rules about them count',
        );
        for (const snapshot of taken)
          for (const other of [snapshotDelete, diskCreate])
            assert.ok(holds?.map(keyOf).includes(keyOf(other.targets({ snapshot })[0] ?? '')));
      }
    });
  });

  it('is destructive, says what the old disks cost, and that the VM may be stopped when it failed', async () => {
    await withSimulator(async (simulated) => {
      const { context, given } = await snapshotted(simulated, 'web-prod-02');
      assert.equal(operation.risk, 'destructive');
      const preview = await operation.preview(context, given);
      assert.match(JSON.stringify(preview.facts), /fact.old-disks-cost.*"cost":\d/);
      await walked(simulated, context, { operation, given });
      const done = await operation.result(context, given, execution, aJob('succeeded'));
      assert.match(JSON.stringify(done.leftToDo), /left-old-cost.*"cost":\d/);
      const broken = await operation.result(context, given, execution, aJob('failed'));
      assert.match(JSON.stringify(broken.leftToDo), /left-failed/);
    });
  });

  it('is superseded by disks that were exchanged meanwhile, and by the VM’s power', async () => {
    await withSimulator(async (simulated) => {
      const { context, vm, given } = await snapshotted(simulated, 'web-prod-02');
      const { measured } = await operation.preview(context, given);
      await simulated.follow(await simulated.ports.compute.deallocate(vm.id, execution));
      const again = (await operation.preview(context, given)).measured;
      assert.deepEqual([measured['fact.power'], again['fact.power']], ['running', 'deallocated']);
      assert.equal(measured['fact.disks'], again['fact.disks']);
    });
  });

  it('finds what is in its way: locks on the VM or its group, policies, keys, a VM that cannot be stopped, a running backup', async () => {
    await withSimulator(async (simulated) => {
      const { context, vm, given } = await snapshotted(simulated, 'sql-prod-01');
      const { control } = simulated.simulator;
      const group = resourceGroupScopeOf(vm.id);
      const found = async () => {
        const findings = await operation.checks(context, given, await operation.preview(context, given));
        return findings.flatMap(({ id, severity }) => (severity === 'blocks' ? [id] : []));
      };
      assert.deepEqual(await found(), []);
      const lock = { name: 'keep', level: 'ReadOnly' as const };
      for (const scope of [vm.id, group]) {
        await control.conditions({ locks: [{ ...lock, scope }] });
        assert.deepEqual(await found(), ['group-locked'], scope);
      }
      for (const type of ['disks', 'virtualMachines']) {
        const policy = { scope: group, type: `Microsoft.Compute/${type}`, assignment: 'none', reason: 'Not here.' };
        await control.conditions({ locks: [], policies: [policy] });
        assert.deepEqual(await found(), ['policy-denies'], type);
      }
      const set = `${group}/providers/Microsoft.Compute/diskEncryptionSets/gone`;
      await control.conditions({ policies: [], encryptedDisks: [{ disk: vm.diskIds[0] ?? '', set }] });
      assert.deepEqual(await found(), ['encryption-set-missing']);
      await control.conditions({ encryptedDisks: [], vms: [{ id: vm.id, provisioning: 'Failed' }] });
      assert.deepEqual(await found(), ['not-deallocatable']);
      await control.conditions({ vms: [] });
      const { itemId = '' } = await context.azure.backup.protectionOf(vm);
      const expiresAt = new Date(context.now().getTime() + 86_400_000).toISOString();
      await context.azure.backup.start(itemId, { expiresAt, clientRequestId: crypto.randomUUID() });
      await simulated.advance(60);
      assert.deepEqual(await found(), ['conflicting-job']);
    });
  });
});
