import type { RecoveryPlan, RecoveryPlanSummary, ReplicationJob } from './recovery-types.ts';
import type {
  Aged,
  ArmId,
  BackupJob,
  BackupPolicy,
  Disk,
  Instant,
  JobProgress,
  JobRef,
  JobSummary,
  Network,
  ProtectedItem,
  RecoveryPoint,
  ReplicatedItem,
  ReplicationPoint,
  ResourceGuard,
  RestoreRequest,
  Snapshot,
  StorageAccount,
  Vault,
  VaultSettings,
  Vm,
} from './types.ts';

/**
 * The doors from the centre to Azure. Every method throws `CatalogueError` (`azure-*` codes, with Azure's own words inside).
 * Methods that change something in Azure never repeat a request by themselves (azure-api.md 6: the SDKs repeat a POST on 5xx).
 */
export interface Ports {
  readonly inventory: Inventory;
  readonly backup: BackupGateway;
  readonly recovery: SiteRecoveryGateway;
  readonly compute: ComputeGateway;
  readonly access: AccessGateway;
  readonly jobs: JobReader;
}

/** Breadth: Resource Graph over all configured subscriptions, each answer with its age. */
export interface Inventory {
  vms(): Promise<Aged<readonly Vm[]>>;
  vaults(): Promise<Aged<readonly Vault[]>>;
  protectedItems(): Promise<Aged<readonly ProtectedItem[]>>;
  replicatedItems(): Promise<Aged<readonly ReplicatedItemSummary[]>>;
  recoveryPlans(): Promise<Aged<readonly RecoveryPlanSummary[]>>;
  /** All snapshots of managed disks, newest first. */
  snapshots(): Promise<Aged<readonly Snapshot[]>>;
  snapshotsOf(diskIds: readonly ArmId[]): Promise<Aged<readonly Snapshot[]>>;
  /** Jobs of both services that began in the last day, newest first. */
  jobs(): Promise<Aged<readonly JobSummary[]>>;
  networks(location: string): Promise<Aged<readonly Network[]>>;
}

/** What Resource Graph knows of a replicated item; the vault knows more. */
export type ReplicatedItemSummary = Pick<
  ReplicatedItem,
  | 'id'
  | 'vaultId'
  | 'name'
  | 'friendlyName'
  | 'vmId'
  | 'protectionState'
  | 'replicationHealth'
  | 'testFailoverState'
  | 'activeLocation'
  | 'rpoSeconds'
  | 'lastTestFailover'
>;

export interface BackupGateway {
  /** Azure's own answer to "is this VM protected, and where?" (backupStatus, at the VM's subscription and region). */
  protectionOf(vm: Vm): Promise<{ readonly protected: boolean; readonly vaultId?: ArmId; readonly itemId?: ArmId }>;
  item(itemId: ArmId): Promise<ProtectedItem>;
  /** Newest first; `since` and `until` inclusive. */
  recoveryPoints(
    itemId: ArmId,
    range?: { readonly since?: Instant; readonly until?: Instant },
  ): Promise<readonly RecoveryPoint[]>;
  /** Backup now. Not idempotent: a second call while one runs is accepted and its job then fails. */
  start(itemId: ArmId, request: { readonly expiresAt: Instant; readonly clientRequestId: string }): Promise<JobRef>;
  /** User-started backup jobs of the item that began at or after `since`: what `find-submitted` looks at. */
  backupsSince(itemId: ArmId, since: Instant): Promise<readonly JobRef[]>;
  /** Durations in seconds of the vault's own last successful jobs of that kind, newest first. */
  pastDurations(vaultId: ArmId, operation: 'Backup' | 'Restore'): Promise<readonly number[]>;
  /** User-started jobs of the item of that kind that began at or after `since`; see `backupsSince`. */
  jobsSince(itemId: ArmId, operation: BackupJobKind, since: Instant): Promise<readonly JobRef[]>;
  /** Puts the item under a policy: enables protection, resumes it, or changes the policy. */
  protect(itemId: ArmId, request: ItemChange & { readonly policyId: ArmId }): Promise<JobRef>;
  /** No more backups; the recovery points stay. */
  stop(itemId: ArmId, request: ItemChange): Promise<JobRef>;
  /** Brings soft-deleted data back; protection stays stopped. */
  undelete(itemId: ArmId, request: ItemChange): Promise<JobRef>;
  /** Deletes all recovery points of the item; softly where the vault has soft delete. */
  deleteData(itemId: ArmId, request: { readonly clientRequestId: string }): Promise<JobRef>;
  restore(itemId: ArmId, request: RestoreRequest & { readonly clientRequestId: string }): Promise<JobRef>;
  /** Azure's own opinion on a restore, without doing it: what it would refuse; undefined when it has not answered in time. */
  validateRestore(itemId: ArmId, request: RestoreRequest): Promise<readonly RestoreFault[] | undefined>;
  /** Storage accounts of a subscription in a region. */
  storageAccounts(subscriptionId: string, location: string): Promise<readonly StorageAccount[]>;
  cancelJob(jobId: ArmId, request: { readonly clientRequestId: string }): Promise<JobRef>;
  /** From the vault itself: lists of vaults do not tell their settings. */
  vault(vaultId: ArmId): Promise<VaultSettings>;
  /** The Resource Guard of a vault; undefined where multi-user authorization is off. */
  guardOf(vaultId: ArmId): Promise<ResourceGuard | undefined>;
  /** Policies for VMs, by name. */
  policies(vaultId: ArmId): Promise<readonly BackupPolicy[]>;
  /** Jobs of VMs that began at or after `since`, newest first. Costs of the budget of job reads. */
  jobs(vaultId: ArmId, since: Instant): Promise<readonly BackupJob[]>;
  /** One job with its tasks. Costs of the budget of job reads. */
  job(jobId: ArmId): Promise<BackupJob>;
}

