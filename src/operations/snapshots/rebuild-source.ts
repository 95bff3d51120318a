import { keyOf, nameOf, resourceGroupScopeOf } from '../../azure/arm-id.ts';
import type { AttachedDisk, Machine } from '../../azure/machine-types.ts';
import type { Right } from '../../azure/ports.ts';
import type { ArmId, Disk, JobRef, Snapshot } from '../../azure/types.ts';
import { CatalogueError } from '../../errors.ts';
import { say } from '../../message.ts';
import type { Context } from '../context.ts';
import { fact, moment, usualOfOwnRuns, vmWithGroup } from '../facts.ts';
import { atLeastOne } from '../offered.ts';
import type { Execution } from '../operation.ts';
import { disksCost } from '../prices.ts';
import { readable } from '../readable.ts';
import type { Choice, Fact } from '../screen.ts';
import { skuFor } from './disk-sku.ts';
import { snapshotOf } from './snapshot-found.ts';

/** As many as a card can hold in one piece. */
const offered = 10;

/** What a rebuild is given: the VM, and the snapshots that one run took. They are frozen by their ids: a list of Resource Graph may lag behind. */
export interface Rebuild {
  readonly vm: ArmId;
  readonly snapshots: readonly ArmId[];
}

/** A VM with the snapshots of one run of its disks. */
export interface RebuildSource {
  readonly machine: Machine;
  /** In the order of the VM's disks, its own first. */
  readonly parts: readonly { readonly snapshot: Snapshot; readonly disk: AttachedDisk }[];
  /** Disks of the VM that the run has no snapshot of. */
  readonly without: readonly ArmId[];
}

/** Rights that both ways of rebuilding need, where the disks are made. */
export function diskRights(vm: ArmId): readonly Right[] {
  const scope = resourceGroupScopeOf(vm);
  const actions = ['Microsoft.Compute/disks/write', 'Microsoft.Compute/snapshots/beginGetAccess/action'];
  return [...actions, 'Microsoft.Compute/virtualMachines/write'].map((action) => ({ action, scope }));
}

/** @throws CatalogueError `vm-not-found`; `azure-not-found` when a snapshot is gone */
export async function rebuildSource(context: Context, { vm, snapshots }: Rebuild): Promise<RebuildSource> {
  const machine = await context.azure.compute.machine(vm);
  if (machine === undefined) throw new CatalogueError('vm-not-found', { values: { name: nameOf(vm) } });
  const taken = await snapshotsOfRun(context, snapshots);
  const disks = [machine.osDisk, ...machine.dataDisks];
  const parts = disks.flatMap((disk) => {
    const snapshot = taken.find((one) => keyOf(one.sourceDiskId) === keyOf(disk.diskId));
    return snapshot === undefined ? [] : [{ snapshot, disk }];
  });
  const covered = new Set(parts.map(({ disk }) => keyOf(disk.diskId)));
  return { machine, parts, without: disks.map(({ diskId }) => diskId).filter((id) => !covered.has(keyOf(id))) };
}

/** As compute has them. @throws CatalogueError `azure-not-found` when one is gone */
export async function snapshotsOfRun(context: Context, ids: readonly ArmId[]): Promise<readonly Snapshot[]> {
  return await Promise.all(ids.map((id) => snapshotOf(context, id)));
}

/** Runs that took snapshots of the VM's disks, newest first. */
export async function snapshotRuns(context: Context, vm: ArmId): Promise<readonly Choice[]> {
  const machine = await context.azure.compute.machine(vm);
  const own = new Set([machine?.osDisk, ...(machine?.dataDisks ?? [])].map((disk) => keyOf(disk?.diskId ?? '')));
  const { value } = await context.azure.inventory.snapshots();
  const seen = await readable(context, 'Microsoft.Compute/snapshots/read', value);
  const tagged = seen.filter(({ tags, sourceDiskId }) => tags['vaultkeeper-run'] && own.has(keyOf(sourceDiskId)));
  const runs = Map.groupBy(tagged, ({ tags }) => tags['vaultkeeper-run'] ?? '');
  const choices = [...runs.values()].map((snapshots) => ({
    value: snapshots.map(({ id }) => id),
    title: { time: newestOf(snapshots) },
    details: say('fact.disks-of', { count: snapshots.length, total: own.size }),
  }));
  const newest = choices.toSorted((a, b) => b.title.time.localeCompare(a.title.time)).slice(0, offered);
  return atLeastOne(newest, 'no-snapshots-of-one-run', { vm: nameOf(vm) });
}

/** VMs of which there are such snapshots. */
export async function rebuildableVms(context: Context): Promise<readonly Choice[]> {
  const [vms, snapshots] = await Promise.all([context.azure.inventory.vms(), context.azure.inventory.snapshots()]);
  const tagged = snapshots.value.filter(({ tags }) => tags['vaultkeeper-run']);
  const disks = new Set(tagged.map(({ sourceDiskId }) => keyOf(sourceDiskId)));
  const found = vms.value.filter(({ diskIds }) => diskIds.some((id) => disks.has(keyOf(id))));
  const seen = await readable(context, 'Microsoft.Compute/virtualMachines/read', found);
  return atLeastOne(
    seen.slice(0, offered).map(({ id, name, resourceGroup }) => ({
      value: id,
      title: name,
      details: say('fact.in-group', { name, group: resourceGroup }),
    })),
    'no-snapshots-of-one-run',
  );
}

