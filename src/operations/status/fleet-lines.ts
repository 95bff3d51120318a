import { nameOf, resourceGroupOf } from '../../azure/arm-id.ts';
import type { ReplicatedItemSummary } from '../../azure/ports.ts';
import type { Snapshot } from '../../azure/types.ts';
import { explained } from '../../azure-codes.ts';
import { isMessage, type Text } from '../../message.ts';
import type { Context } from '../context.ts';
import { own } from '../operation.ts';
import { snapshotCost } from '../prices.ts';
import { healthText, healthTone, stateText } from '../recovery/replication-words.ts';
import type { ListItem, Tone, Wish } from '../screen.ts';
import type { VmStanding } from './fleet.ts';
import type { Cause, DeletedItem, FleetPart, Troubles, WeakVault } from './fleet-troubles.ts';

const message = own('fleet.summary');

/** How bad one of a part is; a part without any is fine. */
export const toneOfPart: Readonly<Record<FleetPart, Tone>> = {
  unprotected: 'bad',
  unknown: 'unknown',
  'failed-backups': 'bad',
  late: 'bad',
  'failed-jobs': 'bad',
  unhealthy: 'bad',
  rpo: 'bad',
  uncommitted: 'warning',
  tests: 'warning',
  drills: 'warning',
  deleted: 'warning',
  expired: 'warning',
  vaults: 'warning',
  protected: 'good',
};

/** In the order in which they are looked at. */
export const fleetParts = Object.keys(toneOfPart) as readonly FleetPart[];

/** How many things of a part there are: jobs are counted, not their causes. */
export function countOf(troubles: Troubles, part: FleetPart): number {
  return part === 'failed-jobs'
    ? troubles[part].reduce((sum, { jobs }) => sum + jobs.length, 0)
    : troubles[part].length;
}

/** The first `most` things of a part as lines that can be chosen. */
export function linesOf(context: Context, troubles: Troubles, { part, most }: { part: FleetPart; most: number }) {
  return lines[part](troubles, { context, most });
}

interface Drawing {
  readonly context: Context;
  readonly most: number;
}

type Lines = (troubles: Troubles, drawing: Drawing) => readonly ListItem[];

const lines: Readonly<Record<FleetPart, Lines>> = {
  protected: (of, { most }) => of.protected.slice(0, most).map((one) => vmLine(one, lastPoint(one))),
  unprotected: (of, { most }) => of.unprotected.slice(0, most).map((one) => vmLine(one, whyUnprotected(one))),
  unknown: (of, { most }) => of.unknown.slice(0, most).map((one) => vmLine(one, message('not-looked'))),
  'failed-backups': (of, { most }) => of['failed-backups'].slice(0, most).map((one) => vmLine(one, lastPoint(one))),
  late: (of, { most }) => of.late.slice(0, most).map((one) => vmLine(one, lastPoint(one), policyOf(one))),
  'failed-jobs': (of, { most }) => of['failed-jobs'].slice(0, most).map(causeLine),
  unhealthy: (of, { most }) =>
    of.unhealthy.slice(0, most).map((one) => replicaLine(one, healthText(one.replicationHealth))),
  rpo: (of, { most }) => of.rpo.slice(0, most).map((one) => replicaLine(one, rpoText(one))),
  drills: (of, { most }) => of.drills.slice(0, most).map((one) => replicaLine(one, lastTest(one))),
  tests: (of, { most }) => of.tests.slice(0, most).map((one) => replicaLine(one, message('test-waits'))),
  uncommitted: (of, { most }) =>
    of.uncommitted.slice(0, most).map((one) => replicaLine(one, stateText(one.protectionState))),
  deleted: (of, { most }) => of.deleted.slice(0, most).map(deletedLine),
  expired: (of, { context, most }) => of.expired.slice(0, most).map((one) => snapshotLine(context, one)),
  vaults: (of, { most }) => of.vaults.slice(0, most).map(vaultLine),
};

