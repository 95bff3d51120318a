import { nameOf, resourceGroupScopeOf, subscriptionOf } from '../../azure/arm-id.ts';
import type { Reprotect } from '../../azure/ports.ts';
import type { ArmId, ReplicatedItem } from '../../azure/types.ts';
import { CatalogueError } from '../../errors.ts';
import type { Context } from '../context.ts';

/** Which of the two Azure writes is not certain (azure-api.md 2.0). */
export const reprotectScenarios: readonly string[] = ['SwitchProtection', 'ReprotectVM'];

/** The right to reprotect an item. */
export const reprotectAction =
  'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/switchprotection/action';

/** A storage account in the region where a VM runs now; one that was made for replication before any other. */
export async function cacheAccount(context: Context, vaultId: ArmId, region: string): Promise<ArmId | undefined> {
  const accounts = await context.azure.backup.storageAccounts(subscriptionOf(vaultId), region);
  return (accounts.find(({ name }) => /asr|cache/i.test(name)) ?? accounts[0])?.id;
}

/** How a cache is told, or that there is none. */
export function cacheName<T>(cache: ArmId | undefined, none: T): string | T {
  return cache === undefined ? none : nameOf(cache);
}

/** What Azure needs to replicate a failed-over VM back to where it came from. @throws CatalogueError `not-allowed-by-azure-now` */
export async function wayBack(
  context: Context,
  item: ReplicatedItem,
  cacheAccountId: ArmId | undefined,
): Promise<Reprotect> {
  const { recoveryVmId, policyId } = item;
  if (recoveryVmId === undefined || policyId === undefined || cacheAccountId === undefined)
    throw new CatalogueError('not-allowed-by-azure-now');
  const { diskIds } = await context.azure.compute.vm(recoveryVmId);
  return { diskIds, groupId: resourceGroupScopeOf(item.vmId), cacheAccountId, policyId };
}
