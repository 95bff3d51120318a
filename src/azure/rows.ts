import { z } from 'zod';
import { nameOf, vaultOf } from './arm-id.ts';
import { defined, maybe, moment, momentIn, tags, tagsIn, words, wordsIn } from './fields.ts';
import type { ReplicatedItemSummary } from './ports.ts';
import type { RecoveryPlanSummary } from './recovery-types.ts';
import type { JobSummary, Network, ProtectedItem, Snapshot, Vault, Vm } from './types.ts';

const located = {
  id: z.string(),
  name: z.string(),
  resourceGroup: z.string(),
  subscriptionId: z.string(),
  location: z.string(),
};
const flag = z.union([z.boolean(), z.literal([0, 1]), z.enum(['true', 'false'])]).nullish();
const text = z.string().nullish();

function isSet(value: z.infer<typeof flag>): boolean {
  return value === true || value === 1 || value === 'true';
}

/*
 * VMs and protected items come by the hundred thousand: their rows are changed once as a whole, for each change of a field costs as much as the row.
 */

/** A row of `virtual-machines`. */
export const vmRow: z.ZodType<Vm> = z
  .object({
    ...located,
    osType: text,
    powerState: text,
    tags: z.record(z.string(), z.unknown()).nullish(),
    diskIds: z.array(z.string()).nullish(),
    availabilitySetId: text,
  })
  .transform(
    ({ osType, powerState, tags: given, diskIds, availabilitySetId, ...row }): Vm =>
      defined({
        ...row,
        osType: /^windows$/i.test(osType ?? '') ? ('Windows' as const) : ('Linux' as const),
        powerState: powerState ?? '',
        tags: tagsIn(given),
        diskIds: (diskIds ?? []).filter((id) => id !== ''),
        availabilitySetId: wordsIn(availabilitySetId),
      }),
  );

/** A row of `vaults`. */
export const vaultRow: z.ZodType<Vault> = z.object(located);

/** A row of `protected-items`. */
export const protectedItemRow: z.ZodType<ProtectedItem> = z
  .object({
    id: z.string(),
    vaultId: z.string(),
    datasourceId: z.string(),
    friendlyName: text,
    protectionState: z.string(),
    healthStatus: text,
    lastBackupStatus: text,
    lastBackupTime: z.unknown().optional(),
    lastRecoveryPoint: z.unknown().optional(),
    policyName: text,
    policyId: text,
    isScheduledForDeferredDelete: flag,
    deferredDeleteTimeInUTC: z.unknown().optional(),
  })
  .transform((row): ProtectedItem => {
    const softDeleted = isSet(row.isScheduledForDeferredDelete);
    return defined({
      id: row.id,
      vaultId: row.vaultId,
      protectionState: row.protectionState,
      healthStatus: wordsIn(row.healthStatus),
      lastBackupStatus: wordsIn(row.lastBackupStatus),
      lastBackupTime: momentIn(row.lastBackupTime),
      lastRecoveryPoint: momentIn(row.lastRecoveryPoint),
      policyName: wordsIn(row.policyName),
      policyId: wordsIn(row.policyId),
      vmId: row.datasourceId,
      friendlyName: wordsIn(row.friendlyName) ?? nameOf(row.datasourceId),
      softDeleted,
      deletedAt: softDeleted ? momentIn(row.deferredDeleteTimeInUTC) : undefined,
    });
  });

/** A row of `replicated-items`. */
export const replicatedItemRow: z.ZodType<ReplicatedItemSummary> = z
  .object({
    id: z.string(),
    vaultId: z.string(),
    name: z.string(),
    friendlyName: words,
    datasourceId: words,
    protectionState: z.string(),
    replicationHealth: words,
    testFailoverState: words,
    activeLocation: words,
    rpoInSeconds: maybe(z.coerce.number()),
    lastSuccessfulTestFailoverTime: moment,
  })
  .transform(
    ({ datasourceId, rpoInSeconds, lastSuccessfulTestFailoverTime, ...row }): ReplicatedItemSummary =>
      defined({
        ...row,
        friendlyName: row.friendlyName ?? row.name,
        vmId: datasourceId ?? '',
        replicationHealth: row.replicationHealth ?? 'None',
        testFailoverState: row.testFailoverState ?? 'None',
        activeLocation: row.activeLocation ?? '',
        rpoSeconds: rpoInSeconds,
        lastTestFailover: lastSuccessfulTestFailoverTime,
      }),
  );

/** A row of `snapshots`; `createdAt` is what the given clock says while Azure does not say it yet. */
export function snapshotRow(now: () => Date): z.ZodType<Snapshot> {
  return z
    .object({
      id: z.string(),
      name: z.string(),
      resourceGroup: z.string(),
      sourceResourceId: z.string(),
      timeCreated: moment,
      diskSizeGB: maybe(z.coerce.number()),
      incremental: flag.transform(isSet),
      tags,
    })
    .transform(({ sourceResourceId, timeCreated, diskSizeGB, ...row }) => ({
      ...row,
      sourceDiskId: sourceResourceId,
      createdAt: timeCreated ?? now().toISOString(),
      sizeGib: diskSizeGB ?? 0,
    }));
}

/** A row of `recovery-plans`. */
export const recoveryPlanRow: z.ZodType<RecoveryPlanSummary> = z
  .object({ id: z.string(), name: z.string(), vaultId: z.string(), friendlyName: words })
  .transform(({ id, name, vaultId, friendlyName }) => ({ id, vaultId, name: friendlyName ?? name }));

/** A row of `jobs`. */
export const jobRow: z.ZodType<JobSummary> = z
  .object({
    id: z.string(),
    name: z.string(),
    status: words,
    op: words,
    entity: words,
    start: moment,
    code: words,
    reason: words,
  })
  .transform(({ id, name, status, op, entity, start, code, reason }) =>
    defined({
      id,
      name,
      vaultId: vaultOf(id),
      service: /\/backupJobs\//i.test(id) ? ('backup' as const) : ('replication' as const),
      operation: op ?? '',
      status: status ?? '',
      target: entity ?? '',
      startedAt: start,
      code,
      reason,
    }),
  );

/** A row of `subscriptions`. */
export const subscriptionRow = z
  .object({ subscriptionId: z.string(), name: z.string() })
  .transform(({ subscriptionId, name }) => ({ id: subscriptionId, name }));

/** A row of `runbooks`. */
export const runbookRow = z.object({ id: z.string() });

/** A row of `networks`. */
export const networkRow: z.ZodType<Network> = z.object({
  id: z.string(),
  name: z.string(),
  resourceGroup: z.string(),
  location: z.string(),
  tags,
  subnets: maybe(z.array(z.object({ name: z.string() }))).transform((subnets) =>
    (subnets ?? []).map(({ name }) => name),
  ),
});
