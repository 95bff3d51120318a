import { z } from 'zod';
import { keyOf, nameOf, resourceGroupScopeOf } from '../../azure/arm-id.ts';
import type { Snapshot, Vm } from '../../azure/types.ts';
import type { Message } from '../../message.ts';
import { sameNameFindings } from '../checks/machine.ts';
import { madeFindings } from '../checks/place.ts';
import type { Context } from '../context.ts';
import { fact, moment, usualOfOwnRuns, vmWithGroup } from '../facts.ts';
import { daysFrom, futureWithin } from '../keeping.ts';
import { freshVm } from '../located.ts';
import { changing, type Execution, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Finding, Suggestion } from '../screen.ts';
import { snapshotsByHand } from './by-hand-disks.ts';
import { chosenDisks, type DisksWanted, leftOutFacts, ownersOf, strangeDiskFindings } from './chosen-disks.ts';
import { texts } from './snapshot-create-texts.ts';

const id = 'snapshot.create';
const message = own(id);
/** Long enough for a change and its regrets; a snapshot without an end is how they pile up (field.md I14). */
const usualDays = 7;
const longestDays = 365;
/** Azure's limits for incremental snapshots: 500 of a disk, 7 of a disk within five minutes (azure-api.md 3.1). */
const most = { perDisk: 500, perFiveMinutes: 7 };

export const snapshotCreate = changing({
  id,
  area: 'snapshots',
  risk: 'reversible',
  texts,
  parameters: z.object({
    disks: parameter.disks().optional(),
    vm: parameter.vm(),
    keepUntil: parameter.expiry().optional(),
  }),
  actions: ['Microsoft.Compute/snapshots/write', 'Microsoft.Compute/disks/beginGetAccess/action'],
  rights: async (_, { vm }) => [
    { action: 'Microsoft.Compute/snapshots/write', scope: resourceGroupScopeOf(vm) },
    { action: 'Microsoft.Compute/disks/beginGetAccess/action', scope: resourceGroupScopeOf(vm) },
  ],
  targets: ({ vm }) => [vm],

  /** A disk that is named says which VM is meant; without one the VM is asked for in words. */
  choices: async (context, name, { disks }) => (name === 'vm' ? await ownersOf(context, disks) : []),

  defaults: async (context, given) => ({ keepUntil: given.keepUntil ?? daysFrom(context.now(), usualDays) }),

  async preview(context, { vm: vmId, keepUntil, disks: wanted }) {
    const until = futureWithin(context, 'keepUntil', keepUntil, longestDays);
    const vm = await freshVm(context, vmId);
    const disks = await disksOf(context, vm, wanted);
    return {
      sentence: message('preview', { vm: vm.name, count: disks.length, until: { age: until } }),
      facts: [
        fact('vm', vmWithGroup(vm.id)),
        fact(
          'disks',
          disks.map((disk) => disk.name),
        ),
        ...leftOutFacts(vm, wanted),
        fact('size', { bytes: disks.reduce((sum, disk) => sum + disk.sizeGib, 0) * 2 ** 30 }),
        fact('one-instant', oneInstant(vm, wanted) ?? message('not-one-instant')),
        fact('expires', moment(until)),
        fact('usually', await usualOfOwnRuns(context, id)),
      ],
      resources: disks.map((disk) => disk.id),
      measured: {
        'fact.disks': disks
          .map((disk) => keyOf(disk.id))
          .sort()
          .join(' '),
        'fact.power': vm.powerState,
      },
    };
  },

  async checks(context, { vm: vmId, disks: wanted }) {
    const vm = await freshVm(context, vmId);
    const planned = { type: 'Microsoft.Compute/snapshots', name: `${vm.name}-snapshot`, location: vm.location };
    const made = await madeFindings(context, resourceGroupScopeOf(vmId), planned);
    const strange = strangeDiskFindings(vm, wanted);
    return [
      ...strange,
      ...(await roomForMore(context, vm, wanted)),
      ...made,
      ...(await sameNameFindings(context, vmId)),
    ];
  },

  async submit(context, { vm: vmId, keepUntil, disks: wanted }, execution) {
    const vm = await freshVm(context, vmId);
    const tags = {
      'vaultkeeper-run': execution.runId,
      'vaultkeeper-requester': execution.requester.oid,
      'vaultkeeper-expires': keepUntil ?? '',
    };
    const disks = await disksOf(context, vm, wanted);
    for (const disk of disks) {
      await context.azure.compute.createSnapshot({
        snapshotId: snapshotIdOf(vm, disk.id, execution),
        disk,
        tags,
        clientRequestId: execution.clientRequestId,
      });
    }
    return { kind: 'snapshots', snapshotIds: disks.map((disk) => snapshotIdOf(vm, disk.id, execution)) };
  },

  /** The names are ours and a repeated PUT changes nothing, so what is missing can safely be asked for again. */
  async findSubmitted(context, { vm: vmId, disks: wanted }, execution) {
    const vm = await freshVm(context, vmId);
    const snapshotIds = chosenDisks(vm, wanted).map((diskId) => snapshotIdOf(vm, diskId, execution));
    const found = await Promise.all(snapshotIds.map((snapshotId) => context.azure.compute.snapshot(snapshotId)));
    return found.every((snapshot) => snapshot !== undefined) ? { kind: 'snapshots', snapshotIds } : 'nothing';
  },

  async result(context, { vm: vmId, keepUntil, disks: wanted }, execution, progress) {
    const vm = await freshVm(context, vmId);
    const diskIds = chosenDisks(vm, wanted);
    const found = await Promise.all(
      diskIds.map((diskId) => context.azure.compute.snapshot(snapshotIdOf(vm, diskId, execution))),
    );
    const failed = new Set(progress.tasks.filter(({ state }) => state === 'failed').map(({ name }) => keyOf(name)));
    const taken = found.filter((one) => one !== undefined).filter(({ name }) => !failed.has(keyOf(name)));
    const values = { vm: vm.name, count: taken.length, total: diskIds.length };
    return {
      sentence: message(taken.length === diskIds.length ? 'done' : 'partly', values),
      facts: [
        fact(
          'snapshots',
          taken.map((snapshot) => snapshot.name),
        ),
        ...leftOutFacts(vm, wanted),
        fact('one-instant', oneInstant(vm, wanted) ?? message('spread', { spread: { seconds: spreadOf(taken) } })),
      ],
      leftToDo: keepUntil === undefined ? [] : [message('left', { until: { age: keepUntil } })],
      suggestions: after(vmId),
    };
  },

  undo: () => [{ operation: 'snapshot.delete', parameters: {} }],
  byHand: snapshotsByHand,
  next: ({ vm }) => after(vm),
});

