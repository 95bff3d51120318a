import type { RecoveryPlan, ReplicationJob } from '../../../src/azure/recovery-types.ts';
import type { JobProgress } from '../../../src/azure/types.ts';
import { aJob, aReplica, ids } from '../../support/stub-azure.ts';

const vaultId = aReplica().vaultId;

/** ARM ids of the stubbed Site Recovery. */
export const recoveryIds = {
  vault: vaultId,
  plan: `${vaultId}/replicationRecoveryPlans/erp-plan`,
  job: `${vaultId}/replicationJobs/j1`,
} as const;

const every = { failoverTypes: ['TestFailover', 'UnplannedFailover'], failoverDirections: ['PrimaryToRecovery'] };

/** A plan of one VM with a manual action, which accepts a test failover and a failover. */
export function aPlan(change: Partial<RecoveryPlan> = {}): RecoveryPlan {
  return {
    id: recoveryIds.plan,
    vaultId,
    name: 'erp-plan',
    primaryRegion: 'westeurope',
    recoveryRegion: 'northeurope',
    allowedOperations: ['UnplannedFailover', 'TestFailover'],
    groups: [
      { kind: 'Shutdown', itemIds: [], before: [], after: [] },
      { kind: 'Failover', itemIds: [], before: [], after: [] },
      {
        kind: 'Boot',
        itemIds: [ids.replica],
        before: [],
        after: [{ name: 'Check', kind: 'manual', does: 'Look at the database', ...every }],
      },
    ],
    ...change,
  };
}

/** The plan's job, waiting for its manual action. */
export function aReplicationJob(change: Partial<ReplicationJob> = {}): ReplicationJob {
  const waits = {
    name: 'Check',
    state: 'running',
    waits: true,
    instructions: 'Look at the database',
    tasks: [],
  } as const;
  return {
    id: recoveryIds.job,
    name: 'j1',
    vaultId,
    scenario: 'TestFailover',
    status: 'Suspended',
    target: 'erp-plan',
    startedAt: '2026-03-02T07:50:00.000Z',
    allowedActions: ['Resume', 'Cancel'],
    recommendations: [],
    tasks: [{ name: 'Group 1', state: 'running', waits: false, tasks: [waits] }],
    ...change,
  };
}

/** A replication job that ended as told. */
export function aReplicationEnd(state: JobProgress['state']): JobProgress {
  return { ...aJob(state), ref: { kind: 'replication', vaultId, jobId: 'j1' } };
}

/** Answers of Resource Graph for one plan. */
export const onePlan = {
  recoveryPlans: async () => ({
    value: [{ id: recoveryIds.plan, vaultId, name: 'erp-plan' }],
    asOf: '2026-03-02T08:00:00.000Z',
  }),
};

/** The id of the VM that the failover made. */
export const recoveryVmId = ids.vm.replace('rg-sql', 'rg-dr-neu');

/** A replicated item after its failover. */
export function aFailedOver(change: Parameters<typeof aReplica>[0] = {}) {
  return aReplica({
    protectionState: 'UnplannedFailoverCommitPending',
    activeLocation: 'Recovery',
    allowedOperations: ['Commit', 'ChangePit'],
    recoveryVmId,
    policyId: `${vaultId}/replicationPolicies/p`,
    ...change,
  });
}

/** A recovery gateway that notes what is sent to it by one method. */
export function sentBy(method: string) {
  const sent: unknown[] = [];
  const send = async (_: string, request: unknown) => {
    sent.push(request);
    return { kind: 'replication', vaultId, jobId: 'j1' } as const;
  };
  return { sent, stub: { [method]: send } };
}

/** A VM of a plan that was failed over and committed, by its number. */
export function aCommitted(number: number, change: Parameters<typeof aReplica>[0] = {}) {
  return aFailedOver({
    id: ids.replica.replace(/r$/, `r${number}`),
    name: `r${number}`,
    friendlyName: `shop-${number}`,
    vmId: ids.vm.replace('sql-01', `shop-${number}`),
    recoveryVmId: recoveryVmId.replace('sql-01', `shop-${number}`),
    protectionState: 'UnplannedFailoverCommitted',
    allowedOperations: ['SwitchProtection'],
    ...change,
  });
}

/** A plan over these items, in one group. */
export function aPlanOf(items: readonly { readonly id: string }[], change: Partial<RecoveryPlan> = {}): RecoveryPlan {
  const group = { kind: 'Boot', itemIds: items.map(({ id }) => id), before: [], after: [] };
  return aPlan({ groups: [group], ...change });
}
