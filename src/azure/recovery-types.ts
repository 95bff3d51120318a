import type { AzureFault } from '../errors.ts';
import type { ArmId, Instant, TaskState } from './types.ts';

/** A recovery plan as Resource Graph knows it. */
export interface RecoveryPlanSummary {
  readonly id: ArmId;
  readonly vaultId: ArmId;
  readonly name: string;
}

/** A step of a recovery plan that is not the start of a VM. */
export interface PlanAction {
  readonly name: string;
  readonly kind: 'manual' | 'runbook' | 'script';
  /** What a person is told to do, or the runbook's id, or the script's path. */
  readonly does?: string;
  /** TestFailover, UnplannedFailover, PlannedFailover; it never runs for others. */
  readonly failoverTypes: readonly string[];
  readonly failoverDirections: readonly string[];
}

/** A group of a recovery plan. The VMs of one group start together, the groups one after another. */
export interface PlanGroup {
  /** As Azure writes it: Shutdown, Failover, Boot. */
  readonly kind: string;
  /** Replicated items. */
  readonly itemIds: readonly ArmId[];
  readonly before: readonly PlanAction[];
  readonly after: readonly PlanAction[];
}

/** A recovery plan as the vault tells it. */
export interface RecoveryPlan extends RecoveryPlanSummary {
  readonly primaryRegion: string;
  readonly recoveryRegion: string;
  /** What Azure accepts now; see `ReplicatedItem`. */
  readonly allowedOperations: readonly string[];
  readonly lastTestFailover?: Instant;
  readonly lastFailover?: Instant;
  /** Azure's word for what it is doing now. */
  readonly running?: string;
  readonly groups: readonly PlanGroup[];
}

/** A task of a replication job, with what is inside it. */
export interface ReplicationTask {
  readonly name: string;
  readonly state: TaskState;
  /** It waits for a person. */
  readonly waits: boolean;
  /** What that person is told to do. */
  readonly instructions?: string;
  readonly tasks: readonly ReplicationTask[];
}

/** A job of Site Recovery. */
export interface ReplicationJob {
  readonly id: ArmId;
  readonly name: string;
  readonly vaultId: ArmId;
  /** TestFailover, UnplannedFailover, CommitFailover, SwitchProtection, … */
  readonly scenario: string;
  /** NotStarted, InProgress, Succeeded, Failed, Cancelled, Suspended (it waits for a manual action), … */
  readonly status: string;
  /** The VM's or the plan's name. */
  readonly target: string;
  /** Cancel, Restart, Resume. */
  readonly allowedActions: readonly string[];
  readonly tasks: readonly ReplicationTask[];
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  readonly fault?: AzureFault;
  readonly recommendations: readonly string[];
}
