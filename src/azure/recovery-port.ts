import type {
  EligibilityFault,
  NetworkMapping,
  NewReplication,
  PlanRequest,
  RecoveryPlan,
  ReplicationJob,
  ReplicationMapping,
  ReplicationPolicy,
  ReplicationSetup,
  SetupStep,
} from './recovery-types.ts';
import type { ArmId, Instant, JobRef, ReplicatedItem, ReplicationPoint } from './types.ts';

/** The door to Site Recovery, Azure to Azure; see `Ports`. */
export interface SiteRecoveryGateway {
  item(itemId: ArmId): Promise<ReplicatedItem>;
  /** Newest first. */
  recoveryPoints(itemId: ArmId): Promise<readonly ReplicationPoint[]>;
  testFailover(
    itemId: ArmId,
    request: {
      readonly recoveryPointId?: ArmId /** none: no network is attached */;
      readonly networkId?: ArmId;
      readonly clientRequestId: string;
    },
  ): Promise<JobRef>;
  cleanUpTestFailover(
    itemId: ArmId,
    request: { readonly comments: string; readonly clientRequestId: string },
  ): Promise<JobRef>;
  /** Makes the VM in the other region. Without `recoveryPointId` from the newest point that Azure has processed. */
  failOver(
    itemId: ArmId,
    request: SourceHandling & { readonly recoveryPointId?: ArmId; readonly clientRequestId: string },
  ): Promise<JobRef>;
  /** Another recovery point for the VM that was failed over; only until the commit. */
  changePoint(
    itemId: ArmId,
    request: { readonly recoveryPointId: ArmId; readonly clientRequestId: string },
  ): Promise<JobRef>;
  /** Ends the failover for good: the other recovery points are deleted. */
  commit(itemId: ArmId, request: { readonly clientRequestId: string }): Promise<JobRef>;
  /** Replicates the other way round. Afterwards the item lies in the other fabric, under the same name. */
  reprotect(itemId: ArmId, request: Reprotect & { readonly clientRequestId: string }): Promise<JobRef>;
  plan(planId: ArmId): Promise<RecoveryPlan>;
  /** Without a network no VM gets a network card. */
  testFailoverPlan(planId: ArmId, request: PlanRequest & { readonly networkId?: ArmId }): Promise<JobRef>;
  cleanUpPlan(planId: ArmId, request: { readonly comments: string; readonly clientRequestId: string }): Promise<JobRef>;
  failOverPlan(planId: ArmId, request: PlanRequest & SourceHandling): Promise<JobRef>;
  commitPlan(planId: ArmId, request: { readonly clientRequestId: string }): Promise<JobRef>;
  /** One job with its tree of tasks. Costs of the budget of job reads. */
  job(jobId: ArmId): Promise<ReplicationJob>;
  /** Only what the job's `allowedActions` say. `comments` go with a Resume. */
  actOnJob(
    jobId: ArmId,
    request: {
      readonly action: 'Cancel' | 'Restart' | 'Resume';
      readonly comments: string;
      readonly clientRequestId: string;
    },
  ): Promise<JobRef>;
  /** All replicated items of a vault, from the vault itself. Where no right is held at the vault, its containers are asked one by one. */
  items(vaultId: ArmId): Promise<readonly ReplicatedItem[]>;
  /** Jobs of several items of one vault, of any of the scenarios, with one list; see `jobsSince`. */
  itemJobsSince(
    vaultId: ArmId,
    wanted: {
      readonly items: readonly Pick<ReplicatedItem, 'id' | 'friendlyName'>[];
      readonly scenarios: readonly string[];
      readonly since: Instant;
    },
  ): Promise<readonly { readonly itemId: ArmId; readonly jobId: string }[]>;
  /** From where to where the vault replicates; see `items` for rights. */
  mappings(vaultId: ArmId): Promise<readonly ReplicationMapping[]>;
  setup(vaultId: ArmId): Promise<ReplicationSetup>;
  /** Makes one thing of the setup. */
  setUp(step: SetupStep, request: { readonly clientRequestId: string }): Promise<JobRef>;
  /** A job of the vault that makes such things, began at or after the moment, and is not over. Costs of the budget of job reads. */
  setupUnderWay(vaultId: ArmId, since: Instant): Promise<JobRef | undefined>;
  networkMappings(vaultId: ArmId): Promise<readonly NetworkMapping[]>;
  policy(policyId: ArmId): Promise<ReplicationPolicy>;
  /** Azure's own opinion on replicating a VM; empty when nothing is in the way. */
  eligibility(vmId: ArmId): Promise<readonly EligibilityFault[]>;
  /** Begins to replicate a VM: the item gets the given name. */
  enable(itemName: string, request: NewReplication & { readonly clientRequestId: string }): Promise<JobRef>;
  /** Ends the replication; its recovery points are deleted, the VMs stay. */
  disable(itemId: ArmId, request: { readonly clientRequestId: string }): Promise<JobRef>;
  /** Jobs of the plan; see `jobsSince`. */
  planJobsSince(planId: ArmId, scenario: string, since: Instant): Promise<readonly JobRef[]>;
  /** Jobs of the item (by Azure's scenario name: TestFailover, TestFailoverCleanup, …) that began at or after `since`. */
  jobsSince(itemId: ArmId, scenario: string, since: Instant): Promise<readonly JobRef[]>;
  /** Durations in seconds of the vault's own last successful jobs of that scenario, newest first: those of single VMs, or those of whole plans. */
  pastDurations(vaultId: ArmId, scenario: string, of: JobsOf): Promise<readonly number[]>;
}

/** A plan's job starts its VMs in groups and runs actions between them: how long it takes a VM's does not tell. */
export type JobsOf = 'vms' | 'plans';

/** Whether Azure shuts the source down before it fails over (no data is meant to be lost), or takes it for gone. */
export interface SourceHandling {
  readonly shutDownSource: boolean;
}

/** What Azure needs to replicate a failed-over VM back. */
export interface Reprotect {
  /** Of the VM that was failed over, not of the old source. */
  readonly diskIds: readonly ArmId[];
  /** Where the old source lies. */
  readonly groupId: ArmId;
  /** A storage account in the region where the VM runs now. */
  readonly cacheAccountId: ArmId;
  readonly policyId: ArmId;
}
