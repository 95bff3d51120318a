import { keyOf } from '../azure/arm-id.ts';
import type { Instant, ProtectedItem, Vault } from '../azure/types.ts';
import type { Context } from './context.ts';

const dayMs = 86_400_000;
/** Azure's own, where the vault does not say how long it keeps what was deleted. */
const usualDays = 14;

/**
 * When soft-deleted data is gone for good. The vault itself tells how much time is left. Lists tell only when it was deleted, for that is what
 * `deferredDeleteTimeInUTC` is (azure-api.md 1.1: beside it, of an item just deleted, stand nearly fourteen days that are left), so the days that the
 * vault keeps it are added. Undefined where Azure tells neither.
 */
export function goneForGoodAt(item: ProtectedItem, vaults: readonly Vault[] = []): Instant | undefined {
  const { deletedForGoodAt, deletedAt, vaultId } = item;
  if (deletedForGoodAt !== undefined || deletedAt === undefined) return deletedForGoodAt;
  const vault = vaults.find(({ id }) => keyOf(id) === keyOf(vaultId));
  const days = vault?.safeguards?.softDeleteDays ?? usualDays;
  return new Date(Date.parse(deletedAt) + days * dayMs).toISOString();
}

/** The vaults' own periods of soft delete; asked for only where something is deleted. */
export async function keepersOf(context: Context, items: readonly ProtectedItem[]): Promise<readonly Vault[]> {
  if (!items.some(({ softDeleted }) => softDeleted)) return [];
  return (await context.azure.inventory.vaultsAndSnapshots()).value.vaults;
}
