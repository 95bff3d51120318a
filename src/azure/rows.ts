import { z } from 'zod';
import { vaultOf } from './arm-id.ts';
import { defined, maybe, moment, tags, words } from './fields.ts';
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
const flag = maybe(z.union([z.boolean(), z.literal([0, 1]), z.enum(['true', 'false'])])).transform(
  (value) => value === true || value === 1 || value === 'true',
);

/** A row of `virtual-machines`. */
export const vmRow: z.ZodType<Vm> = z
  .object({
    ...located,
    osType: maybe(z.string()).transform((value): Vm['osType'] =>
      /^windows$/i.test(value ?? '') ? 'Windows' : 'Linux',
    ),
    powerState: words.transform((value) => value ?? ''),
    tags,
    diskIds: maybe(z.array(z.string())).transform((ids) => (ids ?? []).filter((id) => id !== '')),
    availabilitySetId: words,
  })
  .transform((row) => defined(row));

/** A row of `vaults`. */
export const vaultRow: z.ZodType<Vault> = z.object(located);

/** A row of `protected-items`. */
export const protectedItemRow: z.ZodType<ProtectedItem> = z
  .object({
    id: z.string(),
    vaultId: z.string(),
    datasourceId: z.string(),
    friendlyName: words,
    protectionState: z.string(),
    healthStatus: words,
    lastBackupStatus: words,
    lastBackupTime: moment,
    lastRecoveryPoint: moment,
    policyName: words,
    policyId: words,
    isScheduledForDeferredDelete: flag,
    deferredDeleteTimeInUTC: moment,
  })
  .transform(
    ({ datasourceId, friendlyName, isScheduledForDeferredDelete, deferredDeleteTimeInUTC, ...row }): ProtectedItem =>
      defined({
        ...row,
        vmId: datasourceId,
        friendlyName: friendlyName ?? datasourceId.slice(datasourceId.lastIndexOf('/') + 1),
        softDeleted: isScheduledForDeferredDelete,
        deletedAt: isScheduledForDeferredDelete ? deferredDeleteTimeInUTC : undefined,
      }),
  );

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
      incremental: flag,
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
