import { nameOf, sameId, subscriptionOf } from '../../azure/arm-id.ts';
import type { Right } from '../../azure/ports.ts';
import type { ArmId, JobRef, RecoveryPoint, RestoreTarget } from '../../azure/types.ts';
import { CatalogueError } from '../../errors.ts';
import { say } from '../../message.ts';
import { recordedJob } from '../backup/item-change.ts';
import type { Context } from '../context.ts';
import { fact } from '../facts.ts';
import { protectedItemOf } from '../located.ts';
import type { Execution } from '../operation.ts';
import type { Choice, Fact } from '../screen.ts';
import { offeredPoints, pointChoices, requestOf, type Source, sourceOf, stagingIn } from './restore-source.ts';

/** Where a restore goes: into the vault's own region, or into the paired one from the copy that Azure keeps there. */
export type Region = 'secondary' | undefined;

const points = 'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints';
/** The right to take a recovery point to the paired region: without it Azure gives no token. */
export const crossRegionAction = `${points}/accessToken/action`;
/** The right to restore there; it lies at the subscription, for a region is in no group. */
export const crossRegionRestoreAction = 'Microsoft.RecoveryServices/locations/backupCrossRegionRestore/action';

/** What a restore to the paired region needs besides the right to restore. */
export async function placeRights(context: Context, vm: ArmId, region: Region): Promise<readonly Right[]> {
  if (region === undefined) return [];
  const { vaultId } = await protectedItemOf(context, vm);
  return [
    { action: crossRegionAction, scope: vaultId },
    { action: crossRegionRestoreAction, scope: `/subscriptions/${subscriptionOf(vaultId)}` },
  ];
}

/** The region by name. @throws CatalogueError `no-secondary-region` where the vault keeps no copy that may be restored from */
export async function regionOf(context: Context, vm: ArmId, region: Region): Promise<string> {
  const { vaultId } = await protectedItemOf(context, vm);
  const vault = await context.azure.backup.vault(vaultId);
  if (region === undefined) return vault.location;
  const paired = vault.crossRegionRestore
    ? await context.azure.backup.pairedRegion(subscriptionOf(vaultId), vault.location)
    : undefined;
  if (paired !== undefined) return paired;
  const redundancy = vault.redundancy ?? 'none';
  throw new CatalogueError('no-secondary-region', { values: { vault: nameOf(vaultId), redundancy } });
}

/** Points to choose from: of the paired region only what has been copied there. */
export async function choicesIn(context: Context, vm: ArmId, region: Region): Promise<readonly Choice[]> {
  if (region === undefined) return await pointChoices(context, vm);
  return offeredPoints(await secondaryPoints(context, vm));
}

async function secondaryPoints(context: Context, vm: ArmId): Promise<readonly RecoveryPoint[]> {
  await regionOf(context, vm, 'secondary');
  const { id } = await protectedItemOf(context, vm);
  return await context.azure.backup.secondaryPoints(id);
}

/** What is restored, and where. @throws CatalogueError as `sourceOf` and `regionOf` */
export async function sourceIn(
  context: Context,
  vm: ArmId,
  { point, region }: { readonly point: ArmId; readonly region: Region },
): Promise<Source> {
  if (region === undefined) return await sourceOf(context, vm, point);
  const [item, found, name] = await Promise.all([
    protectedItemOf(context, vm),
    secondaryPoints(context, vm),
    regionOf(context, vm, region),
  ]);
  const chosen = found.find(({ id }) => sameId(id, point));
  if (chosen === undefined) throw new CatalogueError('point-not-there', { values: { region: name } });
  return { item, point: chosen, region: name, secondary: true };
}

/** The storage account for the way: one of the region that is restored to. */
export async function stagingAt(context: Context, vm: ArmId, region: Region): Promise<ArmId | undefined> {
  return await stagingIn(context, vm, await regionOf(context, vm, region));
}

/** Which region, where it is not the vault's own. */
export function placeFacts(source: Source): readonly Fact[] {
  return source.secondary !== true ? [] : [fact('region', say('fact.secondary', { region: source.region }))];
}

/** Sends the restore to where its source is. */
export async function restoreThere(
  context: Context,
  source: Source,
  { target, staging, clientRequestId }: Sending,
): Promise<JobRef> {
  if (staging === undefined) throw new CatalogueError('internal');
  const request = { ...requestOf(source, target, staging), clientRequestId };
  const { backup } = context.azure;
  if (source.secondary === true) return await backup.restoreSecondary(source.item.id, request);
  return await backup.restore(source.item.id, request);
}

interface Sending {
  readonly target: RestoreTarget;
  readonly staging: string | undefined;
  readonly clientRequestId: string;
}

/** What Azure has recorded of a restore since the run started. */
export async function restoresFound(
  context: Context,
  vm: ArmId,
  { region, startingAt }: Pick<Execution, 'startingAt'> & { readonly region: Region },
): Promise<JobRef | 'nothing' | 'unclear'> {
  if (region === undefined) return await recordedJob(context, vm, { kind: 'Restore', startingAt });
  const [{ id }, name] = await Promise.all([protectedItemOf(context, vm), regionOf(context, vm, region)]);
  const jobs = await context.azure.backup.secondaryRestoresSince(id, name, startingAt);
  return jobs.length > 1 ? 'unclear' : (jobs[0] ?? 'nothing');
}
