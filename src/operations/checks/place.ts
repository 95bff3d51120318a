import { nameOf, resourceGroupScopeOf, sameId, subscriptionOf } from '../../azure/arm-id.ts';
import type { Planned } from '../../azure/condition-types.ts';
import type { ArmId, Vm } from '../../azure/types.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../screen.ts';
import { allOf, checked, finding } from './check.ts';

/** Where Azure Backup keeps the instant recovery points of a region when nobody has named another group (learn.microsoft.com, "About Azure VM backup"). */
const pointsGroup = (location: string) => `AzureBackupRG_${location}_1`;

/** A lock under which nothing can be written in a resource group or of one resource, or nothing deleted where something has to be. */
export async function lockFindings(
  context: Context,
  scope: ArmId,
  { deletes }: { readonly deletes: boolean },
): Promise<readonly Finding[]> {
  return await checked(nameOf(scope), locked(context, scope, deletes ? ['ReadOnly', 'CanNotDelete'] : ['ReadOnly']));
}

async function locked(context: Context, scope: ArmId, levels: readonly string[]): Promise<readonly Finding[]> {
  const locks = (await context.azure.conditions.locks(scope)).filter(({ level }) => levels.includes(level));
  const group = nameOf(resourceGroupScopeOf(scope));
  return locks.map(({ name, scope: where, level }) =>
    finding('group-locked', { group, lock: name, where: nameOf(where), level }),
  );
}

/** What keeps a VM that stays where it is from being changed, and from getting new disks beside it: locks on it and its group, and policies. */
export async function changedVmFindings(
  context: Context,
  { id, name, location }: Pick<Vm, 'id' | 'name' | 'location'>,
): Promise<readonly Finding[]> {
  const groupId = resourceGroupScopeOf(id);
  return await allOf([
    lockFindings(context, groupId, { deletes: false }),
    lockFindings(context, id, { deletes: false }),
    policyFindings(context, groupId, [
      { type: 'Microsoft.Compute/disks', name: `${name}-osdisk`, location },
      { type: 'Microsoft.Compute/virtualMachines', name, location },
    ]),
  ]);
}

/** A lock on the group in which Azure keeps restore points: it cannot delete old ones, and one day makes no new ones. */
export async function pointsLockFindings(
  context: Context,
  of: { readonly vmId: ArmId; readonly location: string },
): Promise<readonly Finding[]> {
  const group = pointsGroup(of.location);
  const groupId = `/subscriptions/${subscriptionOf(of.vmId)}/resourceGroups/${group}`;
  // The group is Azure's own: it may not exist yet, or not be visible; then nobody has locked it for us to see.
  const locks = await context.azure.conditions.locks(groupId).catch(() => []);
  const own = locks.filter(({ scope }) => sameId(scope, groupId));
  return own.map(({ name }) => finding('points-locked', { group, lock: name }));
}

/** What Azure Policy would refuse. */
export async function policyFindings(
  context: Context,
  groupId: ArmId,
  planned: readonly Planned[],
): Promise<readonly Finding[]> {
  const looking = planned.map(async (one) => {
    const denials = await context.azure.conditions.denials(groupId, one);
    return denials.map(({ assignment, reason }) =>
      finding('policy-denies', { policy: assignment, what: one.type, group: nameOf(groupId), reason }),
    );
  });
  return await checked(
    'Azure Policy',
    Promise.all(looking).then((found) => found.flat()),
  );
}

/** The subnet is gone or has no free address. `subnetId` as ARM writes it. */
export async function subnetFindings(context: Context, subnetId: ArmId): Promise<readonly Finding[]> {
  const networkId = subnetId.replace(/\/subnets\/[^/]+$/i, '');
  const values = { subnet: nameOf(subnetId), network: nameOf(networkId) };
  const looking = async () => {
    const subnets = await context.azure.conditions.subnets(networkId);
    const subnet = subnets?.find(({ name }) => sameId(name, values.subnet));
    if (subnet === undefined) return [finding('subnet-missing', values)];
    return subnet.used < subnet.limit ? [] : [finding('subnet-full', { ...values, limit: subnet.limit })];
  };
  return await checked(values.network, looking());
}

/** What a new resource meets in its group: a lock, a policy. */
export async function madeFindings(context: Context, groupId: ArmId, planned: Planned): Promise<readonly Finding[]> {
  return await allOf([lockFindings(context, groupId, { deletes: false }), policyFindings(context, groupId, [planned])]);
}
