import { backupJobCancel } from './backup/backup-job-cancel.ts';
import { backupStart } from './backup/backup-start.ts';
import { protectionChangePolicy } from './backup/protection-change-policy.ts';
import { protectionEnable } from './backup/protection-enable.ts';
import { protectionResume } from './backup/protection-resume.ts';
import { protectionStop } from './backup/protection-stop.ts';
import { protectionStopDelete } from './backup/protection-stop-delete.ts';
import { protectionUndelete } from './backup/protection-undelete.ts';
import { type ChangingOperation, isChanging, type Operation } from './operation.ts';
import { failoverChangePoint } from './recovery/failover-change-point.ts';
import { failoverCommit } from './recovery/failover-commit.ts';
import { failoverReprotect } from './recovery/failover-reprotect.ts';
import { failoverStart } from './recovery/failover-start.ts';
import { failoverTest } from './recovery/failover-test.ts';
import { failoverTestCleanup } from './recovery/failover-test-cleanup.ts';
import { planCommit } from './recovery/plan-commit.ts';
import { planFailover } from './recovery/plan-failover.ts';
import { planReprotect } from './recovery/plan-reprotect.ts';
import { planTestCleanup } from './recovery/plan-test-cleanup.ts';
import { planTestFailover } from './recovery/plan-test-failover.ts';
import { replicationDisable } from './recovery/replication-disable.ts';
import { replicationEnable } from './recovery/replication-enable.ts';
import { replicationJobCancel } from './recovery/replication-job-cancel.ts';
import { replicationJobRestart } from './recovery/replication-job-restart.ts';
import { replicationJobResume } from './recovery/replication-job-resume.ts';
import { restoreDisks } from './restore/restore-disks.ts';
import { restoreFiles } from './restore/restore-files.ts';
import { restoreFilesClose } from './restore/restore-files-close.ts';
import { restoreNewVm } from './restore/restore-new-vm.ts';
import { restoreReplaceDisks } from './restore/restore-replace-disks.ts';
import { diskCreate } from './snapshots/disk-create.ts';
import { snapshotCreate } from './snapshots/snapshot-create.ts';
import { snapshotDelete } from './snapshots/snapshot-delete.ts';
import { vmRebuild } from './snapshots/vm-rebuild.ts';
import { vmRebuildInPlace } from './snapshots/vm-rebuild-in-place.ts';
import { backupJobList } from './status/backup-job-list.ts';
import { backupJobShow } from './status/backup-job-show.ts';
import { fleetExport } from './status/fleet-export.ts';
import { fleetList } from './status/fleet-list.ts';
import { fleetSummary } from './status/fleet-summary.ts';
import { policyList } from './status/policy-list.ts';
import { protectionListUnprotected } from './status/protection-list-unprotected.ts';
import { protectionShow } from './status/protection-show.ts';
import { recoveryPlanList } from './status/recovery-plan-list.ts';
import { recoveryPlanShow } from './status/recovery-plan-show.ts';
import { recoveryPointList } from './status/recovery-point-list.ts';
import { replicatedItemList } from './status/replicated-item-list.ts';
import { replicatedItemShow } from './status/replicated-item-show.ts';
import { replicationJobList } from './status/replication-job-list.ts';
import { replicationJobShow } from './status/replication-job-show.ts';
import { runCommands } from './status/run-commands.ts';
import { runList } from './status/run-list.ts';
import { runShow } from './status/run-show.ts';
import { snapshotList } from './status/snapshot-list.ts';
import { vaultList } from './status/vault-list.ts';
import { vaultShow } from './status/vault-show.ts';

/** Every verb of the product, in the order in which help and the README list them. Adding one is a line here and a file. */
export const operations: readonly Operation[] = [
  protectionShow,
  protectionListUnprotected,
  fleetSummary,
  fleetList,
  fleetExport,
  recoveryPointList,
  vaultList,
  vaultShow,
  policyList,
  backupJobList,
  backupJobShow,
  replicatedItemList,
  replicatedItemShow,
  recoveryPlanList,
  recoveryPlanShow,
  replicationJobList,
  replicationJobShow,
  snapshotList,
  backupStart,
  backupJobCancel,
  protectionEnable,
  protectionChangePolicy,
  protectionStop,
  protectionResume,
  protectionStopDelete,
  protectionUndelete,
  restoreNewVm,
  restoreDisks,
  restoreReplaceDisks,
  restoreFiles,
  restoreFilesClose,
  snapshotCreate,
  snapshotDelete,
  diskCreate,
  vmRebuild,
  vmRebuildInPlace,
  failoverTest,
  failoverTestCleanup,
  failoverStart,
  failoverChangePoint,
  failoverCommit,
  failoverReprotect,
  planTestFailover,
  planTestCleanup,
  planFailover,
  planCommit,
  planReprotect,
  replicationJobResume,
  replicationJobCancel,
  replicationJobRestart,
  replicationEnable,
  replicationDisable,
  runList,
  runShow,
  runCommands,
];

/** Those that become runs, by id. */
export const changingOperations: ReadonlyMap<string, ChangingOperation> = new Map(
  operations.filter(isChanging).map((operation) => [operation.id, operation]),
);
