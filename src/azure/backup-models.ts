import { z } from 'zod';
import { nameOf, vaultOf } from './arm-id.ts';
import { consistency, defined, maybe, moment, words } from './fields.ts';
import type { ProtectedItem, RecoveryPoint } from './types.ts';

const daySeconds = 86_400;

/** `13.23:59:44.6…`: days, hours, minutes, seconds that are left. */
const remaining = words.transform((value) => {
  const parts = /^(?:(\d+)\.)?(\d+):(\d+):(\d+)/.exec(value ?? '');
  if (parts === null) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return days * daySeconds + hours * 3600 + minutes * 60 + seconds;
});

/** A protected item as the vault tells it. When it will be gone for good comes from the time that is left, where that is told. */
export function protectedItem(now: () => Date): z.ZodType<ProtectedItem> {
  return z
    .object({
      id: z.string(),
      properties: z.object({
        sourceResourceId: words,
        virtualMachineId: words,
        friendlyName: words,
        protectionState: z.string(),
        healthStatus: words,
        lastBackupStatus: words,
        lastBackupTime: moment,
        lastRecoveryPoint: moment,
        policyId: words,
        policyName: words,
        isScheduledForDeferredDelete: maybe(z.boolean()),
        deferredDeleteTimeInUTC: moment,
        deferredDeleteTimeRemaining: remaining,
      }),
    })
    .transform(({ id, properties: item }, context): ProtectedItem => {
      const vmId = item.virtualMachineId ?? item.sourceResourceId;
      if (vmId === undefined)
        context.addIssue({ code: 'custom', message: 'no VM', path: ['properties.sourceResourceId'] });
      const softDeleted = item.isScheduledForDeferredDelete ?? false;
      return defined({
        id,
        vaultId: vaultOf(id),
        vmId: vmId ?? '',
        friendlyName: item.friendlyName ?? nameOf(vmId ?? ''),
        protectionState: item.protectionState,
        healthStatus: item.healthStatus,
        lastBackupStatus: item.lastBackupStatus,
        lastBackupTime: item.lastBackupTime,
        lastRecoveryPoint: item.lastRecoveryPoint,
        policyName: item.policyName ?? (item.policyId === undefined ? undefined : nameOf(item.policyId)),
        softDeleted,
        deletedAt: softDeleted ? item.deferredDeleteTimeInUTC : undefined,
        deletedForGoodAt: softDeleted ? endOf(item.deferredDeleteTimeRemaining, now()) : undefined,
      });
    });
}

function endOf(left: number | undefined, now: Date): string | undefined {
  return left === undefined ? undefined : new Date(now.getTime() + left * 1000).toISOString();
}

const tierNames: Readonly<Record<string, RecoveryPoint['tiers'][number]>> = {
  InstantRP: 'instant',
  HardenedRP: 'vault',
  ArchivedRP: 'archive',
};
const usable = new Set(['Valid', 'Rehydrated']);
const tier = z.object({ type: words, status: words });

/** A recovery point; undefined when none of its tiers holds it any longer. */
export const recoveryPoint: z.ZodType<RecoveryPoint | undefined> = z
  .object({
    id: z.string(),
    name: z.string(),
    properties: z.object({
      recoveryPointType: consistency,
      recoveryPointTime: moment.pipe(z.string()),
      recoveryPointTierDetails: maybe(z.array(tier)),
      isInstantIlrSessionActive: maybe(z.boolean()),
      isSourceVMEncrypted: maybe(z.boolean()),
      recoveryPointDiskConfiguration: maybe(
        z.object({ numberOfDisksAttachedToVm: maybe(z.number()), numberOfDisksIncludedInBackup: maybe(z.number()) }),
      ),
      recoveryPointProperties: maybe(z.object({ expiryTime: moment, isSoftDeleted: maybe(z.boolean()) })),
    }),
  })
  .transform(({ id, name, properties: point }) => {
    const told = point.recoveryPointTierDetails;
    const tiers = (told ?? [])
      .filter(({ status }) => usable.has(status ?? ''))
      .flatMap(({ type }) => tierNames[type ?? ''] ?? []);
    if (told !== undefined && told.length > 0 && tiers.length === 0) return undefined;
    return defined({
      id,
      name,
      time: point.recoveryPointTime,
      consistency: point.recoveryPointType,
      tiers,
      encrypted: point.isSourceVMEncrypted === true ? true : undefined,
      disks: disksOf(point.recoveryPointDiskConfiguration),
      expiresAt: point.recoveryPointProperties?.expiryTime,
      filesOpen: point.isInstantIlrSessionActive === true ? true : undefined,
    });
  });

interface DiskCounts {
  readonly numberOfDisksAttachedToVm: number | undefined;
  readonly numberOfDisksIncludedInBackup: number | undefined;
}

function disksOf(counts: DiskCounts | undefined): RecoveryPoint['disks'] {
  const { numberOfDisksAttachedToVm: attached, numberOfDisksIncludedInBackup: included } = counts ?? {};
  return attached === undefined || included === undefined ? undefined : { attached, included };
}
