import { azureDuration, azureTime, noTime, span } from '../clock.ts';
import { conditionsOf } from '../conditions/state.ts';
import type { World } from '../exchange.ts';
import { keyOf } from '../identity.ts';
import type { Vault } from '../state.ts';
import { progressOf, type StepProgress } from '../timeline.ts';
import { backupNames, itemId, policyId } from './names.ts';
import type { BackupError, BackupJob, BackupPoint, ProtectedItem } from './state.ts';

const itemType = 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems';

/** A protected item (recorded in protectedItems_list_protected and …_IRPending). */
export function renderItem(vault: Vault, item: ProtectedItem, world: World): Record<string, unknown> {
  return { id: itemId(vault, item), name: item.name, type: itemType, properties: itemProperties(vault, item, world) };
}

function itemProperties(vault: Vault, item: ProtectedItem, world: World): Record<string, unknown> {
  return {
    friendlyName: item.friendlyName,
    virtualMachineId: item.vm,
    protectionStatus: item.error === undefined ? 'Healthy' : 'Unhealthy',
    protectionState: item.state,
    healthStatus: item.error === undefined ? 'Passed' : 'ActionRequired',
    ...(item.points.length === 0 && item.error === undefined ? {} : { healthDetails: [healthDetail(item.error)] }),
    lastBackupStatus: item.lastStatus,
    lastBackupTime: item.lastTime === undefined ? '2001-01-01T00:00:00Z' : azureTime(item.lastTime),
    protectedItemDataId: item.dataId,
    protectedItemType: 'Microsoft.Compute/virtualMachines',
    backupManagementType: 'AzureIaasVM',
    workloadType: 'VM',
    containerName: backupNames(item.vm).short,
    sourceResourceId: item.vm,
    policyId: item.policy === '' ? '' : policyId(vault, item.policy),
    policyName: item.policy,
    ...(item.lastPoint === undefined ? {} : { lastRecoveryPoint: azureTime(item.lastPoint) }),
    vaultId: `https://management.azure.com${vault.id}`,
    ...deferredDelete(item, world),
    isArchiveEnabled: false,
    softDeleteRetentionPeriod: item.deleted === undefined ? 0 : vault.softDelete.days,
  };
}

/** What GET adds with `expand eq 'extendedInfo'`. */
export function extendedItem(item: ProtectedItem): Record<string, unknown> {
  const times = item.points.map((point) => point.time);
  return {
    ...(times.length === 0 ? {} : { oldestRecoveryPoint: azureTime(Math.min(...times)) }),
    ...(times.length === 0 ? {} : { newestRecoveryPointInVault: azureTime(Math.max(...times)) }),
    recoveryPointCount: item.points.length,
    policyInconsistent: false,
  };
}

function healthDetail(error: BackupError | undefined): Record<string, unknown> {
  if (error !== undefined) {
    return { code: error.code, title: error.title, message: error.text, recommendations: error.recommendations };
  }
  return {
    code: 400239,
    title: 'IaasVmHealthGreenDefault',
    message: 'Backup pre-check status of this virtual machine is OK.',
    recommendations: [],
  };
}

function deferredDelete(item: ProtectedItem, world: World): Record<string, unknown> {
  if (item.deleted === undefined) return {};
  return {
    isScheduledForDeferredDelete: true,
    deferredDeleteTimeInUTC: azureTime(item.deleted.at),
    deferredDeleteTimeRemaining: clockSpan(Math.max(0, item.deleted.until - world.now)),
    isDeferredDeleteScheduleUpcoming: item.deleted.until - world.now < 3 * span.day,
  };
}

/** A .NET time span, `13.23:59:44.6000000`. */
function clockSpan(ms: number): string {
  const days = Math.floor(ms / span.day);
  const rest = new Date(ms % span.day).toISOString().slice(11, 23);
  return `${days}.${rest}0000`;
}

