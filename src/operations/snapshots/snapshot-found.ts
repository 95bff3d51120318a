import { keyOf, nameOf, resourceGroupScopeOf, sameId, subscriptionOf } from '../../azure/arm-id.ts';
import type { ArmId, Snapshot, Vm } from '../../azure/types.ts';
import { CatalogueError } from '../../errors.ts';
import { say } from '../../message.ts';
import type { Context } from '../context.ts';
import { atLeastOne } from '../offered.ts';
import { readable } from '../readable.ts';
import type { Choice } from '../screen.ts';

/** As many as a card can hold in one piece. */
const offered = 20;

/** @throws CatalogueError `azure-not-found` when there is no such snapshot any more */
export async function snapshotOf(context: Context, snapshotId: ArmId): Promise<Snapshot> {
  const found = await context.azure.compute.snapshot(snapshotId);
  if (found === undefined) throw new CatalogueError('azure-not-found', { values: { resource: nameOf(snapshotId) } });
  return found;
}

/** Snapshots that the person may see, newest first. */
export async function snapshotChoices(context: Context): Promise<readonly Choice[]> {
  const { value } = await context.azure.inventory.snapshots();
  const seen = await readable(context, 'Microsoft.Compute/snapshots/read', value);
  const choices = seen.slice(0, offered).map((snapshot) => ({
    value: snapshot.id,
    title: snapshot.name,
    details: say('fact.in-group', { name: nameOf(snapshot.sourceDiskId), group: snapshot.resourceGroup }),
  }));
  return atLeastOne(choices, 'no-snapshots');
}

/** The resource groups of the snapshot's subscription that hold a VM, a vault or a snapshot, and that the person may see; by name. */
export async function groupChoices(context: Context, snapshotId: ArmId): Promise<readonly Choice[]> {
  const { inventory } = context.azure;
  const [vms, both] = await Promise.all([inventory.vms(), inventory.vaultsAndSnapshots()]);
  const ids = [...vms.value, ...both.value.vaults, ...both.value.snapshots].map(({ id }) => resourceGroupScopeOf(id));
  const groups = new Map(ids.map((id) => [keyOf(id), { id }]));
  const near = [...groups.values()].filter(({ id }) => sameId(subscriptionOf(id), subscriptionOf(snapshotId)));
  const seen = await readable(context, 'Microsoft.Resources/subscriptions/resourceGroups/read', near);
  return seen.map(({ id }) => ({ value: id, title: nameOf(id) })).toSorted((a, b) => a.title.localeCompare(b.title));
}

/** The VM that has the snapshot's disk; undefined when no VM has it. */
export async function vmOfSnapshot(context: Context, snapshot: Snapshot): Promise<Vm | undefined> {
  const { value } = await context.azure.inventory.vms();
  return value.find((vm) => vm.diskIds.some((diskId) => keyOf(diskId) === keyOf(snapshot.sourceDiskId)));
}
