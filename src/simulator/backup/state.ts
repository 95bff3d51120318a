import type { Timeline } from '../timeline.ts';

/** A backup policy as its caller sent it. */
export interface BackupPolicy {
  name: string;
  properties: Record<string, unknown>;
}

/** One recovery point; times in ms. `instantUntil` is when its snapshot tier ends, `vaulted` when its vault tier exists. */
export interface BackupPoint {
  name: string;
  time: number;
  type: 'AppConsistent' | 'CrashConsistent' | 'FileSystemConsistent';
  expires: number;
  instantUntil: number;
  vaulted?: number;
  archived?: boolean;
  rehydratedUntil?: number;
  osType: string;
  vmSize: string;
  disks: { sizeGB: number; name: string; lun?: number }[];
  /** The end of a file-recovery session on this point. */
  filesUntil?: number;
}

/** The words of a failure of backup's: a number, as jobs show it, and the text. */
export interface BackupError {
  code: number;
  title: string;
  text: string;
  recommendations: string[];
}

/** A VM under backup in a vault. */
export interface ProtectedItem {
  container: string;
  name: string;
  friendlyName: string;
  vm: string;
  policy: string;
  state: 'IRPending' | 'Protected' | 'ProtectionError' | 'ProtectionStopped' | 'ProtectionPaused' | 'BackupsSuspended';
  dataId: string;
  lastStatus: '' | 'Completed' | 'Failed' | 'CompletedWithWarnings';
  lastTime?: number;
  lastPoint?: number;
  error?: BackupError;
  points: BackupPoint[];
  /** Present while soft-deleted: when it was deleted and when it goes for good. */
  deleted?: { at: number; until: number };
  /** Triggers by hand within a day count against a limit. */
  triggered: number[];
}

/** Azure's words for what a backup job does. */
export type BackupVerb =
  | 'ConfigureBackup'
  | 'Backup'
  | 'Restore'
  | 'DisableBackup'
  | 'DeleteBackupData'
  | 'CrossRegionRestore'
  | 'Undelete';

/** A backup job as facts; see Timeline. Tasks whose name is empty are not shown. */
export interface BackupJob {
  name: string;
  verb: BackupVerb;
  item: string;
  entity: string;
  containerName: string;
  timeline: Timeline;
  error?: BackupError;
  warning?: boolean;
  /** What happens at the end of each step, by step index, and when the job fails or is cancelled. */
  effects: Record<number, BackupEffect[]>;
  onFailure: BackupEffect[];
  /** Properties from the start, and those that appear when it is over. */
  bag: Record<string, string>;
  endBag: Record<string, string>;
  internalBag: Record<string, string>;
  cancellable: boolean;
  cancelAsked?: number;
  byUser: boolean;
  activityId: string;
  /** Transfer size shown by restores, in GB. */
  transferGB?: number;
  /** The region of a cross-region restore. */
  region?: string;
}

/** An operation of backup's: the thing that names the job. */
export interface BackupOperation {
  name: string;
  start: number;
  ready: number;
  /** Absent for operations that are not followed by a job. */
  job?: string;
  error?: { code: string; message: string };
  /** Where the operation may be read besides the vault, for instance `backupFabrics/Azure`. */
  properties?: Record<string, unknown>;
  /** What results endpoints answer when done, 204 without it. */
  result?: Record<string, unknown>;
}

/** A vault's link to a Resource Guard (multi-user authorization). */
export interface GuardLink {
  guard: string;
  updated: number;
  description: string;
  unlockedUntil?: number;
}

/** Azure Backup's part of a vault. */
export interface BackupVault {
  policies: Record<string, BackupPolicy>;
  items: Record<string, ProtectedItem>;
  jobs: Record<string, BackupJob>;
  operations: Record<string, BackupOperation>;
  guard?: GuardLink;
}

/** What a restore makes: disks, a VM, or other disks for the VM that is there. */
export interface RestoreTarget {
  mode: 'RestoreDisks' | 'AlternateLocation' | 'OriginalLocation';
  subscription: string;
  group: string;
  location: string;
  vmName?: string;
  subnetId?: string;
  /** Data disks to restore by LUN; all where absent, the OS disk always. */
  luns?: number[];
}

/** What backup does when a step of a job is over. */
export type BackupEffect =
  | { kind: 'item.configured'; item: string; policy: string }
  | { kind: 'item.stopped'; item: string; state: 'ProtectionStopped' | 'BackupsSuspended' }
  | { kind: 'item.deleted'; item: string }
  | { kind: 'item.undeleted'; item: string }
  | { kind: 'point.taken'; item: string; expires: number }
  | { kind: 'point.vaulted'; item: string }
  | { kind: 'backup.failed'; item: string; error: BackupError }
  | { kind: 'restore.done'; item: string; point: string; target: RestoreTarget }
  | { kind: 'item.created'; item: string; protectedItem: ProtectedItem };
