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
  /** How long a runbook or a script may take, as Azure writes it: `PT30M`. */
  readonly timeout?: string;
  /** On which side a runbook or a script runs: Primary or Recovery. */
  readonly runsIn?: string;
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
  /** The VM that it is about, in the tasks of a recovery plan's job. */
  readonly vmName?: string;
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
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

/** Which point of each VM a whole plan goes to; a point of its own can only be chosen for a single VM. */
export type PlanPoint = 'latest-processed' | 'latest' | 'application-consistent' | 'crash-consistent';

/** What every failover of a whole plan is sent with. */
export interface PlanRequest {
  /** `latest-processed` where it is not said. */
  readonly point?: PlanPoint;
  /** The plan's VMs run in its recovery region, and go back. */
  readonly back?: boolean;
  readonly clientRequestId: string;
}

/** From where to where a vault replicates, by which policy: a mapping of two of its containers. */
export interface ReplicationMapping {
  readonly id: ArmId;
  readonly vaultId: ArmId;
  readonly containerId: ArmId;
  readonly targetContainerId: ArmId;
  readonly policyId: ArmId;
  readonly policyName: string;
  /** As Azure writes locations: `westeurope`. */
  readonly fromRegion: string;
  readonly toRegion: string;
}

/** What a vault has that a mapping can be made of. */
export interface ReplicationSetup {
  readonly fabrics: readonly { readonly name: string; readonly region: string }[];
  readonly containers: readonly ArmId[];
  readonly policies: readonly { readonly id: ArmId; readonly name: string }[];
}

/** One thing that is made so that a vault can replicate from one region to another; each of them is harmless when it is there already. */
export type SetupStep =
  /** A region. */
  | { readonly kind: 'fabric'; readonly id: ArmId; readonly region: string }
  /** How often points are made, and how long they are kept. */
  | { readonly kind: 'policy'; readonly id: ArmId }
  | { readonly kind: 'container'; readonly id: ArmId }
  | { readonly kind: 'mapping'; readonly id: ArmId; readonly targetContainerId: ArmId; readonly policyId: ArmId }
  | {
      readonly kind: 'network-mapping';
      readonly id: ArmId;
      readonly primaryNetworkId: ArmId;
      readonly recoveryNetworkId: ArmId;
      readonly recoveryFabric: string;
    };

/** Which network of the other region stands for one of the first. */
export interface NetworkMapping {
  readonly primaryNetworkId: ArmId;
  readonly recoveryNetworkId: ArmId;
}

/** A replication policy of Azure to Azure. */
export interface ReplicationPolicy {
  readonly id: ArmId;
  readonly name: string;
  /** Missing where Azure says 0, which stands for "none of its own". */
  readonly rpoThresholdMinutes?: number;
  readonly historyMinutes?: number;
}

/** What Azure needs to replicate a VM. */
export interface NewReplication {
  readonly mapping: ReplicationMapping;
  readonly vmId: ArmId;
  readonly disks: readonly { readonly id: ArmId; readonly sku: string }[];
  readonly groupId: ArmId;
  /** A storage account in the VM's region. */
  readonly cacheAccountId: ArmId;
  /** Without one the VM gets no network card after a failover. */
  readonly networkId?: ArmId;
}

/** Why Azure would not replicate a VM. */
export interface EligibilityFault {
  readonly code: string;
  readonly message: string;
  readonly action?: string;
}