/** What both ways of rebuilding show. */
export async function rebuildFacts(
  context: Context,
  source: RebuildSource,
  operation: string,
): Promise<readonly Fact[]> {
  const at = oldestOf(source.parts.map(({ snapshot }) => snapshot));
  const seconds = Math.max(0, Math.round((context.now().getTime() - Date.parse(at)) / 1000));
  const cost = await newDisksCost(context, source);
  return [
    fact('vm', vmWithGroup(source.machine.id)),
    fact('taken', moment(at)),
    fact('lost', say('fact.lost-since', { span: { seconds } })),
    fact(
      'snapshots',
      source.parts.map(({ snapshot }) => snapshot.name),
    ),
    ...(cost === undefined ? [] : [fact('new-disks-cost', say('fact.per-month', { cost }))]),
    fact('usually', await usualOfOwnRuns(context, operation)),
  ];
}

async function newDisksCost(context: Context, { parts }: RebuildSource): Promise<number | undefined> {
  const disks = parts.map(async ({ snapshot }) => ({
    sizeGib: snapshot.sizeGib,
    sku: await skuFor(context, snapshot),
  }));
  return disksCost(context, await Promise.all(disks));
}

/** What must be the same when the rebuild starts. */
export function rebuildMeasures({ machine, parts }: RebuildSource): Readonly<Record<string, string>> {
  return {
    'fact.snapshots': parts.map(({ snapshot }) => keyOf(snapshot.id)).join(' '),
    'fact.disks': [machine.osDisk, ...machine.dataDisks].map(({ diskId }) => keyOf(diskId)).join(' '),
    'fact.machine-size': machine.size,
  };
}

/** Beside the VM, named after the old disk and the run: the same run always means the same disks. ARM allows 80 characters. */
export function newDiskId(vm: ArmId, snapshot: Snapshot, { runId }: Execution): ArmId {
  const name = `${nameOf(snapshot.sourceDiskId).slice(0, 60)}-${runId.slice(0, 8)}`;
  return `${resourceGroupScopeOf(vm)}/providers/Microsoft.Compute/disks/${name}`;
}

/** Asks for those of the run's disks that are not there; undefined when all are. A zonal VM takes disks of its own zone only. */
export async function makeDisks(
  context: Context,
  { vm, snapshots }: Rebuild,
  execution: Execution,
): Promise<JobRef | undefined> {
  const { compute } = context.azure;
  const [taken, machine] = await Promise.all([snapshotsOfRun(context, snapshots), compute.machine(vm)]);
  const wanted = taken.map((snapshot) => ({ snapshot, diskId: newDiskId(vm, snapshot, execution) }));
  const found = await Promise.all(wanted.map(({ diskId }) => compute.findDisk(diskId)));
  const missing = wanted.filter((_, at) => found[at] === undefined);
  if (missing.length === 0) return undefined;
  const [zone] = machine?.zones ?? [];
  for (const { snapshot, diskId } of missing) {
    if (snapshot.location === undefined) throw new CatalogueError('internal');
    await compute.createDisk({
      diskId,
      snapshot,
      location: snapshot.location,
      sku: await skuFor(context, snapshot),
      ...(zone !== undefined && { zone }),
      tags: { 'vaultkeeper-run': execution.runId, 'vaultkeeper-requester': execution.requester.oid },
      clientRequestId: execution.clientRequestId,
    });
  }
  return { kind: 'disks', diskIds: wanted.map(({ diskId }) => diskId) };
}

/** Disks that the run has made are its own by their names; the rest is found by asking for the next step. */
export async function disksFound(
  context: Context,
  rebuild: Rebuild,
  execution: Execution,
): Promise<JobRef | 'nothing'> {
  const taken = await snapshotsOfRun(context, rebuild.snapshots);
  const diskIds = taken.map((snapshot) => newDiskId(rebuild.vm, snapshot, execution));
  const found = await Promise.all(diskIds.map((id) => context.azure.compute.findDisk(id)));
  return found.every((disk) => disk !== undefined) ? { kind: 'disks', diskIds } : 'nothing';
}

/** The disks that the snapshots were taken of, as far as they are still there. */
export async function oldDisks(context: Context, { snapshots }: Rebuild): Promise<readonly Disk[]> {
  const taken = await snapshotsOfRun(context, snapshots);
  const found = await Promise.all(taken.map(({ sourceDiskId }) => context.azure.compute.findDisk(sourceDiskId)));
  return found.filter((disk) => disk !== undefined);
}

/** Until when the snapshots are kept, by their tag; they have done their work. */
export async function keptUntil(context: Context, { snapshots }: Rebuild): Promise<string | undefined> {
  const [first] = await snapshotsOfRun(context, snapshots);
  const until = first?.tags['vaultkeeper-expires'] ?? '';
  return Number.isNaN(Date.parse(until)) ? undefined : until;
}

function newestOf(snapshots: readonly Snapshot[]): string {
  return (
    snapshots
      .map(({ createdAt }) => createdAt)
      .toSorted()
      .at(-1) ?? ''
  );
}

function oldestOf(snapshots: readonly Snapshot[]): string {
  return snapshots.map(({ createdAt }) => createdAt).toSorted()[0] ?? '';
}
