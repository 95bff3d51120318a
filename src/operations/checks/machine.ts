import { nameOf, sameId } from '../../azure/arm-id.ts';
import type { ArmId, RecoveryPoint, Vm } from '../../azure/types.ts';
import type { Context } from '../context.ts';
import { vmWithGroup } from '../facts.ts';
import type { Finding } from '../screen.ts';
import { checked, finding } from './check.ts';

/** The agent in a running VM is silent: no application-consistent copy, and mostly no backup at all. */
export function agentFindings({ name, powerState, agentStatus }: Vm): readonly Finding[] {
  if (powerState !== 'PowerState/running' || agentStatus === undefined || agentStatus === 'Ready') return [];
  return [finding('agent-not-ready', { vm: name, status: agentStatus })];
}

/** Azure cannot stop the VM and give its place back, as replacing disks needs. */
export function deallocationFindings({ name, ephemeral, provisioningState }: Vm): readonly Finding[] {
  const amiss = provisioningState !== undefined && provisioningState !== 'Succeeded';
  if (ephemeral !== true && !amiss) return [];
  return [
    finding('not-deallocatable', { vm: name, state: ephemeral === true ? 'Ephemeral' : (provisioningState ?? '') }),
  ];
}

/** Other VMs bear the same name: whoever agrees should know which one is meant. */
export async function sameNameFindings(context: Context, vmId: ArmId): Promise<readonly Finding[]> {
  const looking = async () => {
    const { value } = await context.azure.inventory.vms();
    const others = value.filter(({ id, name }) => sameId(name, nameOf(vmId)) && !sameId(id, vmId));
    if (others.length === 0) return [];
    return [finding('same-name', { vm: vmWithGroup(vmId), others: others.map(({ id }) => vmWithGroup(id)) })];
  };
  return await checked('Resource Graph', looking());
}

/** The region, or the VM's zone, does not give the size, or the subscription has not enough cores left of it. */
export async function sizeFindings(context: Context, vm: Vm): Promise<readonly Finding[]> {
  const { size, subscriptionId, location, zones } = vm;
  if (size === undefined) return [];
  const looking = async () => {
    const found = await context.azure.conditions.size(subscriptionId, location, size);
    if (found === undefined || found.restricted) return [finding('size-missing', { size, location })];
    const closed = (zones ?? []).filter((zone) => !found.zones.includes(zone));
    const missing = closed.map((zone) => finding('zone-missing', { size, location, zone }));
    return [...missing, ...(await quotaFindings(context, vm, found))];
  };
  return await checked(location, looking());
}

async function quotaFindings(
  context: Context,
  { subscriptionId, location }: Vm,
  { family, cores }: { readonly family: string; readonly cores: number },
): Promise<readonly Finding[]> {
  const quotas = await context.azure.conditions.quotas(subscriptionId, location);
  const used = quotas.filter(
    ({ name, used: now, limit }) => (sameId(name, 'cores') || sameId(name, family)) && now + cores > limit,
  );
  return used.map(({ name, used: now, limit }) =>
    finding('quota-used-up', { quota: sameId(name, 'cores') ? 'cores' : name, location, used: now, limit, cores }),
  );
}

/** The key that encrypts the VM's disks, and so those that are made of its points, cannot be reached. */
export async function encryptionFindings(context: Context, vm: Vm): Promise<readonly Finding[]> {
  const looking = async () => {
    const disks = await Promise.all(vm.diskIds.map((id) => context.azure.compute.disk(id)));
    const sets = [...new Set(disks.flatMap(({ encryptionSetId }) => encryptionSetId ?? []))];
    return (await Promise.all(sets.map((id) => encryptionSetFindings(context, id)))).flat();
  };
  return await checked(vm.name, looking());
}

async function encryptionSetFindings(context: Context, id: ArmId): Promise<readonly Finding[]> {
  const set = await context.azure.conditions.encryptionSet(id);
  if (set === undefined) return [finding('encryption-set-missing', { set: nameOf(id) })];
  const { keyVaultId, fault } = set;
  const keyVault = keyVaultId === undefined ? 'none' : nameOf(keyVaultId);
  if (fault !== undefined) return [finding('key-unreachable', { set: nameOf(id), keyVault, why: fault })];
  const there = keyVaultId === undefined || (await context.azure.conditions.hasKeyVault(keyVaultId));
  return there ? [] : [finding('key-unreachable', { set: nameOf(id), keyVault, why: '' })];
}

/** What Azure does not put in the place of a VM's disks (learn.microsoft.com, "Support matrix for Azure VM backup": replace existing). */
export function replaceablePointFindings({ encrypted, disks }: RecoveryPoint): readonly Finding[] {
  const left = disks === undefined ? 0 : disks.attached - disks.included;
  return [
    ...(left > 0 ? [finding('disks-excluded', { left })] : []),
    ...(encrypted === true ? [finding('point-encrypted')] : []),
  ];
}