async function disksOf(context: Context, vm: Vm, wanted: DisksWanted) {
  return await Promise.all(chosenDisks(vm, wanted).map((diskId) => context.azure.compute.disk(diskId)));
}

/** Beside the VM, named after the disk and the run: the same run always means the same snapshots. ARM allows 80 characters. */
function snapshotIdOf(vm: Vm, diskId: string, execution: Execution): string {
  const name = `${nameOf(diskId).slice(0, 60)}-${execution.runId.slice(0, 8)}`;
  return `${resourceGroupScopeOf(vm.id)}/providers/Microsoft.Compute/snapshots/${name}`;
}

/** Why the snapshots are of one instant; undefined when they are not: only restore points span the disks of a running VM (field.md I27). */
function oneInstant(vm: Vm, wanted: DisksWanted): Message | undefined {
  if (chosenDisks(vm, wanted).length === 1) return message('one-disk');
  return vm.powerState === 'PowerState/running' ? undefined : message('stopped');
}

function spreadOf(snapshots: readonly Snapshot[]): number {
  const times = snapshots.map((snapshot) => Date.parse(snapshot.createdAt));
  return times.length === 0 ? 0 : Math.max(1, Math.round((Math.max(...times) - Math.min(...times)) / 1000));
}

async function roomForMore(context: Context, vm: Vm, wanted: DisksWanted): Promise<readonly Finding[]> {
  const diskIds = chosenDisks(vm, wanted);
  if (diskIds.length === 0) return [];
  const existing = (await context.azure.inventory.snapshotsOf(diskIds)).value;
  const findings = diskIds.flatMap((diskId) =>
    limitsOf(
      context,
      diskId,
      existing.filter((snapshot) => keyOf(snapshot.sourceDiskId) === keyOf(diskId)),
    ),
  );
  return findings.length > 0 ? findings : [{ id: 'room', severity: 'passed', text: message('room') }];
}

function limitsOf(context: Context, diskId: string, snapshots: readonly Snapshot[]): readonly Finding[] {
  const recent = snapshots.filter((snapshot) => context.now().getTime() - Date.parse(snapshot.createdAt) < 5 * 60_000);
  const over = (key: string, count: number, limit: number): readonly Finding[] =>
    count < limit
      ? []
      : [
          {
            id: key,
            severity: 'blocks',
            text: message(key, { disk: nameOf(diskId), count, most: limit }),
            advice: message(`${key}.advice`),
          },
        ];
  return [
    ...over('limit-total', snapshots.length, most.perDisk),
    ...over('limit-rate', recent.length, most.perFiveMinutes),
  ];
}

function after(vm: string): readonly Suggestion[] {
  return [{ title: message('show'), wish: { operation: 'protection.show', parameters: { vm } } }];
}
