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
  const services = listOf(lists.services);
  const holding = [listOf(lists.items), services?.replicas, services?.jobs].flatMap((list) => vaultIdsIn(list ?? []));
  const listed = listOf(lists.places)?.vaults ?? [];
  const byKey = new Map([...holding, ...listed.map(({ id }) => id)].map((id) => [keyOf(id), { id }]));
  const seen = await readable(context, readVault, [...byKey.values()]);
  return new Set(seen.map(({ id }) => keyOf(id)));
}

function vaultIdsIn(list: readonly { readonly vaultId: string }[]): readonly string[] {
  return [...new Set(list.map(({ vaultId }) => vaultId))];
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
  const { lists, vms, vaults } = parts;
  const services = listOf(lists.services);
  const mayRead = once((vaultId) => vaults.has(keyOf(vaultId)));
  const placed = placing(parts);
  const found = placed(listOf(lists.items) ?? []);
  const items = found.filter(({ one }) => mayRead(one.vaultId));
  const replicas = placed(services?.replicas ?? []).filter(({ one }) => mayRead(one.vaultId));
  const hidden = found.filter(({ one, vm }) => vm !== undefined && !one.softDeleted && !mayRead(one.vaultId));
  return {
    vms: standings({ vms, items, replicas, hidden, looked: lists.items.seen }),
    items: items.map(({ one }) => one),
    replicas: replicas.map(({ one }) => one),
    jobs: jobsOf(parts),
    promises: new Map((services?.policies ?? []).map((policy) => [keyOf(policy.id), policy])),
    snapshots: snapshotsOf(parts),
    vaults: vaultsOf(
      parts,
      [...items, ...replicas].map(({ one }) => one),
    ),
    unseen: [...unseenOf(lists), ...hiddenVaults(hidden)],
    aged: oldest(lists),
  };
}

interface OfVm {
  readonly vmId: string;
}

/** What is held of a VM that is shown, or without one of a VM that is gone. */
interface Placed<T> {
  readonly one: T;
  readonly vm: Vm | undefined;
}

/** Of a list: what is of a VM that is shown, or of one that is gone and lay in the scope as far as its id tells. */
function placing({ lists, isIn, vms }: Parts): <T extends OfVm>(list: readonly T[]) => readonly Placed<T>[] {
  const shown = new Set(vms);
  const known = knownVms(lists);
  return (list) =>
    list
      .map((one) => ({ one, vm: known.get(keyOf(one.vmId)) }))
      .filter(({ one, vm }) => (vm === undefined ? isIn({ id: one.vmId }) : shown.has(vm)));
}

/** The VMs that something is held of, by key: keys are copies of ids, and those that Azure sends in lower case are not copied. */
function knownVms(lists: Lists): ReadonlyMap<string, Vm | undefined> {
  const known = new Map<string, Vm | undefined>();
  for (const { vmId } of listOf(lists.items) ?? []) known.set(keyOf(vmId), undefined);
  for (const { vmId } of listOf(lists.services)?.replicas ?? []) known.set(keyOf(vmId), undefined);
  for (const vm of lists.vms.value) {
    const key = keyOf(vm.id);
    if (known.has(key)) known.set(key, vm);
  }
  return known;
}

interface Standings {
  readonly vms: readonly Vm[];
  readonly items: readonly Placed<ProtectedItem>[];
  readonly replicas: readonly Placed<ReplicatedItemSummary>[];
  readonly hidden: readonly Placed<ProtectedItem>[];
  readonly looked: boolean;
}

/** A VM may have a deleted item in one vault and a working one in another: the working one counts. */
function standings({ vms, items, replicas, hidden, looked }: Standings): readonly VmStanding[] {
  const itemOf = bestItems(items);
  const replicaOf = new Map(replicas.map(({ one, vm }) => [vm, one]));
  const unseen = new Set(hidden.map(({ vm }) => vm));
  return vms.map((vm) => {
    const [item, replica] = [itemOf.get(vm), replicaOf.get(vm)];
    const own = protectionOf(item);
    const protection = own === 'protected' || (looked && !unseen.has(vm)) ? own : 'unknown';
    return { vm, protection, ...(item && { item }), ...(replica && { replica }) };
  });
}

/** The last of the best of each VM. */
function bestItems(items: readonly Placed<ProtectedItem>[]): ReadonlyMap<Vm | undefined, ProtectedItem> {
  const best = new Map<Vm | undefined, ProtectedItem>();
  for (const { one, vm } of items) if (rank(one) >= rank(best.get(vm))) best.set(vm, one);
  return best;
}

function rank(item: ProtectedItem | undefined): number {
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
function hiddenVaults(hidden: readonly Placed<ProtectedItem>[]): readonly Text[] {
  const vaults = new Map(hidden.map(({ one }) => [keyOf(one.vaultId), nameOf(one.vaultId)]));
  return [...vaults.values()].sort().map((vault) => say('fleet.summary.vault-unread', { vault }));
}

function oldest({ vms, items, services, places }: Lists): Aged<unknown> {
  const read = [items, services, places].flatMap((one): Aged<unknown>[] => (one.seen ? [one.value] : []));
  return [vms, ...read].reduce((one, other) => (other.asOf < one.asOf || other.standsIn === true ? other : one));
}
