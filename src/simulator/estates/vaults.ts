import { pointOf } from '../backup/effects.ts';
import { failureOf } from '../backup/failures.ts';
import { backupNames, itemKey } from '../backup/names.ts';
import type { BackupJob, BackupPoint, ProtectedItem } from '../backup/state.ts';
import { emptyVault } from '../backup/vaults.ts';
import { bagTime, span } from '../clock.ts';
import type { VirtualMachine } from '../compute/state.ts';
import { keyOf, resourceId, stableGuid, stableNumber } from '../identity.ts';
import { lasting } from '../schedule.ts';
import type { Vault } from '../state.ts';
import { addGroup, type Site } from './machines.ts';

/** A vault with two policies, in a group of its own choice. */
export function addVault(site: Site, of: { name: string; group: string; location: string } & Partial<Vault>): Vault {
  addGroup(site, of.group, of.location);
  const id = resourceId(
    { subscription: site.subscription, group: of.group },
    'Microsoft.RecoveryServices/vaults',
    of.name,
  );
  const base = { tags: {}, created: site.now - 500 * span.day, subscription: site.subscription };
  const { backup: _backup, recovery: _recovery, ...settings } = of;
  const vault: Vault = { ...emptyVault({ ...base, ...settings, id }), ...settings };
  vault.backup.policies = {
    defaultpolicy: { name: 'DefaultPolicy', properties: dailyPolicy(30, 'SimpleSchedulePolicy') },
    enhancedpolicy: { name: 'EnhancedPolicy', properties: hourlyPolicy(30) },
  };
  site.state.vaults[keyOf(id)] = vault;
  return vault;
}

/** A policy of one backup a day at 02:00 UTC, kept for `days`. */
export function dailyPolicy(days: number, scheduleType: string): Record<string, unknown> {
  const at = '2025-01-01T02:00:00Z';
  return {
    backupManagementType: 'AzureIaasVM',
    instantRPDetails: {},
    schedulePolicy: {
      schedulePolicyType: scheduleType,
      scheduleRunFrequency: 'Daily',
      scheduleRunTimes: [at],
      scheduleWeeklyFrequency: 0,
    },
    retentionPolicy: {
      retentionPolicyType: 'LongTermRetentionPolicy',
      dailySchedule: { retentionTimes: [at], retentionDuration: { count: days, durationType: 'Days' } },
    },
    instantRpRetentionRangeInDays: 5,
    timeZone: 'UTC',
  };
}

function hourlyPolicy(days: number): Record<string, unknown> {
  const at = '2025-01-01T08:00:00Z';
  return {
    backupManagementType: 'AzureIaasVM',
    policyType: 'V2',
    instantRPDetails: {},
    schedulePolicy: {
      schedulePolicyType: 'SimpleSchedulePolicyV2',
      scheduleRunFrequency: 'Hourly',
      hourlySchedule: { interval: 4, scheduleWindowStartTime: at, scheduleWindowDuration: 12 },
    },
    retentionPolicy: {
      retentionPolicyType: 'LongTermRetentionPolicy',
      dailySchedule: { retentionTimes: [at], retentionDuration: { count: days, durationType: 'Days' } },
    },
    instantRpRetentionRangeInDays: 7,
    timeZone: 'UTC',
  };
}

/** How a VM of an estate is protected. */
export interface Protection {
  readonly vault: Vault;
  readonly vm: VirtualMachine;
  readonly policy: string;
  /** Days of daily recovery points, the newest some hours old. */
  readonly days: number;
  /** The failure of the last backup, by name. */
  readonly failed?: string;
  readonly stopped?: boolean;
  /** Days since it was soft-deleted. */
  readonly deletedDays?: number;
}