/** Azure's words for what a job of a VM does. */
export type BackupJobKind =
  | 'Backup'
  | 'Restore'
  | 'ConfigureBackup'
  | 'DisableBackup'
  | 'DeleteBackupData'
  | 'Undelete';

/** Whose protection changes. */
export interface ItemChange {
  readonly vmId: ArmId;
  readonly clientRequestId: string;
}

/** Why Azure would refuse a restore. */
export interface RestoreFault {
  readonly code: string;
  readonly message: string;
}

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
  /** With the latest processed point of each VM. Without a network no VM gets a network card. */
  testFailoverPlan(
    planId: ArmId,
    request: { readonly networkId?: ArmId; readonly clientRequestId: string },
  ): Promise<JobRef>;
  cleanUpPlan(planId: ArmId, request: { readonly comments: string; readonly clientRequestId: string }): Promise<JobRef>;
  /** With the latest processed point of each VM. */
  failOverPlan(planId: ArmId, request: SourceHandling & { readonly clientRequestId: string }): Promise<JobRef>;
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
  /** Jobs of the plan; see `jobsSince`. */
  planJobsSince(planId: ArmId, scenario: string, since: Instant): Promise<readonly JobRef[]>;
  /** Jobs of the item (by Azure's scenario name: TestFailover, TestFailoverCleanup, …) that began at or after `since`. */
  jobsSince(itemId: ArmId, scenario: string, since: Instant): Promise<readonly JobRef[]>;
  /** Durations in seconds of the vault's own last successful jobs of that scenario, newest first. */
  pastDurations(vaultId: ArmId, scenario: string): Promise<readonly number[]>;
}

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

export interface ComputeGateway {
  vm(vmId: ArmId): Promise<Vm>;
  disk(diskId: ArmId): Promise<Disk>;
  /** Undefined when there is none of that id. */
  snapshot(snapshotId: ArmId): Promise<Snapshot | undefined>;
  /** A new disk with a snapshot's content. Idempotent by name. */
  createDisk(request: {
    readonly diskId: ArmId;
    readonly snapshot: Snapshot;
    readonly location: string;
    readonly sku: string;
    readonly tags: Readonly<Record<string, string>>;
    readonly clientRequestId: string;
  }): Promise<JobRef>;
  /** Undefined when there is none of that id. */
  findDisk(diskId: ArmId): Promise<Disk | undefined>;
  deleteSnapshot(snapshotId: ArmId, request: { readonly clientRequestId: string }): Promise<JobRef>;
  /** Idempotent by name: the same name and source again changes nothing (azure-api.md 3.1). */
  createSnapshot(request: {
    readonly snapshotId: ArmId;
    readonly disk: Disk;
    readonly tags: Readonly<Record<string, string>>;
    readonly clientRequestId: string;
  }): Promise<void>;
}

/** What somebody may do in Azure: role assignments with groups, definitions with wildcards and notActions, deny assignments; what cannot be evaluated counts as no. */
export interface AccessGateway {
  /** Cached for a minute unless `fresh`. */
  holds(principal: { readonly oid: string }, right: Right, options?: { readonly fresh?: boolean }): Promise<boolean>;
}

/** An Azure action at a scope, such as `Microsoft.Compute/snapshots/write` at a resource group. */
export interface Right {
  readonly action: string;
  readonly scope: ArmId;
}

/** Azure's record of running work, read inside the budget of 150 job reads an hour and subscription (azure-api.md 5.1). */
export interface JobReader {
  progress(ref: JobRef): Promise<JobProgress>;
}
