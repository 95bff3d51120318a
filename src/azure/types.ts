import type { AzureFault } from '../errors.ts';
import type { Safeguards } from './fleet-types.ts';
import type { ArmId, Instant } from './ids.ts';
import type { JobTask } from './job-types.ts';

export type * from './disk-types.ts';
export type * from './fleet-types.ts';
export type { ArmId, Instant } from './ids.ts';
export type * from './job-types.ts';

/** Something read from Resource Graph: broad, but as old as `asOf` says or older (azure-docs: minutes of lag, no promise). */
export interface Aged<T> {
  readonly value: T;
  readonly asOf: Instant;
  /** Azure did not answer just now: this is what it said at `asOf`. */
  readonly standsIn?: boolean;
}

/** Three answers to "is it so?": read, read and there is none (`value` undefined), or could not look and where. */
export type Looked<T> =
  | { readonly looked: true; readonly value: T }
  | {
      readonly looked: false /** the vault or subscription that did not answer */;
      readonly where: string;
      readonly fault: AzureFault;
    };

export interface Vm {
  readonly id: ArmId;
  readonly name: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
  readonly location: string;
  readonly osType: 'Windows' | 'Linux';
  /** As Azure writes it: `PowerState/running`. */
  readonly powerState: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The disk of the operating system first. */
  readonly diskIds: readonly ArmId[];
  /** As Azure writes sizes: `Standard_D4s_v5`. Like what follows, only where the VM was read from compute. */
  readonly size?: string;
  readonly zones?: readonly string[];
  /** Azure's word: Succeeded, Updating, Failed. */
  readonly provisioningState?: string;
  /** `Ready`, or Azure's word for what the agent in the VM is instead; a VM that is off has none. */
  readonly agentStatus?: string;
  /** The operating system's disk is lost when the VM is deallocated, so Azure never does that. */
  readonly ephemeral?: boolean;
  readonly availabilitySetId?: ArmId;
}

export interface Vault {
  readonly id: ArmId;
  readonly name: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
  readonly location: string;
  /** Only where Resource Graph was asked for it. */
  readonly safeguards?: Safeguards;
}

/** A VM in Azure Backup. */
export interface ProtectedItem {
  readonly id: ArmId;
  readonly vaultId: ArmId;
  readonly vmId: ArmId;
  readonly friendlyName: string;
  /** Protected, IRPending, ProtectionStopped, ProtectionError, ProtectionPaused, BackupsSuspended. */
  readonly protectionState: string;
  /** Passed, ActionRequired, ActionSuggested. */
  readonly healthStatus?: string;
  readonly lastBackupStatus?: string;
  readonly lastBackupTime?: Instant;
  readonly lastRecoveryPoint?: Instant;
  readonly policyName?: string;
  /** Only from Resource Graph. */
  readonly policyId?: ArmId;
  readonly softDeleted: boolean;
  /** When a soft-deleted item was deleted. */
  readonly deletedAt?: Instant;
  /** When it is deleted for good, where the vault tells; `goneForGoodAt` knows it from lists too. */
  readonly deletedForGoodAt?: Instant;
}

/** What a vault promises: how its data is stored, and what may still be done to it. */
export interface VaultSettings extends Omit<Vault, 'resourceGroup' | 'subscriptionId'> {
  /** As Azure writes it: GeoRedundant, LocallyRedundant, ZoneRedundant. */
  readonly redundancy?: string;
  readonly crossRegionRestore: boolean;
  /** `always` cannot be switched off any more. */
  readonly softDelete: 'off' | 'on' | 'always' | 'unknown';
  readonly softDeleteDays?: number;
  /** `locked` cannot be taken back. */
  readonly immutability: 'off' | 'unlocked' | 'locked';
}

/** Multi-user authorization: the Resource Guard of a vault, and the operations of the vault that it protects, by Azure's action. */
export interface ResourceGuard {
  readonly id: ArmId;
  readonly name: string;
  readonly protects: readonly string[];
}

/** A backup policy for VMs. */
export interface BackupPolicy {
  readonly id: ArmId;
  readonly name: string;
  /** Enhanced policies (V2) back up every few hours. */
  readonly enhanced: boolean;
  /** As Azure writes it: Hourly, Daily, Weekly. */
  readonly frequency?: string;
  /** How long the most frequent points are kept. */
  readonly retentionDays?: number;
  /** How long a snapshot stays beside the disk for a fast restore. */
  readonly instantDays?: number;
}

/** What a restore makes: disks in a resource group, a new VM beside the old one, or other disks for the old one. */
export type RestoreTarget =
  | { readonly kind: 'disks'; readonly groupId: ArmId }
  | {
      readonly kind: 'new-vm';
      readonly vmId: ArmId;
      readonly groupId: ArmId;
      readonly networkId: ArmId;
      readonly subnetId: ArmId;
    }
  | { readonly kind: 'replace-disks' };

