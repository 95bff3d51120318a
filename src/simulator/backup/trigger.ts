import { z } from 'zod';
import { bagTime, span } from '../clock.ts';
import { type Answer, type ArmRequest, bodyOf, type World } from '../exchange.ts';
import { keyOf } from '../identity.ts';
import { takeFailure } from '../job-failures.ts';
import { Refusal } from '../refusal.ts';
import { lasting } from '../schedule.ts';
import type { Vault } from '../state.ts';
import { failureOf } from './failures.ts';
import { type JobPlan, startJob } from './jobs.ts';
import { invalidInput, itemId, itemIn, itemKey, vaultIn } from './names.ts';
import { accepted } from './operations.ts';
import { jobStatus } from './render.ts';
import type { BackupError, BackupJob, BackupVerb, ProtectedItem } from './state.ts';

const backupBody = z.object({
  properties: z.object({
    objectType: z.literal('IaasVMBackupRequest'),
    recoveryPointExpiryTimeInUTC: z.iso.datetime({ offset: true }).optional(),
  }),
});

/** How many backups by hand a VM may have in a day before backup refuses more (CloudDosAbsoluteLimitReached). */
const manualBackupsADay = 9;

/** POST backup: always 202 for an item that exists; what is wrong shows in the job. */
export function triggerBackup(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const item = itemIn(request, vault);
  const body = bodyOf(request, backupBody, invalidInput);
  const expires = expiryOf(body.properties.recoveryPointExpiryTimeInUTC, world);
  checkProtected(item);
  checkDailyLimit(item, world);
  const job = startBackup(world, { vault, item }, expires);
  return accepted(request, world, { place: { vault, base: itemId(vault, item) }, operation: { job: job.name } });
}

/** Thirty days when the caller names no time, as the portal and the CLI do. */
function expiryOf(sent: string | undefined, world: World): number {
  if (sent === undefined) return world.now + 30 * span.day;
  const expires = Date.parse(sent);
  if (expires > world.now) return expires;
  throw invalidInput('RecoveryPointExpiryTimeInUTC must be in the future.');
}

function checkProtected(item: ProtectedItem): void {
  if (item.deleted === undefined && (item.state === 'Protected' || item.state === 'IRPending')) return;
  const text = 'The operation is not allowed because protection of the item is stopped or the item is soft-deleted.';
  throw new Refusal(400, 'UserErrorBackupOperationNotAllowedInProtectionStoppedState', text, { cause: 'service' });
}

function checkDailyLimit(item: ProtectedItem, world: World): void {
  item.triggered = item.triggered.filter((time) => time > world.now - span.day);
  if (item.triggered.length >= manualBackupsADay) {
    const text = 'The limit on triggering this operation in a day has been reached.';
    throw new Refusal(400, 'CloudDosAbsoluteLimitReached', text, { cause: 'service' });
  }
  item.triggered.push(world.now);
}

/** A backup of the item: a job that takes a snapshot and carries it to the vault, or that fails. */
export function startBackup(world: World, place: { vault: Vault; item: ProtectedItem }, expires: number): BackupJob {
  const { item } = place;
  const key = itemKey(item.name);
  const error = foreseenFailure(world, place);
  const snapshotTime = lasting(world, (error === undefined ? 460 : 60) * span.second, 5 * span.second);
  const transferTime = lasting(world, 33 * span.minute, 20 * span.second);
  const plan: JobPlan = {
    verb: 'Backup',
    steps: [
      { name: 'Take Snapshot', lasts: snapshotTime, effects: [{ kind: 'point.taken', item: key, expires }] },
      { name: 'Transfer data to vault', lasts: transferTime, effects: [{ kind: 'point.vaulted', item: key }] },
    ],
    bag: { 'VM Name': item.friendlyName, 'Recovery Point Expiry Time in UTC': bagTime(expires) },
    endBag: error === undefined ? { 'Backup Size': `${backupSize(world, item)} MB` } : {},
    internalBag: { IsInstantRpJob: 'True' },
    cancellable: true,
    ...(error === undefined ? {} : failing(key, error)),
  };
  return startJob(world, place, plan);
}

/** A backup that fails leaves its mark on the item, unless it only came too early. */
function failing(item: string, error: BackupError): Pick<JobPlan, 'failure' | 'onFailure'> {
  const early = error.title === 'UserErrorBackupOperationInProgress';
  return { failure: { step: 0, error }, onFailure: early ? [] : [{ kind: 'backup.failed', item, error }] };
}

/** Why the backup that starts now will fail, if it will. */
function foreseenFailure(world: World, place: { vault: Vault; item: ProtectedItem }): BackupError | undefined {
  const { vault, item } = place;
  if (runningJob(world, place, ['Backup']) !== undefined) return failureOf('UserErrorBackupOperationInProgress');
  if (world.state.vms[keyOf(item.vm)] === undefined) return failureOf('UserErrorVmNotFoundV2');
  const wished = takeFailure(world, { vault: keyOf(vault.id), verb: 'Backup', entity: item.friendlyName });
  return wished === undefined ? undefined : failureOf(wished);
}

/** The item's job of one of `verbs` that still runs, if there is one. */
export function runningJob(
  world: World,
  place: { vault: Vault; item: ProtectedItem },
  verbs: readonly BackupVerb[],
): BackupJob | undefined {
  const key = itemKey(place.item.name);
  return Object.values(place.vault.backup.jobs).find(
    (job) =>
      job.item === key && verbs.includes(job.verb) && ['InProgress', 'Cancelling'].includes(jobStatus(job, world)),
  );
}

/** Megabytes that a backup of the VM carries: a tenth of its disks. */
function backupSize(world: World, item: ProtectedItem): number {
  const vm = world.state.vms[keyOf(item.vm)];
  const disks = vm === undefined ? [] : [vm.osDisk, ...vm.dataDisks];
  return disks.reduce((sum, disk) => sum + (world.state.disks[keyOf(disk.id)]?.sizeGB ?? 0) * 102, 0);
}
