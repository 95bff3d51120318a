import { keyOf, nameOf } from '../../azure/arm-id.ts';
import type { ReplicatedItemSummary } from '../../azure/ports.ts';
import type { Aged, JobSummary, PolicyPromise, ProtectedItem, Snapshot, Vault, Vm } from '../../azure/types.ts';
import { say, type Text } from '../../message.ts';
import type { Context } from '../context.ts';
import { look, type Seen } from '../facts.ts';
import { once } from '../once.ts';
import { readable } from '../readable.ts';
import { readVault } from '../vaults.ts';
import { isWhole, type Scope, within } from './fleet-scope.ts';

/** What looking takes: less than a whole context, so that a command line can look as well. */
export type FleetPorts = Pick<Context, 'actor'> & { readonly azure: Pick<Context['azure'], 'inventory' | 'access'> };

/** The right to see a VM. */
export const readVm = 'Microsoft.Compute/virtualMachines/read';
const readSnapshot = 'Microsoft.Compute/snapshots/read';

/** `unknown`: nobody could look, or the vault may not be read by this person. */
export type Protection = 'protected' | 'stopped' | 'unprotected' | 'unknown';

/** A VM with everything that is known of its protection. */
export interface VmStanding {
  readonly vm: Vm;
  readonly protection: Protection;
  readonly item?: ProtectedItem;
  readonly replica?: ReplicatedItemSummary;
}

/** What this person may see of the estate, within a scope. Nothing of what Azure would not show them is counted. */
export interface Fleet {
  readonly vms: readonly VmStanding[];
  /** Soft-deleted ones too, and those of VMs that are gone. */
  readonly items: readonly ProtectedItem[];
  readonly replicas: readonly ReplicatedItemSummary[];
  readonly jobs: readonly JobSummary[];
  readonly promises: ReadonlyMap<string, PolicyPromise>;
  readonly snapshots: readonly Snapshot[];
  readonly vaults: readonly Vault[];
  /** What could not be looked at, and where: part of the answer is missing. */
  readonly unseen: readonly Text[];
  /** Read where, for the age of the whole: the oldest list. */
  readonly aged: Aged<unknown>;
}

interface Lists {
  readonly vms: Aged<readonly Vm[]>;
  readonly items: Seen<Aged<readonly ProtectedItem[]>>;
  readonly services: Seen<Awaited<ReturnType<Context['azure']['inventory']['services']>>>;
  readonly places: Seen<Awaited<ReturnType<Context['azure']['inventory']['vaultsAndSnapshots']>>>;
}

/** Reads the fleet from Resource Graph. Without the list of VMs there is no answer; any other list may be missing, and is named. */
export async function lookAtFleet(context: FleetPorts, scope: Scope): Promise<Fleet> {
  const { inventory } = context.azure;
  const [vms, items, services, places, isIn] = await Promise.all([
    inventory.vms(),
    look('Azure Backup', inventory.protectedItems()),
    look('Site Recovery', inventory.services()),
    look('Resource Graph', inventory.vaultsAndSnapshots()),
    scopeOf(context, scope),
  ]);
  const lists = { vms, items, services, places };
  const [seenVms, readableVaults, snapshots] = await Promise.all([
    readable(context, readVm, vms.value.filter(isIn)),
    readableVaultsOf(context, lists),
    readable(context, readSnapshot, listOf(places)?.snapshots ?? []),
  ]);
  return assembled({ scope, isIn, lists, vms: seenVms, vaults: readableVaults, snapshots });
}

/** Names of subscriptions cost a request: only a scope that names one needs them. */
async function scopeOf(context: FleetPorts, scope: Scope): Promise<ReturnType<typeof within>> {
  const names = scope.subscription === undefined ? [] : (await context.azure.inventory.subscriptions()).value;
  return within(scope, names);
}

function listOf<T>(seen: Seen<Aged<T>>): T | undefined {
  return seen.seen ? seen.value.value : undefined;
}

/** Vaults that the person may read, by key. A vault that no list of vaults names can still hold items: its right is asked as well. */
async function readableVaultsOf(context: FleetPorts, lists: Lists): Promise<ReadonlySet<string>> {
  const ids = new Map<string, { readonly id: string }>();
  for (const { id } of listOf(lists.places)?.vaults ?? []) ids.set(keyOf(id), { id });
  for (const { vaultId } of listOf(lists.items) ?? [])
    if (!ids.has(keyOf(vaultId))) ids.set(keyOf(vaultId), { id: vaultId });
  const services = listOf(lists.services);
  for (const { vaultId } of [...(services?.replicas ?? []), ...(services?.jobs ?? [])])
    if (!ids.has(keyOf(vaultId))) ids.set(keyOf(vaultId), { id: vaultId });
  const seen = await readable(context, readVault, [...ids.values()]);
  return new Set(seen.map(({ id }) => keyOf(id)));
}

interface Parts {
  readonly scope: Scope;
  readonly isIn: ReturnType<typeof within>;
  readonly lists: Lists;
  readonly vms: readonly Vm[];
  readonly vaults: ReadonlySet<string>;
  readonly snapshots: readonly Snapshot[];
}

