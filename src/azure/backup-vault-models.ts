import { z } from 'zod';
import { defined, maybe, words } from './fields.ts';
import type { BackupPolicy, VaultSettings } from './types.ts';

const setting = maybe(z.object({ state: words }));
const security = z.object({
  immutabilitySettings: setting,
  softDeleteSettings: maybe(z.object({ softDeleteState: words, softDeleteRetentionPeriodInDays: maybe(z.number()) })),
});
const redundancy = z.object({ standardTierStorageRedundancy: words, crossRegionRestore: words });

/** A vault from its own GET; the list of vaults lacks all of this (azure-api.md 1.1). */
export const vaultSettings: z.ZodType<VaultSettings> = z
  .object({
    id: z.string(),
    name: z.string(),
    location: z.string(),
    properties: z.object({ redundancySettings: maybe(redundancy), securitySettings: maybe(security) }),
  })
  .transform(({ properties: { redundancySettings: stored, securitySettings: secured }, ...vault }) =>
    defined({
      ...vault,
      redundancy: stored?.standardTierStorageRedundancy,
      crossRegionRestore: /^enabled$/i.test(stored?.crossRegionRestore ?? ''),
      softDelete: softDeleteOf(secured?.softDeleteSettings?.softDeleteState),
      softDeleteDays: secured?.softDeleteSettings?.softDeleteRetentionPeriodInDays,
      immutability: immutabilityOf(secured?.immutabilitySettings?.state),
    }),
  );

function softDeleteOf(state: string | undefined): VaultSettings['softDelete'] {
  const known: Readonly<Record<string, VaultSettings['softDelete']>> = {
    disabled: 'off',
    enabled: 'on',
    alwayson: 'always',
  };
  return known[state?.toLowerCase() ?? ''] ?? 'unknown';
}

function immutabilityOf(state: string | undefined): VaultSettings['immutability'] {
  if (/^locked$/i.test(state ?? '')) return 'locked';
  return /^unlocked$/i.test(state ?? '') ? 'unlocked' : 'off';
}

/** The link from a vault to its Resource Guard (azure-api.md 1.5). */
export const guardProxy = z
  .object({
    properties: z.object({
      resourceGuardResourceId: z.string(),
      resourceGuardOperationDetails: maybe(z.array(z.object({ vaultCriticalOperation: words }))),
    }),
  })
  .transform(({ properties: { resourceGuardResourceId, resourceGuardOperationDetails } }) => ({
    guard: resourceGuardResourceId,
    protects: (resourceGuardOperationDetails ?? []).flatMap((one) => one.vaultCriticalOperation ?? []),
  }));

const daysIn: Readonly<Record<string, number>> = { days: 1, weeks: 7, months: 30, years: 365 };
const duration = maybe(z.object({ count: maybe(z.number()), durationType: words })).transform((value) =>
  value?.count === undefined ? undefined : value.count * (daysIn[value.durationType?.toLowerCase() ?? ''] ?? 1),
);
const schedule = maybe(z.object({ retentionDuration: duration }));
const retention = maybe(z.object({ retentionDuration: duration, dailySchedule: schedule, weeklySchedule: schedule }));

/** A policy for VMs. Its retention is that of its most frequent points; a month counts as 30 days. */
export const backupPolicy: z.ZodType<BackupPolicy> = z
  .object({
    id: z.string(),
    name: z.string(),
    properties: z.object({
      policyType: words,
      instantRpRetentionRangeInDays: maybe(z.number()),
      schedulePolicy: maybe(z.object({ scheduleRunFrequency: words })),
      retentionPolicy: retention,
    }),
  })
  .transform(({ id, name, properties: policy }) =>
    defined({
      id,
      name,
      enhanced: policy.policyType === 'V2',
      frequency: policy.schedulePolicy?.scheduleRunFrequency,
      retentionDays:
        policy.retentionPolicy?.dailySchedule?.retentionDuration ??
        policy.retentionPolicy?.weeklySchedule?.retentionDuration ??
        policy.retentionPolicy?.retentionDuration,
      instantDays: policy.instantRpRetentionRangeInDays,
    }),
  );