/** A recovery point (recorded in recoveryPoints_list; crr_recoveryPoints_list for the secondary region). */
export function renderPoint(
  place: { vault: Vault; item: ProtectedItem; secondary: boolean },
  point: BackupPoint,
  world: World,
): Record<string, unknown> {
  const { vault, item, secondary } = place;
  const expiry = { expiryTime: azureTime(point.expires), isSoftDeleted: item.deleted !== undefined };
  return {
    id: `${itemId(vault, item)}/recoveryPoints/${point.name}`,
    name: point.name,
    type: `${itemType}/recoveryPoints`,
    properties: {
      objectType: 'IaasVMRecoveryPoint',
      recoveryPointType: point.type,
      recoveryPointTime: azureTime(point.time),
      recoveryPointAdditionalInfo: '',
      sourceVMStorageType: 'PremiumVMOnPartialPremiumStorage',
      isSourceVMEncrypted: false,
      ...amissWith(item.vm, world),
      isInstantIlrSessionActive: (point.filesUntil ?? 0) > world.now,
      recoveryPointTierDetails: secondary ? [{ type: 'HardenedRP', status: 'Valid' }] : tiersOf(point, world),
      ...(secondary ? { crossRegionRestoreState: 'Supported' } : {}),
      isManagedVirtualMachine: true,
      virtualMachineSize: point.vmSize,
      originalStorageAccountOption: false,
      osType: point.osType,
      recoveryPointMoveReadinessInfo: { ArchivedRP: readiness(point) },
      ...(secondary ? {} : { securityType: 'None' }),
      isPrivateAccessEnabledOnAnyDisk: false,
      ...(secondary ? {} : { recoveryPointProperties: expiry }),
    },
  };
}

/** Disks that were left out, encryption from inside. */
function amissWith(vm: string, world: World): Record<string, unknown> {
  const found = conditionsOf(world).points.find((one) => keyOf(one.vm) === keyOf(vm));
  if (found === undefined) return {};
  const { attached, included, encrypted = false } = found;
  const counts = { numberOfDisksAttachedToVm: attached, numberOfDisksIncludedInBackup: included };
  return {
    isSourceVMEncrypted: encrypted,
    ...(attached === undefined ? {} : { recoveryPointDiskConfiguration: counts }),
  };
}

/** The tiers that a point is in; the snapshot tier ends, the vault tier begins when the transfer is done. */
function tiersOf(point: BackupPoint, world: World): Record<string, unknown>[] {
  const instant = { type: 'InstantRP', status: point.instantUntil > world.now ? 'Valid' : 'Deleted' };
  if (point.archived === true) {
    const rehydrated = (point.rehydratedUntil ?? 0) > world.now;
    const extended = rehydrated
      ? { extendedInfo: { RehydratedRPExpiryTime: azureTime(point.rehydratedUntil ?? 0) } }
      : {};
    return [
      { type: 'HardenedRP', status: 'Deleted' },
      { type: 'ArchivedRP', status: rehydrated ? 'Rehydrated' : 'Valid', ...extended },
    ];
  }
  return point.vaulted === undefined ? [instant] : [instant, { type: 'HardenedRP', status: 'Valid' }];
}

function readiness(point: BackupPoint): Record<string, unknown> {
  const additionalInfo = point.vaulted === undefined ? 'The recovery point is not in the vault yet.' : '';
  return {
    isReadyForMove: false,
    additionalInfo: additionalInfo || 'The recovery point is too young to be moved to the archive tier.',
  };
}

/** A job in a list: without its tasks (recorded in jobs_list). */
export function renderListedJob(vault: Vault, job: BackupJob, world: World): Record<string, unknown> {
  return frameJob(vault, job, jobProperties(job, world));
}

/** A job with its tasks (recorded in job_backup_inprogress_snapshot and others). */
export function renderJob(vault: Vault, job: BackupJob, world: World): Record<string, unknown> {
  const { jobType, actionsInfo, containerName, duration, virtualMachineVersion, ...rest } = jobProperties(job, world);
  const head = {
    jobType,
    ...(actionsInfo === undefined ? {} : { actionsInfo }),
    containerName,
    duration,
    virtualMachineVersion,
  };
  const failed = jobErrors(job, world);
  return frameJob(vault, job, { ...head, ...failed, extendedInfo: extendedJob(job, world), ...rest });
}

