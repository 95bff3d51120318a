import type { AzureFault } from '../errors.ts';
import type { ArmId, Instant } from './ids.ts';

/** Where Azure's record of our request is to be found. Stored with the run. */
export type JobRef =
  | {
      readonly kind: 'backup';
      readonly vaultId: ArmId /** of the Azure-AsyncOperation header */;
      readonly operationId: string;
      readonly jobId?: string;
    }
  | { readonly kind: 'replication'; readonly vaultId: ArmId; readonly jobId: string }
  /** Jobs of Site Recovery that one run began together, one per VM: over when all of them are. */
  | { readonly kind: 'replications'; readonly vaultId: ArmId; readonly parts: readonly ReplicationPart[] }
  /** The cancelling of a job of Site Recovery: over when that job is. */
  | { readonly kind: 'replication-cancel'; readonly vaultId: ArmId; readonly jobId: string }
  /** A job of Site Recovery that failed and was begun again under its old name: how it ended before `restartedAt` no longer counts. */
  | {
      readonly kind: 'replication-restart';
      readonly vaultId: ArmId;
      readonly jobId: string;
      readonly restartedAt: Instant;
    }
  | { readonly kind: 'snapshots'; readonly snapshotIds: readonly ArmId[] }
  /** The cancelling of a job: over when that job is. */
  | { readonly kind: 'backup-cancel'; readonly vaultId: ArmId; readonly operationId: string; readonly jobId: string }
  /** A session of file recovery that opens or closes: Azure makes no job of it. Without an operation, the point itself says how it stands. */
  | {
      readonly kind: 'files';
      readonly vaultId: ArmId;
      readonly pointId: ArmId;
      readonly operationId: string;
      readonly wanted: 'open' | 'closed';
    }
  /** A restore in the paired region, which keeps jobs of its own. */
  | {
      readonly kind: 'cross-region';
      readonly vaultId: ArmId;
      readonly region: string;
      readonly operationId: string;
      readonly jobId?: string;
    }
  /** Disks that one run makes together: over when all of them are there. */
  | { readonly kind: 'disks'; readonly diskIds: readonly ArmId[] }
  /** A VM that is made or changed: over when Azure is done with it and it runs, stands still, or just is (`ready`). */
  | { readonly kind: 'machine'; readonly vmId: ArmId; readonly wanted: 'ready' | 'running' | 'deallocated' }
  /** A disk or a snapshot that comes or goes: over when it is `ready` or `gone`. */
  | { readonly kind: 'resource'; readonly id: ArmId; readonly wanted: 'ready' | 'gone' };

/** One VM's share of what was begun together: its job, or why Azure refused to begin one. `itemName` is the replicated item's, `name` the VM's. */
export type ReplicationPart =
  | { readonly itemName: string; readonly name: string; readonly jobId: string }
  | { readonly itemName: string; readonly name: string; readonly fault: AzureFault };

export type TaskState = 'waiting' | 'running' | 'succeeded' | 'failed' | 'skipped';

export interface JobTask {
  /** Azure's own name of the task. */
  readonly name: string;
  readonly state: TaskState;
}

/** A step at which a job stands still until a person says that it is done. */
export interface ManualStep {
  readonly jobId: ArmId;
  readonly name: string;
  /** What that person is told to do. */
  readonly instructions?: string;
}

/** A job as it was last seen. */
export interface JobProgress {
  /** The reference with what has become known since (a backup's job id). */
  readonly ref: JobRef;
  readonly state: 'running' | 'succeeded' | 'succeeded-with-warnings' | 'failed' | 'cancelled';
  readonly tasks: readonly JobTask[];
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  /** Only where Azure gives it. */
  readonly percent?: number;
  readonly fault?: AzureFault;
  /** What Azure recommends, in its words. */
  readonly recommendations: readonly string[];
  /** Missing unless it waits for a person; empty where it does and Azure has not said yet for what. */
  readonly waitsFor?: readonly ManualStep[];
  /** Seconds until the next look, from the read budget and the age of the job. */
  readonly nextLookSeconds: number;
}