/** Puts a VM under protection, with its recovery points and the backup jobs of the last days. */
export function protect(site: Site, how: Protection): ProtectedItem {
  const { vault, vm } = how;
  const names = backupNames(vm.id);
  const item: ProtectedItem = {
    container: names.container,
    name: names.item,
    friendlyName: vm.name,
    vm: vm.id,
    policy: how.stopped === true || how.deletedDays !== undefined ? '' : how.policy,
    state: how.stopped === true || how.deletedDays !== undefined ? 'ProtectionStopped' : 'Protected',
    dataId: stableNumber(vm.id, 15),
    lastStatus: 'Completed',
    points: [],
    triggered: [],
  };
  vault.backup.items[itemKey(item.name)] = item;
  const first = how.stopped === true || how.deletedDays !== undefined ? 20 : 0;
  for (let day = first; day < first + how.days; day += 1) addDay(site, { how, item }, day);
  if (how.deletedDays !== undefined) softDeleted(site, item, how);
  return item;
}

/** The scheduled backup of `day` days ago. */
function addDay(site: Site, of: { how: Protection; item: ProtectedItem }, day: number): void {
  const { how, item } = of;
  const lateness = Number(stableNumber(`${item.name}:${day}`, 3)) % 600;
  const start = site.now - 7 * span.hour - ((site.now - 7 * span.hour) % span.hour) - day * span.day + lateness * 1000;
  const failed = day === 0 ? how.failed : undefined;
  if (day < 7) addBackupJob(site, of, { start, failed });
  if (day === 0) Object.assign(item, { lastTime: start, lastStatus: failed === undefined ? 'Completed' : 'Failed' });
  if (failed !== undefined) item.error = failureOf(failed);
  else addPoint(site, item, { start, day });
  item.lastTime ??= start;
}

function addPoint(site: Site, item: ProtectedItem, of: { start: number; day: number }): void {
  const world = { state: site.state, now: site.now };
  const time = of.start + 8 * span.second;
  const point: BackupPoint = pointOf(world, item, { time, expires: time + Math.max(30, of.day + 5) * span.day });
  if (of.day % 9 === 5) point.type = 'CrashConsistent';
  point.vaulted = of.start + lasting(world, 41 * span.minute, 25 * span.second);
  item.points.push(point);
  item.lastPoint ??= time;
}

function addBackupJob(
  site: Site,
  of: { how: Protection; item: ProtectedItem },
  run: { start: number; failed: string | undefined },
): void {
  const { how, item } = of;
  const world = { state: site.state, now: site.now };
  const stretch = 0.8 + (Number(stableNumber(`${item.name}:${run.start}`, 2)) % 40) / 100;
  const duration = (azure: number, practice: number): number => Math.round(lasting(world, azure, practice) * stretch);
  const job: BackupJob = {
    name: stableGuid(`job:${item.name}:${run.start}`),
    verb: 'Backup',
    item: itemKey(item.name),
    entity: item.friendlyName,
    containerName: backupNames(item.vm).short,
    timeline: {
      start: run.start,
      steps: [
        { name: 'Take Snapshot', duration: duration(460 * span.second, 5 * span.second) },
        { name: 'Transfer data to vault', duration: duration(33 * span.minute, 20 * span.second) },
      ],
      ...(run.failed === undefined ? {} : { failsAt: 0 }),
    },
    ...(run.failed === undefined ? {} : { error: failureOf(run.failed) }),
    effects: {},
    onFailure: [],
    bag: { 'VM Name': item.friendlyName, 'Recovery Point Expiry Time in UTC': bagTime(run.start + 30 * span.day) },
    endBag: run.failed === undefined ? { 'Backup Size': `${Math.round(8000 * stretch)} MB` } : {},
    internalBag: { IsInstantRpJob: 'True' },
    cancellable: true,
    byUser: false,
    activityId: stableGuid(`activity:${item.name}:${run.start}`),
  };
  how.vault.backup.jobs[job.name] = job;
}

function softDeleted(site: Site, item: ProtectedItem, how: Protection): void {
  const at = site.now - (how.deletedDays ?? 0) * span.day;
  const until = at + how.vault.softDelete.days * span.day;
  item.deleted = { at, until };
  const effect = { kind: 'item.purged', vault: keyOf(how.vault.id), item: itemKey(item.name), deletedAt: at } as const;
  site.state.pending.push({ at: until, effect });
}