function frameJob(vault: Vault, job: BackupJob, properties: Record<string, unknown>): Record<string, unknown> {
  const type = 'Microsoft.RecoveryServices/vaults/backupJobs';
  const base =
    job.region === undefined
      ? vault.id
      : `/subscriptions/${vault.subscription}/providers/Microsoft.RecoveryServices/locations/${job.region}`;
  return { id: `${base}/backupJobs/${job.name}`, name: job.name, type, properties };
}

/** Azure's word for how far a job is. */
export function jobStatus(job: BackupJob, world: World): string {
  const { status } = progressOf(job.timeline, world.now);
  if (status === 'Completed') return job.warning === true ? 'CompletedWithWarnings' : 'Completed';
  if (status === 'Failed' || status === 'Cancelled') return status;
  return job.cancelAsked === undefined ? 'InProgress' : 'Cancelling';
}

function jobProperties(job: BackupJob, world: World): Record<string, unknown> {
  const progress = progressOf(job.timeline, world.now);
  return {
    jobType: 'AzureIaaSVMJob',
    ...(job.cancellable ? { actionsInfo: ['Cancellable'] } : {}),
    containerName: job.containerName,
    duration: azureDuration((progress.end ?? world.now) - job.timeline.start),
    virtualMachineVersion: 'Compute',
    entityFriendlyName: job.entity,
    backupManagementType: 'AzureIaasVM',
    operation: job.verb,
    status: jobStatus(job, world),
    startTime: azureTime(job.timeline.start),
    ...(progress.end === undefined ? {} : { endTime: azureTime(progress.end) }),
    ...(job.byUser ? { isUserTriggered: true } : {}),
    activityId: job.activityId,
  };
}

function jobErrors(job: BackupJob, world: World): Record<string, unknown> {
  const status = jobStatus(job, world);
  if (job.error === undefined || status === 'InProgress' || status === 'Cancelling') return {};
  const { code, title, text, recommendations } = job.error;
  return { errorDetails: [{ errorCode: code, errorTitle: title, errorString: text, recommendations }] };
}

function extendedJob(job: BackupJob, world: World): Record<string, unknown> {
  const progress = progressOf(job.timeline, world.now);
  const over = progress.end !== undefined;
  const restoring = job.transferGB !== undefined;
  return {
    tasksList: progress.steps.filter(({ step }) => step.name !== '').map((one) => task(job, one, world)),
    propertyBag: { ...job.bag, ...(over ? job.endBag : {}) },
    ...(Object.keys(job.internalBag).length === 0 ? {} : { internalPropertyBag: job.internalBag }),
    ...(restoring ? { progressPercentage: percentage(job, world) } : {}),
    ...(restoring && over ? { estimatedRemainingDuration: 'PT0S' } : {}),
    ...(job.internalBag.restoreLocationType === 'AlternateLocation' && !over ? { dynamicErrorMessage: '' } : {}),
  };
}

function task(job: BackupJob, progress: StepProgress, world: World): Record<string, unknown> {
  const { step, start, end, status } = progress;
  if (job.transferGB !== undefined) return restoreTask(job, progress);
  return {
    taskId: step.name,
    startTime: start === undefined ? noTime : azureTime(start),
    endTime: end === undefined ? noTime : azureTime(end),
    duration: start === undefined ? 'PT0S' : azureDuration((end ?? world.now) - start),
    status,
  };
}

/** Restores' tasks have no times; the transfer says how much of it is done once it is (recorded in job_restoredisks_*). */
function restoreTask(job: BackupJob, { step, status }: StepProgress): Record<string, unknown> {
  const done = status === 'Completed' && step.name.startsWith('Transfer');
  const details = done ? { taskExecutionDetails: `${job.transferGB} GBs / ${job.transferGB} GBs Transferred` } : {};
  return { taskId: step.name, duration: 'PT0S', status, ...details };
}

/** 1 at the beginning, 100 at the end, by time between. */
function percentage(job: BackupJob, world: World): number {
  const whole = job.timeline.steps.reduce((sum, step) => sum + step.duration, 0);
  const part = whole === 0 ? 1 : (world.now - job.timeline.start) / whole;
  return Math.max(1, Math.min(100, Math.floor(part * 100)));
}
