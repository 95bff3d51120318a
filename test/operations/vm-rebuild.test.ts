import assert from 'node:assert/strict';
import { keyOf, nameOf } from '../../src/azure/arm-id.ts';
import type { JobRef } from '../../src/azure/types.ts';
import type { Context } from '../../src/operations/context.ts';
import type { ChangingOperation } from '../../src/operations/operation.ts';
import { snapshotCreate } from '../../src/operations/snapshots/snapshot-create.ts';
import { vmRebuild } from '../../src/operations/snapshots/vm-rebuild.ts';
import { vmRebuildInPlace } from '../../src/operations/snapshots/vm-rebuild-in-place.ts';
import { botOid, type Simulated, withSimulator } from '../azure/support/simulated.ts';
import { aJob, execution, stubContext } from '../support/stub-azure.ts';

const snapshotRun = '11111111-1111-4111-8111-111111111111';
const failed = { ...aJob('failed') };

/** The practice estate, with snapshots of a VM that one run took. */
async function snapshotted(simulated: Simulated, name: string) {
  const { ports, clock, follow } = simulated;
  const actor = { tenantId: 'tenant', oid: botOid, name: 'Ana' };
  const context: Context = { ...stubContext(), azure: ports, now: clock.now, actor };
  const vm = await simulated.vmNamed(name);
  const keepUntil = new Date(clock.now().getTime() + 86_400_000).toISOString();
  const taken = (await snapshotCreate.submit(
    context,
    { vm: vm.id, keepUntil },
    { ...execution, runId: snapshotRun },
  )) as Extract<JobRef, { kind: 'snapshots' }>;
  await follow(taken);
  const [network] = (await ports.inventory.networks(vm.location)).value;
  const subnet = `${network?.id}/subnets/${network?.subnets[0]}`;
  return {
    context,
    vm,
    taken: taken.snapshotIds,
    given: { vm: vm.id, snapshots: [...taken.snapshotIds], network: subnet, name: `${name}-new` },
  };
}

/** Goes through all steps as a run does, asking twice for each as after a crash; gives the records of the steps. */
async function walked(
  { follow }: Simulated,
  context: Context,
  { operation, given }: { readonly operation: ChangingOperation; readonly given: Record<string, unknown> },
): Promise<readonly JobRef[]> {
  const steps: JobRef[] = [await operation.submit(context, given, execution)];
  for (;;) {
    const last = steps.at(-1) ?? assert.fail();
    assert.equal((await follow(last)).at(-1)?.state, 'succeeded');
    const next = await operation.advance?.(context, given, execution);
    if (next === undefined) return steps;
    assert.ok(steps.length < 9, 'it never ends');
    steps.push(next);
  }
}

describe('vm.rebuild', () => {
  it('makes the disks of the run’s snapshots and a VM of them that runs beside the old one', async () => {
    await withSimulator(async (simulated) => {
      const { context, vm, given } = await snapshotted(simulated, 'web-prod-02');
      const steps = await walked(simulated, context, { operation: vmRebuild, given });
      assert.deepEqual(
        steps.map(({ kind }) => kind),
        ['disks', 'machine'],
      );
      const old = await simulated.ports.compute.machine(vm.id);
      const made = await simulated.ports.compute.machine(vm.id.replace(vm.name, given.name));
      assert.deepEqual(
        [made?.size, made?.power, made?.dataDisks.length],
        [old?.size, 'running', old?.dataDisks.length],
      );
      assert.ok(made !== undefined && keyOf(made.osDisk.diskId) !== keyOf(old?.osDisk.diskId ?? ''));
      assert.deepEqual(
        made.dataDisks.map(({ lun }) => lun),
        old?.dataDisks.map(({ lun }) => lun),
      );
      const outcome = await vmRebuild.result(context, given, execution, aJob('succeeded'));
      assert.deepEqual(
        outcome.leftToDo.map((one) => nameOf(one.message.replaceAll('.', '/'))),
        ['left', 'left-protect', 'left-snapshots'],
      );
    });
  });

  it('asked again at any point makes nothing twice', async () => {
    await withSimulator(async (simulated) => {
      const { context, given } = await snapshotted(simulated, 'web-prod-02');
      const puts = async () =>
        (await simulated.simulator.control.log()).filter(({ method }) => method === 'PUT').length;
      assert.equal(await vmRebuild.findSubmitted(context, given, execution), 'nothing');
      const before = await puts();
      const [first] = [await vmRebuild.submit(context, given, execution)];
      assert.deepEqual(await vmRebuild.findSubmitted(context, given, execution), first);
      await simulated.follow(first);
      const machine = await vmRebuild.advance?.(context, given, execution);
      const disks = first.kind === 'disks' ? first.diskIds.length : assert.fail();
      assert.equal(await vmRebuild.advance?.(context, given, execution), undefined);
      await simulated.follow(machine ?? assert.fail());
      assert.equal((await puts()) - before, disks + 1);
    });
  });

  it('is blocked by a name that is taken', async () => {
    await withSimulator(async (simulated) => {
      const { context, given } = await snapshotted(simulated, 'web-prod-02');
      const named = { ...given, name: 'web-prod-01' };
      const preview = await vmRebuild.preview(context, named);
      const findings = await vmRebuild.checks(context, named, preview);
      assert.deepEqual(
        findings.map(({ id }) => id),
        ['name-taken'],
      );
      assert.deepEqual(
        (await vmRebuild.checks(context, given, preview)).map(({ id }) => id),
        ['ready'],
      );
    });
  });

  it('offers the runs that took snapshots of the VM by their time, and only VMs that have some', async () => {
    await withSimulator(async (simulated) => {
      const { context, vm, taken } = await snapshotted(simulated, 'web-prod-02');
      const choices = await vmRebuild.choices?.(context, 'snapshots', { vm: vm.id });
      assert.deepEqual(
        choices?.map(({ value }) => (value as string[]).toSorted()),
        [[...taken].sort()],
      );
      assert.deepEqual(
        (await vmRebuild.choices?.(context, 'vm', {}))?.map(({ title }) => title),
        ['web-prod-02'],
      );
      const other = await simulated.vmNamed('sql-prod-01');
      await assert.rejects(Promise.resolve(vmRebuild.choices?.(context, 'snapshots', { vm: other.id })));
    });
  });
});

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

  it('is destructive, says what the old disks cost, and that the VM may be stopped when it failed', async () => {
    await withSimulator(async (simulated) => {
      const { context, given } = await snapshotted(simulated, 'web-prod-02');
      assert.equal(operation.risk, 'destructive');
      const preview = await operation.preview(context, given);
      assert.match(JSON.stringify(preview.facts), /fact.old-disks-cost.*"cost":\d/);
      await walked(simulated, context, { operation, given });
      const done = await operation.result(context, given, execution, aJob('succeeded'));
      assert.match(JSON.stringify(done.leftToDo), /left-old-cost.*"cost":\d/);
      const broken = await operation.result(context, given, execution, failed);
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
});
