import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { startTestSimulator, type TestSimulator } from '../support/simulator.ts';
import { all, clientsOf } from './clients.ts';

describe('compute through the vendor client', () => {
  let simulator: TestSimulator;
  beforeEach(async () => {
    simulator = await startTestSimulator({ clock: 'real', pace: 0.001 });
  });
  afterEach(() => simulator.close());

  async function diskIds(): Promise<string[]> {
    const vm = await clientsOf(simulator).compute.virtualMachines.get('rg-web', 'web-prod-02');
    const { osDisk, dataDisks = [] } = vm.storageProfile ?? {};
    return [osDisk, ...dataDisks].map((disk) => disk?.managedDisk?.id ?? assert.fail('a disk has no id'));
  }

  const copyOf = (sourceResourceId: string) => ({
    location: 'westeurope',
    incremental: true,
    tags: { run: 'R1' },
    creationData: { createOption: 'Copy', sourceResourceId },
  });

  it('shows a VM with its power state and three disks', async () => {
    const { compute } = clientsOf(simulator);
    const vm = await compute.virtualMachines.get('RG-Web', 'WEB-prod-02', { expand: 'instanceView' });
    assert.deepEqual(vm.instanceView?.statuses?.map((status) => status.code).at(-1), 'PowerState/running');
    assert.equal((await diskIds()).length, 3);
    assert.ok((await all(compute.virtualMachines.listAll())).length >= 29);
  });

  it('takes an incremental snapshot of every disk, and a disk from one of them', async () => {
    const { compute } = clientsOf(simulator);
    const ids = await diskIds();
    for (const [index, id] of ids.entries()) {
      const made = await compute.snapshots.createOrUpdate('rg-web', `snap-${index}`, copyOf(id), {
        updateIntervalInMs: 5,
      });
      assert.equal(made.provisioningState, 'Succeeded');
      assert.equal(made.incremental, true);
      assert.equal(made.tags?.run, 'R1');
    }
    const source = await compute.snapshots.get('rg-web', 'snap-1');
    const creationData = { createOption: 'Copy', sourceResourceId: source.id ?? '' };
    const disk = await compute.disks.createOrUpdate(
      'rg-web',
      'copy',
      { location: 'westeurope', creationData },
      { updateIntervalInMs: 5 },
    );
    assert.equal(disk.diskSizeGB, source.diskSizeGB);
    assert.equal(disk.diskState, 'Unattached');
  });

  it('fails at what it was told to: the request is taken, the operation says why, the resource stays there as failed', async () => {
    const { compute } = clientsOf(simulator);
    const [source = ''] = await diskIds();
    await simulator.control.failJob({ verb: 'CreateSnapshot', entity: 'broken', code: 'DiskServiceInternalError' });
    const made = compute.snapshots.createOrUpdate('rg-web', 'broken', copyOf(source), { updateIntervalInMs: 5 });
    await assert.rejects(async () => await made, /DiskServiceInternalError/);
    assert.equal((await compute.snapshots.get('rg-web', 'broken')).provisioningState, 'Failed');
    await compute.snapshots.createOrUpdate('rg-web', 'broken', copyOf(source), { updateIntervalInMs: 5 });
    assert.equal((await compute.snapshots.get('rg-web', 'broken')).provisioningState, 'Succeeded');
  });

  it('tells in the instance view why a VM could not be started, which stays as it was', async () => {
    const { compute } = clientsOf(simulator);
    await compute.virtualMachines.deallocate('rg-web', 'web-prod-02', { updateIntervalInMs: 5 });
    await simulator.control.failJob({ verb: 'StartVm', code: 'AllocationFailed' });
    const started = compute.virtualMachines.start('rg-web', 'web-prod-02', { updateIntervalInMs: 5 });
    await assert.rejects(async () => await started, /AllocationFailed/);
    const vm = await compute.virtualMachines.get('rg-web', 'web-prod-02', { expand: 'instanceView' });
    assert.equal(vm.provisioningState, 'Failed');
    const [provisioning, power] = vm.instanceView?.statuses ?? [];
    assert.equal(provisioning?.code, 'ProvisioningState/failed/AllocationFailed');
    assert.match(provisioning?.message ?? '', /not enough capacity/);
    assert.equal(power?.code, 'PowerState/deallocated');
  });

  it('repeats a snapshot of the same source, and refuses another source under the same name', async () => {
    const { compute } = clientsOf(simulator);
    const [first = '', second = ''] = await diskIds();
    await compute.snapshots.createOrUpdate('rg-web', 'same', copyOf(first), { updateIntervalInMs: 5 });
    await compute.snapshots.createOrUpdate('rg-web', 'same', copyOf(first), { updateIntervalInMs: 5 });
    await assert.rejects(compute.snapshots.createOrUpdate('rg-web', 'same', copyOf(second)).submitted(), {
      statusCode: 409,
      code: 'PropertyChangeNotAllowed',
    });
  });

  it('refuses the eighth incremental snapshot of a disk within five minutes', async () => {
    const { compute } = clientsOf(simulator);
    const [id = ''] = await diskIds();
    for (let index = 0; index < 7; index += 1) {
      await compute.snapshots.createOrUpdate('rg-web', `many-${index}`, copyOf(id)).submitted();
    }
    await assert.rejects(compute.snapshots.createOrUpdate('rg-web', 'many-7', copyOf(id)).submitted(), {
      code: 'SnapshotsLimitReached',
    });
  });

  it('answers 404 as the gateway does for a missing snapshot, group and source', async () => {
    const { compute } = clientsOf(simulator);
    await assert.rejects(compute.snapshots.get('rg-web', 'none'), { statusCode: 404, code: 'ResourceNotFound' });
    await assert.rejects(compute.snapshots.get('rg-none', 'none'), { statusCode: 404, code: 'ResourceGroupNotFound' });
    const missing = copyOf('/subscriptions/x/resourceGroups/rg-web/providers/Microsoft.Compute/disks/none');
    await assert.rejects(compute.snapshots.createOrUpdate('rg-web', 'snap', missing).submitted(), { statusCode: 404 });
  });

  it('swaps the OS disk of a deallocated VM only', async () => {
    const { compute } = clientsOf(simulator);
    const fast = { updateIntervalInMs: 5 };
    const [os = ''] = await diskIds();
    const creationData = { createOption: 'Copy', sourceResourceId: os };
    const copy = await compute.disks.createOrUpdate('rg-web', 'new-os', { location: 'westeurope', creationData }, fast);
    const swap = {
      storageProfile: { osDisk: { name: 'new-os', createOption: 'Attach', managedDisk: { id: copy.id ?? '' } } },
    };
    await assert.rejects(compute.virtualMachines.update('rg-web', 'web-prod-02', swap, fast), { statusCode: 409 });
    await compute.virtualMachines.deallocate('rg-web', 'web-prod-02', fast);
    await compute.virtualMachines.update('rg-web', 'web-prod-02', swap, fast);
    assert.equal((await diskIds())[0], copy.id);
    assert.equal((await compute.disks.get('rg-web', os.split('/').at(-1) ?? '')).managedBy, undefined);
    await assert.rejects(compute.disks.delete('rg-web', 'new-os').submitted(), { code: 'OperationNotAllowed' });
    await compute.virtualMachines.start('rg-web', 'web-prod-02', fast);
  });

  it('shows a snapshot as being deleted until it is gone', async () => {
    const { compute } = clientsOf(simulator);
    const [id = ''] = await diskIds();
    await compute.snapshots.createOrUpdate('rg-web', 'short-lived', copyOf(id), { updateIntervalInMs: 5 });
    await compute.snapshots.delete('rg-web', 'short-lived').submitted();
    assert.equal((await compute.snapshots.get('rg-web', 'short-lived')).provisioningState, 'Deleting');
    await simulator.control.advance(5000);
    await assert.rejects(compute.snapshots.get('rg-web', 'short-lived'), { statusCode: 404 });
  });

  it('makes a VM from a disk, and deletes it without its disk', async () => {
    const { compute } = clientsOf(simulator);
    const fast = { updateIntervalInMs: 5 };
    const [os = ''] = await diskIds();
    const creationData = { createOption: 'Copy', sourceResourceId: os };
    const disk = await compute.disks.createOrUpdate(
      'rg-web',
      'rebuilt-os',
      { location: 'westeurope', creationData },
      fast,
    );
    const made = await compute.virtualMachines.createOrUpdate(
      'rg-web',
      'rebuilt',
      {
        location: 'westeurope',
        hardwareProfile: { vmSize: 'Standard_D2s_v5' },
        storageProfile: { osDisk: { osType: 'Linux', createOption: 'Attach', managedDisk: { id: disk.id ?? '' } } },
      },
      fast,
    );
    assert.equal(made.provisioningState, 'Succeeded');
    await compute.virtualMachines.delete('rg-web', 'rebuilt', fast);
    await assert.rejects(compute.virtualMachines.get('rg-web', 'rebuilt'), { statusCode: 404 });
    assert.equal((await compute.disks.get('rg-web', 'rebuilt-os')).diskState, 'Unattached');
  });
});
