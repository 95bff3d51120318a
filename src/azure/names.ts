import { keyOf, nameOf, resourceGroupOf, subscriptionOf } from './arm-id.ts';
import type { Inventory, NamedThing, NamesInAzure } from './ports.ts';
import type { ArmId } from './types.ts';

/** The lists that names are taken from. */
type Lists = Omit<Inventory, 'names'>;

/**
 * Everything that people call by a name, over all subscriptions. VMs and vaults there must be; plans, items and the names of subscriptions
 * are left out where Azure does not tell them.
 */
export async function namesIn(lists: Lists): Promise<NamesInAzure> {
  const [vms, vaults] = await Promise.all([lists.vms(), lists.vaults()]);
  const [plans, items, replicas, subscriptions] = await Promise.all([
    orNothing(lists.recoveryPlans()),
    orNothing(lists.protectedItems()),
    orNothing(lists.replicatedItems()),
    orNothing(lists.subscriptions()),
  ]);
  const standing = vms.value.map((vm) => thing('vm', vm.id, vm));
  const known = new Set(standing.map(({ id }) => keyOf(id)));
  const gone = [...items, ...replicas]
    .filter(({ vmId }) => vmId !== '' && !known.has(keyOf(vmId)))
    .map(({ vmId, friendlyName }) => thing('vm', vmId, { name: friendlyName, location: '' }));
  return {
    things: [
      ...standing,
      ...new Map(gone.map((one) => [keyOf(one.id), one])).values(),
      ...vaults.value.map((vault) => thing('vault', vault.id, vault)),
      ...plans.map(({ id, name }) => thing('plan', id, { name, location: '' })),
    ],
    subscriptions,
  };
}

/** A VM that is gone is known by what the vault holds of it, so its group and subscription come from its id. */
function thing(
  kind: NamedThing['kind'],
  id: ArmId,
  { name, location }: { readonly name: string; readonly location: string },
): NamedThing {
  return {
    kind,
    id,
    name: name === '' ? nameOf(id) : name,
    resourceGroup: resourceGroupOf(id),
    subscriptionId: subscriptionOf(id),
    location,
  };
}

async function orNothing<T>(list: Promise<{ readonly value: readonly T[] }>): Promise<readonly T[]> {
  return await list.then(
    ({ value }) => value,
    () => [],
  );
}
