import type { AccessGateway, Right } from './access-port.ts';
import type { EncryptionSet, Lock, Planned, PolicyDenial, Quota, SubnetRoom, VmSize } from './condition-types.ts';
import type { DiskSwap, Machine, NewMachine } from './machine-types.ts';
import type { SiteRecoveryGateway } from './recovery-port.ts';
import type { RecoveryPlanSummary } from './recovery-types.ts';
import type {
  Aged,
  ArmId,
  BackupJob,
  BackupPolicy,
  Disk,
  FileScript,
  Instant,
  JobProgress,
  JobRef,
  JobSummary,
  Network,
  PolicyPromise,
  ProtectedItem,
  RecoveryPoint,
  ReplicatedItem,
  ResourceGuard,
  RestoreRequest,
  Snapshot,
  StorageAccount,
  Vault,
  VaultSettings,
  Vm,
} from './types.ts';

export type { AccessGateway, HeldForReading, Right } from './access-port.ts';
export type { Reprotect, SiteRecoveryGateway, SourceHandling } from './recovery-port.ts';

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
  readonly conditions: ConditionsGateway;
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
  /** Vaults with what protects their data, and all snapshots, in one list. */
  vaultsAndSnapshots(): Promise<Aged<VaultsAndSnapshots>>;
  /** What is going on in the vaults besides protected items, in one list. */
  services(): Promise<Aged<Services>>;
  networks(location: string): Promise<Aged<readonly Network[]>>;
  /** Runbooks of Azure Automation. */
  runbooks(): Promise<Aged<readonly { readonly id: ArmId }[]>>;
  /** The subscriptions that are looked after, with the names that people give them. */
  subscriptions(): Promise<Aged<readonly NamedSubscription[]>>;
  /** Everything that people call by a name. */
  names(): Promise<NamesInAzure>;
}

export interface VaultsAndSnapshots {
  readonly vaults: readonly Vault[];
  readonly snapshots: readonly Snapshot[];
}

export interface Services {
  readonly replicas: readonly ReplicatedItemSummary[];
  /** Of the last day. */
  readonly jobs: readonly JobSummary[];
  readonly policies: readonly PolicyPromise[];
}

/** A subscription: its GUID, and its display name. */
export interface NamedSubscription {
  readonly id: string;
  readonly name: string;
}

/** Something that people call by its name, and where it is; `location` is empty where it is not known. */
export interface NamedThing {
  readonly kind: 'vm' | 'vault' | 'plan';
  readonly id: ArmId;
  readonly name: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
  readonly location: string;
}

/** All names, and the subscriptions that they may be told apart by. */
export interface NamesInAzure {
  readonly things: readonly NamedThing[];
  readonly subscriptions: readonly NamedSubscription[];
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
  pastDurations(vaultId: ArmId, operation: BackupJobKind): Promise<readonly number[]>;
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
  /** Where Azure keeps the second copy of a geo-redundant vault of that region; undefined for a region without a pair. */
  pairedRegion(subscriptionId: string, location: string): Promise<string | undefined>;
  /** What has been copied to the paired region, newest first. Azure refuses it where cross-region restore is off. */
  secondaryPoints(itemId: ArmId): Promise<readonly RecoveryPoint[]>;
  /** Into the paired region, which is the request's `region`. */
  restoreSecondary(itemId: ArmId, request: RestoreRequest & { readonly clientRequestId: string }): Promise<JobRef>;
  /** Restores of the item in the paired region that began at or after `since`. */
  secondaryRestoresSince(itemId: ArmId, region: string, since: Instant): Promise<readonly JobRef[]>;
  /** Azure's own opinion on a restore, without doing it: what it would refuse; undefined when it has not answered in time. */
  validateRestore(itemId: ArmId, request: RestoreRequest): Promise<readonly RestoreFault[] | undefined>;
  /** Storage accounts of a subscription in a region. */
  storageAccounts(subscriptionId: string, location: string): Promise<readonly StorageAccount[]>;
  /** Opens a session of file recovery on a point for twelve hours. Azure refuses it while one is open. */
  openFiles(pointId: ArmId, request: FilesRequest): Promise<JobRef>;
  /** Ends the session: what was mounted from it is gone. Harmless where there is none. */
  closeFiles(pointId: ArmId, request: { readonly clientRequestId: string }): Promise<JobRef>;
  /** What opens the session on a machine, read from the operation that opened it. Secret: see `FileScript`. */
  fileScripts(session: Extract<JobRef, { kind: 'files' }>): Promise<readonly FileScript[]>;
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

/** Of which VM files are wanted, and by whom: Azure's name for the machine that mounts them. */
export interface FilesRequest {
  readonly vmId: ArmId;
  readonly initiator: string;
  readonly clientRequestId: string;
}

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
    /** None: as large as the snapshot's disk was; Azure makes none smaller. */
    readonly sizeGib?: number;
    /** None: in no zone. */
    readonly zone?: string;
    readonly tags: Readonly<Record<string, string>>;
    readonly clientRequestId: string;
  }): Promise<JobRef>;
  /** Undefined when there is none of that id. */
  machine(vmId: ArmId): Promise<Machine | undefined>;
  /** Idempotent by name, as long as it is the same VM that is asked for. */
  createVm(vm: NewMachine): Promise<JobRef>;
  /** The virtual network of the VM's first network card; undefined when it has none. */
  networkOf(vmId: ArmId): Promise<ArmId | undefined>;
  /** Azure wants the VM deallocated. The disks that were in it stay, attached to nothing. */
  swapDisks(vmId: ArmId, swap: DiskSwap): Promise<JobRef>;
  deallocate(vmId: ArmId, request: { readonly clientRequestId: string }): Promise<JobRef>;
  startVm(vmId: ArmId, request: { readonly clientRequestId: string }): Promise<JobRef>;
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

/** What a place in Azure imposes on what is made there, and what the bot itself may do: what checks look at before anybody approves. */
export interface ConditionsGateway {
  /** Locks on a scope, and on what it lies in. */
  locks(scope: ArmId): Promise<readonly Lock[]>;
  /** What Azure Policy would deny in a resource group, before anything is made. */
  denials(groupId: ArmId, planned: Planned): Promise<readonly PolicyDenial[]>;
  /** Limits of compute in a region. */
  quotas(subscriptionId: string, location: string): Promise<readonly Quota[]>;
  /** A VM size; undefined where the region has none of that name. */
  size(subscriptionId: string, location: string, name: string): Promise<VmSize | undefined>;
  /** Subnets with their addresses; undefined when there is no such network. */
  subnets(networkId: ArmId): Promise<readonly SubnetRoom[] | undefined>;
  /** Undefined when there is none of that id. */
  encryptionSet(id: ArmId): Promise<EncryptionSet | undefined>;
  hasKeyVault(id: ArmId): Promise<boolean>;
  /**
   * Undefined when the bot's own identity holds a right; otherwise the least built-in role that grants it, empty where none that we know does.
   * Denials are not looked at: Azure tells them when it refuses.
   */
  botLacks(right: Right): Promise<{ readonly role: string } | undefined>;
}

/** Azure's record of running work, read inside the budget of 150 job reads an hour and subscription (azure-api.md 5.1). */
export interface JobReader {
  progress(ref: JobRef): Promise<JobProgress>;
}