function assembled(parts: Parts): Fleet {
  const { lists, isIn, vms, vaults } = parts;
  const services = listOf(lists.services);
  const shown = new Set(vms);
  // One map for all questions: keys are copies of ids, and there may be a hundred thousand of them.
  const known = new Map(lists.vms.value.map((vm) => [keyOf(vm.id), vm]));
  const all = listOf(lists.items) ?? [];
  const shownOf = ({ vmId }: OfVm): Vm | undefined => {
    const vm = known.get(keyOf(vmId));
    return vm !== undefined && shown.has(vm) ? vm : undefined;
  };
  // Of a VM that is shown, or of one that is gone and lay in the scope as far as its id tells.
  const isOurs = ({ vmId }: OfVm): boolean => {
    const vm = known.get(keyOf(vmId));
    return vm === undefined ? isIn({ id: vmId }) : shown.has(vm);
  };
  const mayRead = once((vaultId) => vaults.has(keyOf(vaultId)));
  const items = all.filter((item) => mayRead(item.vaultId) && isOurs(item));
  const replicas = (services?.replicas ?? []).filter((one) => mayRead(one.vaultId) && isOurs(one));
  const hidden = all.filter((item) => !item.softDeleted && !mayRead(item.vaultId) && shownOf(item) !== undefined);
  return {
    vms: standings({ vms, shownOf, items, replicas, hidden, looked: lists.items.seen }),
    items,
    replicas,
    jobs: jobsOf(parts),
    promises: new Map((services?.policies ?? []).map((policy) => [keyOf(policy.id), policy])),
    snapshots: snapshotsOf(parts),
    vaults: vaultsOf(parts, [...items, ...replicas]),
    unseen: [...unseenOf(lists), ...hiddenVaults(hidden)],
    aged: oldest(lists),
  };
}

interface OfVm {
  readonly vmId: string;
}

interface Standings {
  readonly vms: readonly Vm[];
  readonly shownOf: (one: OfVm) => Vm | undefined;
  readonly items: readonly ProtectedItem[];
  readonly replicas: readonly ReplicatedItemSummary[];
  readonly hidden: readonly ProtectedItem[];
  readonly looked: boolean;
}

/** A VM may have a deleted item in one vault and a working one in another: the working one counts. */
function standings({ vms, shownOf, items, replicas, hidden, looked }: Standings): readonly VmStanding[] {
  const itemOf = new Map(items.toSorted((a, b) => rank(a) - rank(b)).map((item) => [shownOf(item), item]));
  const replicaOf = new Map(replicas.map((replica) => [shownOf(replica), replica]));
  const unseen = new Set(hidden.map(shownOf));
  return vms.map((vm) => {
    const [item, replica] = [itemOf.get(vm), replicaOf.get(vm)];
    const own = protectionOf(item);
    const protection = own === 'protected' || (looked && !unseen.has(vm)) ? own : 'unknown';
    return { vm, protection, ...(item && { item }), ...(replica && { replica }) };
  });
}

function rank(item: ProtectedItem): number {
  return ['unprotected', 'stopped', 'protected'].indexOf(protectionOf(item));
}

/** New recovery points are being made. A failed last backup is protection that needs attention, not its absence. */
function protectionOf(item: ProtectedItem | undefined): Exclude<Protection, 'unknown'> {
  if (item === undefined || item.softDeleted) return 'unprotected';
  return item.protectionState === 'ProtectionStopped' ? 'stopped' : 'protected';
}

/** Jobs name their VM and no more; of the whole estate those of plans and of VMs that are gone count as well. */
function jobsOf({ scope, lists, vms, vaults }: Parts): readonly JobSummary[] {
  const names = new Set(vms.map(({ name }) => name.toLowerCase()));
  return (listOf(lists.services)?.jobs ?? []).filter(
    (job) => vaults.has(keyOf(job.vaultId)) && (isWhole(scope) || names.has(job.target.toLowerCase())),
  );
}

function snapshotsOf({ scope, isIn, vms, snapshots }: Parts): readonly Snapshot[] {
  if (isWhole(scope)) return snapshots;
  const disks = new Set(vms.flatMap(({ diskIds }) => diskIds.map(keyOf)));
  return snapshots.filter((snapshot) => disks.has(keyOf(snapshot.sourceDiskId)) || isIn(snapshot));
}

/** Of a part of the estate: the vaults that hold something of it. */
function vaultsOf({ scope, lists, vaults }: Parts, held: readonly { readonly vaultId: string }[]): readonly Vault[] {
  const seen = (listOf(lists.places)?.vaults ?? []).filter(({ id }) => vaults.has(keyOf(id)));
  if (isWhole(scope)) return seen;
  const used = new Set(held.map(({ vaultId }) => keyOf(vaultId)));
  return seen.filter(({ id }) => used.has(keyOf(id)));
}

function unseenOf(lists: Lists): readonly Text[] {
  return [lists.items, lists.services, lists.places].flatMap((one) => (one.seen ? [] : [one.why]));
}

/** They are named, for what is in them is not. */
function hiddenVaults(hidden: readonly ProtectedItem[]): readonly Text[] {
  const vaults = new Map(hidden.map(({ vaultId }) => [keyOf(vaultId), nameOf(vaultId)]));
  return [...vaults.values()].sort().map((vault) => say('fleet.summary.vault-unread', { vault }));
}

function oldest({ vms, items, services, places }: Lists): Aged<unknown> {
  const read = [items, services, places].flatMap((one): Aged<unknown>[] => (one.seen ? [one.value] : []));
  return [vms, ...read].reduce((one, other) => (other.asOf < one.asOf || other.standsIn === true ? other : one));
}