function vmLine({ vm, protection }: VmStanding, ...details: readonly Text[]): ListItem {
  const where = message('where', { group: resourceGroupOf(vm.id), region: vm.location });
  return {
    title: vm.name,
    tone: protection === 'protected' ? 'neutral' : protection === 'unknown' ? 'unknown' : 'bad',
    details: [where, ...details],
    opens: show('protection.show', vm.id),
  };
}

function show(operation: string, vm: string): Wish {
  return { operation, parameters: { vm } };
}

function whyUnprotected({ protection, item }: VmStanding): Text {
  if (protection === 'stopped') return message('is-stopped');
  return message(item === undefined ? 'never-protected' : 'is-deleted');
}

function lastPoint({ item }: VmStanding): Text {
  const last = item?.lastRecoveryPoint;
  return last === undefined ? message('no-point') : message('last-point', { age: { age: last } });
}

function policyOf({ item }: VmStanding): Text {
  return message('by-policy', { policy: item?.policyName ?? '–' });
}

/** What failed together: our explanation where we know the code, else Azure's own words. */
export function causeText({ code, reason }: Cause): Text {
  const told = explained({ code, message: reason })?.text.values?.text;
  if (told !== undefined && typeof told === 'object' && !Array.isArray(told)) {
    const text = told as Text;
    if (isMessage(text)) return text;
  }
  return reason === '' ? message('no-cause') : reason;
}

function causeLine(cause: Cause): ListItem {
  const [first] = cause.jobs;
  const names = [...new Set(cause.jobs.map(({ target }) => target))];
  const operation = first?.service === 'replication' ? 'replication-job.list' : 'backup-job.list';
  return {
    title: message('cause', { count: cause.jobs.length, cause: causeText(cause) }),
    tone: 'bad',
    details: [
      ...(cause.code === '' ? [] : [message('code', { code: cause.code })]),
      message('on', { names: names.slice(0, 3), more: Math.max(0, names.length - 3) }),
    ],
    opens: { operation, parameters: {} },
  };
}

function replicaLine(item: ReplicatedItemSummary, detail: Text): ListItem {
  return {
    title: item.friendlyName,
    tone: healthTone(item.replicationHealth),
    details: [detail, nameOf(item.vaultId)],
    opens: show('replicated-item.show', item.vmId),
  };
}

function rpoText({ rpoSeconds }: ReplicatedItemSummary): Text {
  return message('rpo-is', { rpo: { seconds: rpoSeconds ?? 0 } });
}

function lastTest({ lastTestFailover }: ReplicatedItemSummary): Text {
  return lastTestFailover === undefined ? message('no-test') : message('last-test', { age: { age: lastTestFailover } });
}

function deletedLine({ item, daysLeft }: DeletedItem): ListItem {
  return {
    title: item.friendlyName,
    tone: 'warning',
    details: [
      daysLeft === undefined ? message('days-unknown') : message('days-left', { days: daysLeft }),
      nameOf(item.vaultId),
    ],
    opens: show('protection.show', item.vmId),
  };
}

function snapshotLine(context: Context, snapshot: Snapshot): ListItem {
  const cost = snapshotCost(context, snapshot);
  return {
    title: snapshot.name,
    tone: 'warning',
    details: [
      message('expired-since', { age: { age: snapshot.tags['vaultkeeper-expires'] ?? '' } }),
      cost === undefined ? message('cost-unknown') : message('costs', { cost }),
    ],
    opens: { operation: 'snapshot.list', parameters: {} },
  };
}

function vaultLine({ vault, lacks, unknown }: WeakVault): ListItem {
  return {
    title: vault.name,
    tone: lacks.length > 0 ? 'warning' : 'unknown',
    details: [
      ...(lacks.length > 0 ? [message('lacks', { what: lacks.map((one) => message(one)) })] : []),
      ...(unknown.length > 0 ? [message('lacks-unknown', { what: unknown.map((one) => message(one)) })] : []),
    ],
    opens: { operation: 'vault.show', parameters: { vault: vault.id } },
  };
}
