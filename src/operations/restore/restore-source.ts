import { sameId } from '../../azure/arm-id.ts';
import type { Right } from '../../azure/ports.ts';
import type { ArmId, ProtectedItem, RecoveryPoint, RestoreRequest, RestoreTarget } from '../../azure/types.ts';
import { CatalogueError } from '../../errors.ts';
import type { Context } from '../context.ts';
import { protectedItemOf } from '../located.ts';
import { atLeastOne } from '../offered.ts';
import { own } from '../operation.ts';
import type { Choice } from '../screen.ts';

const point = own('recovery-point.list');
/** The right to restore, which lies at the vault. */
export const restoreAction =
  'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints/restore/action';

/** What is restored: the item, the point, and where its vault is. */
export interface Source {
  readonly item: ProtectedItem;
  readonly point: RecoveryPoint;
  readonly region: string;
  /** From the copy in the paired region, which `region` then is. */
  readonly secondary?: true;
}

/** @throws CatalogueError `not-protected`; `azure-not-found` when the point has expired or belongs to another VM */
export async function sourceOf(context: Context, vm: ArmId, pointId: ArmId): Promise<Source> {
  const item = await protectedItemOf(context, vm);
  const [points, vault] = await Promise.all([
    context.azure.backup.recoveryPoints(item.id),
    context.azure.backup.vault(item.vaultId),
  ]);
  const found = points.find(({ id }) => sameId(id, pointId));
  if (found === undefined) throw new CatalogueError('no-recovery-points');
  return { item, point: found, region: vault.location };
}

/** All recovery points, newest first, each with its consistency and its tiers. */
export async function pointChoices(context: Context, vm: ArmId): Promise<readonly Choice[]> {
  return offeredPoints(await context.azure.backup.recoveryPoints((await protectedItemOf(context, vm)).id));
}

/** Recovery points as choices. @throws CatalogueError `no-recovery-points` */
export function offeredPoints(points: readonly RecoveryPoint[]): readonly Choice[] {
  const choices = points.map((one) => ({
    value: one.id,
    title: { time: one.time },
    details: point('line', { consistency: point(one.consistency), tiers: tiersOf(one) }),
    point: { time: one.time, consistency: one.consistency },
  }));
  return atLeastOne(choices, 'no-recovery-points');
}

/** Where a recovery point lies, in words. */
export function tiersOf({ tiers }: RecoveryPoint) {
  return tiers.map((tier) => point(tier));
}

/** How a recovery point was made, in words. */
export function consistencyOf({ consistency }: RecoveryPoint) {
  return point(consistency);
}

/**
 * The storage account through which Azure passes the restore: one of the vault's region, rather one that is named for backups.
 * Undefined when there is none; a check says so.
 */
export async function stagingFor(context: Context, vm: ArmId): Promise<ArmId | undefined> {
  const { vaultId } = await protectedItemOf(context, vm);
  const { location } = await context.azure.backup.vault(vaultId);
  return await stagingIn(context, vm, location);
}

/** See `stagingFor`. */
export async function stagingIn(context: Context, vm: ArmId, location: string): Promise<ArmId | undefined> {
  const { vaultId } = await protectedItemOf(context, vm);
  const subscriptionId = /^\/subscriptions\/([^/]+)/i.exec(vaultId)?.[1] ?? '';
  const accounts = await context.azure.backup.storageAccounts(subscriptionId, location);
  const sorted = accounts.toSorted((a, b) => a.name.localeCompare(b.name));
  return (sorted.find(({ name }) => name.includes('backup')) ?? sorted[0])?.id;
}

/** What goes to Azure. */
export function requestOf(source: Source, target: RestoreTarget, stagingAccountId: ArmId): RestoreRequest {
  const { item, point: chosen, region } = source;
  return { pointName: chosen.name, vmId: item.vmId, region, stagingAccountId, target };
}

/** The rights that every restore needs: the restore itself, and disks where they are made. */
export async function restoreRights(context: Context, vm: ArmId, groupId: ArmId): Promise<readonly Right[]> {
  const { vaultId } = await protectedItemOf(context, vm);
  return [
    { action: restoreAction, scope: vaultId },
    { action: 'Microsoft.Compute/disks/write', scope: groupId },
  ];
}