/** A restore of a VM from a recovery point. */
export interface RestoreRequest {
  /** The point's own name, not its id. */
  readonly pointName: string;
  /** The VM that was backed up. */
  readonly vmId: ArmId;
  /** The vault's. */
  readonly region: string;
  /** Where Azure puts the configuration on the way; in the vault's region. */
  readonly stagingAccountId: ArmId;
  readonly target: RestoreTarget;
}

/** A job of Azure Backup, as a vault lists it. */
export interface BackupJob {
  readonly id: ArmId;
  readonly name: string;
  readonly vaultId: ArmId;
  /** Backup, Restore, ConfigureBackup, DisableBackup, DeleteBackupData, Undelete, … */
  readonly operation: string;
  /** InProgress, Completed, Failed, CompletedWithWarnings, Cancelled, Cancelling. */
  readonly status: string;
  /** The VM's name. */
  readonly target: string;
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  /** Azure says that it may be cancelled; during the transfer to the vault the cancellation still fails (azure-api.md 1.1). */
  readonly cancellable: boolean;
  readonly fault?: AzureFault;
  readonly recommendations: readonly string[];
  /** Lists do not tell them. */
  readonly tasks: readonly JobTask[];
  readonly percent?: number;
}

/** A job of either service as Resource Graph knows it: fewer details than the vault's, but of all vaults at once and outside the read budget. */
export interface JobSummary {
  readonly id: ArmId;
  readonly name: string;
  readonly vaultId: ArmId;
  readonly service: 'backup' | 'replication';
  /** Azure's word: Backup, Restore, TestFailover, … */
  readonly operation: string;
  /** Azure's word: InProgress, Completed, Succeeded, Failed, … */
  readonly status: string;
  /** The VM's name. */
  readonly target: string;
  readonly startedAt?: Instant;
  /** Azure's code of why it failed, and its words, where the list was asked for them. */
  readonly code?: string;
  readonly reason?: string;
}

export type Consistency = 'application' | 'file-system' | 'crash';

export interface RecoveryPoint {
  readonly id: ArmId;
  /** The last segment of the id: what restore requests take. */
  readonly name: string;
  readonly time: Instant;
  readonly consistency: Consistency;
  readonly tiers: readonly ('instant' | 'vault' | 'archive')[];
  /** The VM was encrypted from inside (Azure Disk Encryption). */
  readonly encrypted?: boolean;
  /** How many disks the VM had, and how many of them are in the point, where that is told. */
  readonly disks?: { readonly attached: number; readonly included: number };
  readonly expiresAt?: Instant;
  /** A session of file recovery is open on it. */
  readonly filesOpen?: boolean;
}

/**
 * What opens a session of file recovery on somebody's machine. A secret as a whole: it is shown to the requester in one answer to one click, and
 * never logged, stored or put into a message.
 */
export interface FileScript {
  readonly osType: 'Windows' | 'Linux';
  /** To save it under; the password, which Azure hides in the name, is taken out. */
  readonly fileName: string;
  readonly password: string;
  /** Windows: where the program is downloaded. */
  readonly url?: string;
  /** Linux: the script itself, which asks for the password. */
  readonly content?: string;
}

export interface HealthError {
  readonly code: string;
  readonly message: string;
  readonly causes?: string;
  readonly action?: string;
}

/** A VM in Site Recovery (A2A). */
export interface ReplicatedItem {
  readonly id: ArmId;
  readonly vaultId: ArmId;
  readonly name: string;
  readonly friendlyName: string;
  readonly vmId: ArmId;
  readonly protectionState: string;
  readonly protectionStateDescription: string;
  /** Normal, Warning, Critical, None. */
  readonly replicationHealth: string;
  readonly healthErrors: readonly HealthError[];
  /** `None`, `WaitingForCompletion` (a test VM is running), … */
  readonly testFailoverState: string;
  readonly activeLocation: string;
  readonly rpoSeconds?: number;
  readonly rpoMeasuredAt?: Instant;
  readonly lastTestFailover?: Instant;
  /** What Azure accepts now: TestFailover, TestFailoverCleanup, UnplannedFailover, … The only source of buttons. */
  readonly allowedOperations: readonly string[];
  readonly primaryRegion: string;
  readonly recoveryRegion: string;
  readonly recoveryVmName?: string;
  /** The VM that a failover made. */
  readonly recoveryVmId?: ArmId;
  readonly policyId?: ArmId;
  readonly agentVersion?: string;
  /** When the agent in the VM was last heard of. */
  readonly lastHeartbeat?: Instant;
  /** Azure wants a newer agent. */
  readonly agentOutdated?: boolean;
  readonly lastFailover?: Instant;
  readonly testVmName?: string;
  readonly recoveryResourceGroupId?: ArmId;
  readonly recoveryNetworkId?: ArmId;
  readonly testNetworkId?: ArmId;
  /** Of its first network card after a failover. */
  readonly recoverySubnet?: string;
  /** As Azure writes sizes: `Standard_D4s_v5`. */
  readonly recoveryVmSize?: string;
}

/** A point of Site Recovery. */
export interface ReplicationPoint {
  readonly id: ArmId;
  readonly time: Instant;
  readonly consistency: Consistency;
}

export interface Network {
  readonly id: ArmId;
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly subnets: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}
