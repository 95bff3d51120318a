import { sameId } from '../../azure/arm-id.ts';
import type { ReplicatedItem } from '../../azure/types.ts';
import type { Context } from '../context.ts';
import { sameRegion } from './plan-now.ts';

/**
 * Whether a VM's failover brings it back. Azure has no word for it: but a vault never lies in the region from which it was set up to replicate
 * (the portal refuses that), so a VM that runs in its vault's region has been failed over before.
 */
export async function wayOf(context: Context, item: ReplicatedItem): Promise<'over' | 'back'> {
  const { value } = await context.azure.inventory.vaults();
  const vault = value.find(({ id }) => sameId(id, item.vaultId));
  return vault !== undefined && sameRegion(vault.location, item.primaryRegion) ? 'back' : 'over';
}
