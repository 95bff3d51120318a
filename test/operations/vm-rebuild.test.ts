import assert from 'node:assert/strict';
import { keyOf, nameOf } from '../../src/azure/arm-id.ts';
import { vmRebuild } from '../../src/operations/snapshots/vm-rebuild.ts';
import { vmRebuildInPlace } from '../../src/operations/snapshots/vm-rebuild-in-place.ts';
import { withSimulator } from '../azure/support/simulated.ts';
import { aJob, execution } from '../support/stub-azure.ts';
import { snapshotted, walked } from './support/rebuild.ts';

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

  it('usually takes what rebuilds have taken here', async () => {
    await withSimulator(async (simulated) => {
      const { context, given } = await snapshotted(simulated, 'web-prod-02');
      const run = (operation: string, minute: number) => ({
        ...{ code: 'AAAA', target: 't', requester: { oid: 'o', name: 'n' }, approvals: [], approvalsNeeded: 0 },
        ...{ operation, state: 'succeeded' as const, createdAt: '2026-03-02T07:00:00Z' },
        ...{ startedAt: '2026-03-02T07:00:00Z', endedAt: `2026-03-02T07:0${minute}:00Z` },
      });
      const recent = async () => [
        ...[5, 6, 9].map((minute) => run('vm.rebuild', minute)),
        run('vm.rebuild-in-place', 1),
      ];
      const known = { ...context, runs: { ...context.runs, recent } };
      for (const [operation, usual] of [
        [vmRebuild, '"low":5,"high":9,"runs":3'],
        [vmRebuildInPlace, 'fact.no-history'],
      ] as const)
        assert.ok(JSON.stringify((await operation.preview(known, given)).facts).includes(usual), operation.id);
    });
  });

  it('is blocked by what Azure would refuse where the new VM goes', async () => {
    await withSimulator(async (simulated) => {
      const { context, vm, given } = await snapshotted(simulated, 'web-prod-02');
      const found = async () =>
        (await vmRebuild.checks(context, given, await vmRebuild.preview(context, given))).map(
          ({ id, severity }) => `${id} ${severity}`,
        );
      const scope = vm.id.replace(/\/providers\/.*$/, '');
      const { control } = simulated.simulator;
      await control.conditions({ locks: [{ scope, name: 'keep', level: 'ReadOnly' }], fullSubnets: [given.network] });
      assert.deepEqual(await found(), ['subnet-full blocks', 'group-locked blocks']);
      await control.conditions({
        quotas: [{ location: vm.location, name: 'cores', used: 350, limit: 350 }],
        policies: [{ scope, type: 'Microsoft.Compute/virtualMachines', assignment: 'no-vms', reason: 'Not here.' }],
      });
      assert.deepEqual(await found(), ['quota-used-up blocks', 'policy-denies blocks']);
      const set = `${scope}/providers/Microsoft.Compute/diskEncryptionSets/gone`;
      await control.conditions({ quotas: [], policies: [], encryptedDisks: [{ disk: vm.diskIds[0] ?? '', set }] });
      assert.deepEqual(await found(), ['encryption-set-missing blocks']);
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
