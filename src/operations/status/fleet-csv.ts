import { setImmediate } from 'node:timers/promises';
import { stringify } from 'csv-stringify/sync';
import { keyOf, nameOf } from '../../azure/arm-id.ts';
import type { Fleet, VmStanding } from './fleet.ts';
import type { Troubles } from './fleet-troubles.ts';

type Cell = string | number | boolean | undefined;
type Row = Readonly<Record<(typeof fleetColumns)[number], Cell>>;

/** In the order of the file. Names are English and stay the same: other programs read them. */
export const fleetColumns = [
  'vm',
  'resource_group',
  'subscription_id',
  'region',
  'os',
  'power_state',
  'tags',
  'protection',
  'vault',
  'policy',
  'protection_state',
  'health',
  'last_backup_status',
  'last_backup_time',
  'last_recovery_point',
  'backup_late',
  'soft_deleted',
  'replicated',
  'replication_vault',
  'replication_health',
  'replication_state',
  'rpo_seconds',
  'rpo_breached',
  'last_test_failover',
  'drill_overdue',
  'test_failover_state',
  'failed_jobs_last_day',
  'as_of',
  'vm_id',
] as const;

/**
 * One row per VM, with all that the summary knows of it. Cells that a spreadsheet would take for a formula (`=`, `+`, `-`, `@`, tab)
 * get an apostrophe in front (OWASP, "CSV Injection"): tags are anybody's words.
 */
export function fleetCsv(fleet: Fleet, troubles: Troubles): string {
  return csvOf(fleet.vms.map(rowsWith(fleet, troubles)), 'with-header');
}

/** Rows that are written before others get their turn. */
const rowsAtOnce = 500;

/** The same, of a fleet of any size in between other work: a hundred thousand rows take seconds. */
export async function wholeFleetCsv(fleet: Fleet, troubles: Troubles): Promise<string> {
  const rowOf = rowsWith(fleet, troubles);
  const parts = [csvOf([], 'with-header')];
  for (let at = 0; at < fleet.vms.length; at += rowsAtOnce) {
    await setImmediate();
    parts.push(csvOf(fleet.vms.slice(at, at + rowsAtOnce).map(rowOf), 'rows'));
  }
  return parts.join('');
}

function csvOf(rows: readonly Row[], part: 'with-header' | 'rows'): string {
  return stringify([...rows], {
    header: part === 'with-header',
    columns: [...fleetColumns],
    cast: { boolean: (value: boolean) => (value ? 'yes' : 'no') },
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}

function rowsWith(fleet: Fleet, troubles: Troubles): (standing: VmStanding) => Row {
  const late = new Set(troubles.late.map(({ vm }) => vm.id));
  const [rpo, drills] = [troubles.rpo, troubles.drills].map((list) => new Set(list.map(({ id }) => keyOf(id))));
  const failed = Map.groupBy(
    troubles['failed-jobs'].flatMap(({ jobs }) => jobs),
    ({ target }) => target.toLowerCase(),
  );
  return ({ vm, item, replica, protection }) => ({
    vm: vm.name,
    resource_group: vm.resourceGroup,
    subscription_id: vm.subscriptionId,
    region: vm.location,
    os: vm.osType,
    power_state: vm.powerState.replace('PowerState/', ''),
    tags: Object.entries(vm.tags)
      .map(([name, value]) => `${name}=${value}`)
      .join('; '),
    protection,
    vault: item && nameOf(item.vaultId),
    policy: item?.policyName,
    protection_state: item?.protectionState,
    health: item?.healthStatus,
    last_backup_status: item?.lastBackupStatus,
    last_backup_time: item?.lastBackupTime,
    last_recovery_point: item?.lastRecoveryPoint,
    backup_late: late.has(vm.id),
    soft_deleted: item?.softDeleted ?? false,
    replicated: replica !== undefined,
    replication_vault: replica && nameOf(replica.vaultId),
    replication_health: replica?.replicationHealth,
    replication_state: replica?.protectionState,
    rpo_seconds: replica?.rpoSeconds,
    rpo_breached: replica && rpo?.has(keyOf(replica.id)),
    last_test_failover: replica?.lastTestFailover,
    drill_overdue: replica && drills?.has(keyOf(replica.id)),
    test_failover_state: replica?.testFailoverState,
    failed_jobs_last_day: failed.get(vm.name.toLowerCase())?.length ?? 0,
    as_of: fleet.aged.asOf,
    vm_id: vm.id,
  });
}
