import { keyOf } from '../../azure/arm-id.ts';
import type { ReplicatedItemSummary } from '../../azure/ports.ts';
import type { JobSummary, ProtectedItem, Snapshot, Vault } from '../../azure/types.ts';
import { once } from '../once.ts';
import { goneForGoodAt } from '../soft-deleted.ts';
import type { Fleet, VmStanding } from './fleet.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Site Recovery's policies of Azure VMs state no threshold, so this one is ours: three of Azure's five-minute points missed. */
export const rpoThresholdSeconds = 15 * 60;
/** Microsoft advises a drill every six months (Site Recovery's health error 161011). */
export const drillDays = 180;

/** Everything that somebody may have to look after, by what it is. */
export interface Troubles {
  readonly protected: readonly VmStanding[];
  readonly unprotected: readonly VmStanding[];
  readonly unknown: readonly VmStanding[];
  readonly 'failed-backups': readonly VmStanding[];
  readonly late: readonly VmStanding[];
  readonly 'failed-jobs': readonly Cause[];
  readonly unhealthy: readonly ReplicatedItemSummary[];
  readonly rpo: readonly ReplicatedItemSummary[];
  readonly drills: readonly ReplicatedItemSummary[];
  readonly tests: readonly ReplicatedItemSummary[];
  readonly uncommitted: readonly ReplicatedItemSummary[];
  readonly deleted: readonly DeletedItem[];
  readonly expired: readonly Snapshot[];
  readonly vaults: readonly WeakVault[];
}

export type FleetPart = keyof Troubles;

/** Jobs that failed for one reason. */
export interface Cause {
  /** Azure's code; empty where it gives none. */
  readonly code: string;
  /** Azure's own words of the first of them. */
  readonly reason: string;
  readonly jobs: readonly JobSummary[];
}

/** Soft-deleted data, and how many whole days are left to bring it back; undefined where Azure does not say when it was deleted. */
export interface DeletedItem {
  readonly item: ProtectedItem;
  readonly daysLeft?: number;
}

/** What a vault lacks, and what is not known of it. */
export interface WeakVault {
  readonly vault: Vault;
  readonly lacks: readonly Safeguard[];
  readonly unknown: readonly Safeguard[];
}

const safeguards = ['softDelete', 'immutable', 'geoRedundant'] as const;
export type Safeguard = (typeof safeguards)[number];

/** Sorts out the fleet. */
export function troublesOf(fleet: Fleet, now: Date): Troubles {
  const at = now.getTime();
  const { vms, replicas } = fleet;
  const covered = vms.filter(({ protection }) => protection === 'protected');
  const hours = hoursOf(fleet);
  return {
    protected: covered,
    unprotected: vms.filter(({ protection }) => protection === 'unprotected' || protection === 'stopped'),
    unknown: vms.filter(({ protection }) => protection === 'unknown'),
    'failed-backups': covered.filter(({ item }) => item?.lastBackupStatus === 'Failed'),
    late: covered.filter((one) => isLate(one, hours, at)),
    'failed-jobs': causesOf(fleet.jobs.filter(({ status }) => status === 'Failed')),
    unhealthy: replicas.filter(({ replicationHealth: health }) => health !== 'Normal' && health !== 'None'),
    rpo: replicas.filter(({ rpoSeconds }) => (rpoSeconds ?? 0) > rpoThresholdSeconds),
    drills: replicas.filter((one) => isDrillOverdue(one, at)),
    tests: replicas.filter(({ testFailoverState }) => testFailoverState === 'WaitingForCompletion'),
    uncommitted: replicas.filter(({ protectionState }) => /CommitPending/i.test(protectionState)),
    deleted: fleet.items.filter(({ softDeleted }) => softDeleted).map((item) => deletedItem(item, fleet.vaults, at)),
    expired: fleet.snapshots.filter(({ tags }) => Date.parse(tags['vaultkeeper-expires'] ?? '') <= at),
    vaults: fleet.vaults.map(weaknessOf).filter(({ lacks, unknown }) => lacks.length + unknown.length > 0),
  };
}

/** VMs whose policy's schedule is not known: nobody can say whether their backup is late. */
export function withoutPromise({ vms, promises }: Fleet): number {
  const hours = hoursOf({ promises });
  return vms.filter(({ protection, item }) => protection === 'protected' && hours(item?.policyId ?? '') === undefined)
    .length;
}

/** Between two backups, by the id of the policy; undefined where its schedule is not known. */
type Hours = (policyId: string) => number | undefined;

function hoursOf({ promises }: Pick<Fleet, 'promises'>): Hours {
  return once((policyId) => promises.get(keyOf(policyId))?.everyHours);
}

/** A quarter of the time between two backups is grace, an hour at least: a backup takes its time. A first backup that is due counts from nothing. */
function isLate({ item }: VmStanding, hoursBetween: Hours, at: number): boolean {
  const hours = hoursBetween(item?.policyId ?? '');
  if (item === undefined || hours === undefined || item.protectionState === 'IRPending') return false;
  if (item.lastRecoveryPoint === undefined) return true;
  return at - Date.parse(item.lastRecoveryPoint) > (hours + Math.max(1, hours / 4)) * hourMs;
}

function isDrillOverdue({ protectionState, lastTestFailover }: ReplicatedItemSummary, at: number): boolean {
  if (protectionState !== 'Protected') return false;
  return lastTestFailover === undefined || at - Date.parse(lastTestFailover) > drillDays * dayMs;
}

/** The most frequent cause first. */
function causesOf(jobs: readonly JobSummary[]): readonly Cause[] {
  const byCode = Map.groupBy(jobs, ({ code }) => code ?? '');
  return [...byCode]
    .map(([code, failed]) => ({ code, reason: failed[0]?.reason ?? '', jobs: failed }))
    .sort((a, b) => b.jobs.length - a.jobs.length || a.code.localeCompare(b.code));
}

function deletedItem(item: ProtectedItem, vaults: readonly Vault[], at: number): DeletedItem {
  const until = goneForGoodAt(item, vaults);
  if (until === undefined) return { item };
  return { item, daysLeft: Math.max(0, Math.floor((Date.parse(until) - at) / dayMs)) };
}

function weaknessOf(vault: Vault): WeakVault {
  const known = vault.safeguards ?? {};
  return {
    vault,
    lacks: safeguards.filter((one) => known[one] === false),
    unknown: safeguards.filter((one) => known[one] === undefined),
  };
}
