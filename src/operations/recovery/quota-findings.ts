import { subscriptionOf } from '../../azure/arm-id.ts';
import type { ReplicatedItem } from '../../azure/types.ts';
import { checked } from '../checks/check.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../screen.ts';
import { planFinding } from './plan-checks.ts';

/**
 * Whether the region that VMs fail over to has cores left for all of them, by family and in all. It warns only: what Azure frees or grants meanwhile it
 * does not know, and in a disaster nobody waits for it. Where it cannot be looked at, a warning says so.
 */
export async function quotaFindings(context: Context, items: readonly ReplicatedItem[]): Promise<readonly Finding[]> {
  const [first] = items;
  if (first === undefined) return [];
  const { recoveryRegion, recoveryResourceGroupId, vaultId } = first;
  return await checked(recoveryRegion, shortOf(context, items, subscriptionOf(recoveryResourceGroupId ?? vaultId)));
}

async function shortOf(context: Context, items: readonly ReplicatedItem[], subscriptionId: string) {
  const region = items[0]?.recoveryRegion ?? '';
  const needed = await coresOf(context, items, subscriptionId);
  const quotas = await context.azure.conditions.quotas(subscriptionId, region);
  return quotas.flatMap(({ name, used, limit }) => {
    const cores = needed.get(name.toLowerCase()) ?? 0;
    const left = Math.max(0, limit - used);
    if (cores <= left) return [];
    const values = { name: name.toLowerCase() === 'cores' ? 'cores' : name, region, cores, left };
    return [{ ...planFinding('quota-short', values), varies: ['left'] }];
  });
}

/** Cores by the names of Azure's limits in lower case: each family's, and `cores` for all together. */
async function coresOf(
  context: Context,
  items: readonly ReplicatedItem[],
  subscriptionId: string,
): Promise<ReadonlyMap<string, number>> {
  const needed = new Map<string, number>();
  for (const { recoveryVmSize, recoveryRegion } of items) {
    if (recoveryVmSize === undefined) continue;
    const size = await context.azure.conditions.size(subscriptionId, recoveryRegion, recoveryVmSize);
    for (const name of size === undefined ? [] : [size.family.toLowerCase(), 'cores'])
      needed.set(name, (needed.get(name) ?? 0) + (size?.cores ?? 0));
  }
  return needed;
}
