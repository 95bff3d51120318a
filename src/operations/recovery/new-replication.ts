import { nameOf, resourceGroupScopeOf, sameId } from '../../azure/arm-id.ts';
import type { NewReplication, ReplicationMapping } from '../../azure/recovery-types.ts';
import type { ArmId, ReplicatedItem, Vm } from '../../azure/types.ts';
import { say } from '../../message.ts';
import type { Context } from '../context.ts';
import type { Choice } from '../screen.ts';
import { vaultsSeen } from '../vaults.ts';
import { sameRegion } from './plan-now.ts';
import { plannedMapping } from './replication-ways.ts';
import { cacheAccount } from './way-back.ts';

/** What is not asked for unless nothing can be proposed. */
export interface Target {
  readonly group: ArmId;
  /** A network's id, or `none`. */
  readonly network: string;
  readonly cache: ArmId;
}

/** The mappings that lead out of a VM's region, in all vaults that this person may read; all of them, or those to one region. */
export async function mappingsFor(
  context: Context,
  vm: Vm,
  region: string | undefined,
): Promise<readonly ReplicationMapping[]> {
  const vaults = await vaultsSeen(context);
  const all = await Promise.all(vaults.map(({ id }) => context.azure.recovery.mappings(id).catch(() => [])));
  return all
    .flat()
    .filter(({ fromRegion, toRegion }) => sameRegion(fromRegion, vm.location) && !sameRegion(toRegion, vm.location))
    .filter(({ toRegion }) => region === undefined || sameRegion(toRegion, region));
}

/** A mapping as a choice: the region, then the policy and the vault. */
export function mappingChoice({ id, toRegion, policyName, vaultId }: ReplicationMapping): Choice {
  return {
    value: id,
    title: toRegion,
    details: say('replication.enable.mapping-details', { policy: policyName, vault: nameOf(vaultId) }),
  };
}

/** Vaults that are offered for a region to which none of them replicates yet. */
const vaultsPerRegion = 3;

/**
 * Ways that a vault does not have yet and that can be made: to the region that was said, or to any in which this person has VMs or vaults and to which
 * no mapping leads. Azure wants the vault outside the VM's own region; where there is no such vault the others are offered, for the checks to say why not.
 */
export async function plannedChoices(
  context: Context,
  vm: Vm,
  { region, known }: { readonly region: string | undefined; readonly known: readonly ReplicationMapping[] },
): Promise<readonly Choice[]> {
  const vaults = await vaultsSeen(context);
  const outside = vaults.filter(({ location }) => !sameRegion(location, vm.location));
  const usable = outside.length > 0 ? outside : vaults;
  const regions = region === undefined ? await regionsSeen(context, vaults) : [region];
  const open = regions.filter(
    (to) => !sameRegion(to, vm.location) && !known.some(({ toRegion }) => sameRegion(toRegion, to)),
  );
  const wanted = open.flatMap((to) => {
    const nearest = usable.toSorted((a, b) => Number(sameRegion(b.location, to)) - Number(sameRegion(a.location, to)));
    return nearest.slice(0, region === undefined ? 1 : vaultsPerRegion).map(({ id }) => ({ vaultId: id, to }));
  });
  return await Promise.all(wanted.map(({ vaultId, to }) => plannedChoice(context, { vaultId, from: vm.location, to })));
}

async function plannedChoice(
  context: Context,
  { vaultId, from, to }: { readonly vaultId: ArmId; readonly from: string; readonly to: string },
): Promise<Choice> {
  const setup = await context.azure.recovery.setup(vaultId);
  return {
    value: plannedMapping(vaultId, setup, { from, to }),
    title: to,
    details: say('replication.enable.planned-details', { vault: nameOf(vaultId) }),
  };
}

/** Where something of this person's lies. */
async function regionsSeen(context: Context, vaults: readonly { readonly location: string }[]) {
  const { value: vms } = await context.azure.inventory.vms();
  return [...new Set([...vaults, ...vms].map(({ location }) => location))].toSorted();
}

/** What others that go the same way have: the first one's group and network, and a cache in the VM's region. */
export async function proposed(context: Context, vm: Vm, mapping: ReplicationMapping): Promise<Partial<Target>> {
  const kin = await sameWay(context, mapping);
  const group = kin.find(({ recoveryResourceGroupId: id }) => id !== undefined)?.recoveryResourceGroupId;
  const network = kin.find(({ recoveryNetworkId: id }) => id !== undefined)?.recoveryNetworkId;
  const mapped = network ?? (await mappedNetwork(context, mapping));
  const cache = await cacheAccount(context, vm.id, vm.location);
  return {
    ...(group !== undefined && { group }),
    ...(mapped !== undefined && { network: mapped }),
    ...(cache !== undefined && { cache }),
  };
}

async function sameWay(context: Context, mapping: ReplicationMapping): Promise<readonly ReplicatedItem[]> {
  const items = await context.azure.recovery.items(mapping.vaultId);
  return items.filter(
    ({ primaryRegion, recoveryRegion }) => primaryRegion === mapping.fromRegion && recoveryRegion === mapping.toRegion,
  );
}

async function mappedNetwork(context: Context, { vaultId, toRegion }: ReplicationMapping): Promise<ArmId | undefined> {
  const mappings = await context.azure.recovery.networkMappings(vaultId).catch(() => []);
  const { value: there } = await context.azure.inventory.networks(toRegion);
  return mappings.map((one) => one.recoveryNetworkId).find((id) => there.some((network) => sameId(network.id, id)));
}

/** The resource groups of what lies in the region already. */
export async function groupChoices(
  context: Context,
  vm: Vm,
  { toRegion }: ReplicationMapping,
): Promise<readonly Choice[]> {
  const { value: vms } = await context.azure.inventory.vms();
  const { value: networks } = await context.azure.inventory.networks(toRegion);
  const ids = [...vms.filter(({ location }) => location === toRegion), ...networks].map(({ id }) =>
    resourceGroupScopeOf(id),
  );
  const groups = new Map(ids.map((id) => [id.toLowerCase(), id]));
  // A group may hold what lies in any region: the VM's own will do where there is nothing yet.
  const offered = groups.size > 0 ? [...groups.values()] : [resourceGroupScopeOf(vm.id)];
  return offered.map((id) => ({ value: id, title: nameOf(id) }));
}

/** The disks of a VM with the type that they get in the other region: the one that they have. */
export async function disksOf(context: Context, vm: Vm): Promise<NewReplication['disks']> {
  return await Promise.all(
    vm.diskIds.map(async (id) => {
      const { sku } = await context.azure.compute.disk(id);
      return { id, sku };
    }),
  );
}
