import { nameOf, resourceGroupScopeOf, sameId } from '../../azure/arm-id.ts';
import type { NewReplication, ReplicationMapping } from '../../azure/recovery-types.ts';
import type { ArmId, ReplicatedItem, Vm } from '../../azure/types.ts';
import { CatalogueError } from '../../errors.ts';
import { say } from '../../message.ts';
import type { Context } from '../context.ts';
import type { Choice } from '../screen.ts';
import { vaultsSeen } from '../vaults.ts';
import { cacheAccount } from './way-back.ts';

/** What is not asked for unless nothing can be proposed. */
export interface Target {
  readonly group: ArmId;
  /** A network's id, or `none`. */
  readonly network: string;
  readonly cache: ArmId;
}

/** The mappings that lead out of a VM's region, in all vaults that this person may read. */
export async function mappingsFor(context: Context, vm: Vm): Promise<readonly ReplicationMapping[]> {
  const vaults = await vaultsSeen(context);
  const all = await Promise.all(vaults.map(({ id }) => context.azure.recovery.mappings(id).catch(() => [])));
  return all.flat().filter(({ fromRegion, toRegion }) => fromRegion === vm.location && toRegion !== vm.location);
}

/** A mapping as a choice: the region, then the policy and the vault. */
export function mappingChoice({ id, toRegion, policyName, vaultId }: ReplicationMapping): Choice {
  return {
    value: id,
    title: toRegion,
    details: say('replication.enable.mapping-details', { policy: policyName, vault: nameOf(vaultId) }),
  };
}

/** @throws CatalogueError `not-allowed-by-azure-now` when the vault has it no more */
export async function mappingOf(context: Context, mappingId: ArmId): Promise<ReplicationMapping> {
  const vaultId = mappingId.replace(/(\/vaults\/[^/]+).*$/i, '$1');
  const found = (await context.azure.recovery.mappings(vaultId)).find(({ id }) => sameId(id, mappingId));
  if (found === undefined) throw new CatalogueError('not-allowed-by-azure-now');
  return found;
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
export async function groupChoices(context: Context, { toRegion }: ReplicationMapping): Promise<readonly Choice[]> {
  const { value: vms } = await context.azure.inventory.vms();
  const { value: networks } = await context.azure.inventory.networks(toRegion);
  const ids = [...vms.filter(({ location }) => location === toRegion), ...networks].map(({ id }) =>
    resourceGroupScopeOf(id),
  );
  const groups = new Map(ids.map((id) => [id.toLowerCase(), id]));
  return [...groups.values()].map((id) => ({ value: id, title: nameOf(id) }));
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
