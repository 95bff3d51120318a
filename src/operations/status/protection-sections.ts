import { nameOf } from '../../azure/arm-id.ts';
import type { Aged, ProtectedItem, ReplicatedItem, Snapshot } from '../../azure/types.ts';
import { azureWord } from '../../azure-words.ts';
import { fact, moment, type Seen } from '../facts.ts';
import { own } from '../operation.ts';
import type { Section, Tone } from '../screen.ts';
import { goneForGoodAt } from '../soft-deleted.ts';

const message = own('protection.show');

/** How well a protected item is doing. */
export function backupTone(item: ProtectedItem): Tone {
  if (item.softDeleted || item.protectionState === 'ProtectionStopped') return 'bad';
  if (item.protectionState !== 'Protected' || item.lastBackupStatus === 'Failed') return 'warning';
  return item.healthStatus === undefined || item.healthStatus === 'Passed' ? 'good' : 'warning';
}

/** What Azure Backup holds of a VM: vault, policy, last good recovery point, health. */
export function backupSection(seen: Seen<ProtectedItem | undefined>): Section {
  const title = message('backup');
  if (!seen.seen) return { title, tone: 'unknown', lead: seen.why, facts: [] };
  const item = seen.value;
  if (item === undefined) return { title, tone: 'bad', lead: message('no-backup'), facts: [] };
  return {
    title,
    tone: backupTone(item),
    lead: message('backup-state', { state: backupState(item) }),
    facts: backupFacts(item),
  };
}

function backupState(item: ProtectedItem) {
  if (item.softDeleted) return softDeleted(item);
  return message(
    `state-${item.protectionState === 'Protected' && item.lastBackupStatus === 'Failed' ? 'LastFailed' : stateKey(item)}`,
  );
}

function softDeleted(item: ProtectedItem) {
  const until = goneForGoodAt(item);
  return until === undefined ? message('soft-deleted-unsaid') : message('soft-deleted', { until: { age: until } });
}

function stateKey(item: ProtectedItem): string {
  const known = [
    'Protected',
    'IRPending',
    'ProtectionStopped',
    'ProtectionError',
    'ProtectionPaused',
    'BackupsSuspended',
  ];
  return known.includes(item.protectionState) ? item.protectionState : 'Other';
}

function backupFacts(item: ProtectedItem) {
  return [
    fact('vault', nameOf(item.vaultId)),
    ...(item.policyName ? [fact('policy', item.policyName)] : []),
    fact('last-point', item.lastRecoveryPoint ? moment(item.lastRecoveryPoint) : message('never')),
    ...(item.lastBackupStatus
      ? [
          fact(
            'last-backup',
            item.lastBackupTime
              ? message('status-at', { status: azureWord(item.lastBackupStatus), when: moment(item.lastBackupTime) })
              : azureWord(item.lastBackupStatus),
          ),
        ]
      : []),
    ...(item.healthStatus ? [fact('health', azureWord(item.healthStatus))] : []),
  ];
}

/** What Site Recovery holds of a VM: health, RPO, last test failover. */
export function replicationSection(seen: Seen<ReplicatedItem | undefined>): Section {
  const title = message('replication');
  if (!seen.seen) return { title, tone: 'unknown', lead: seen.why, facts: [] };
  const item = seen.value;
  if (item === undefined) return { title, tone: 'neutral', lead: message('no-replication'), facts: [] };
  const tone: Tone =
    item.replicationHealth === 'Normal' ? 'good' : item.replicationHealth === 'Critical' ? 'bad' : 'warning';
  return {
    title,
    tone,
    lead: message('replicates', { from: item.primaryRegion, to: item.recoveryRegion }),
    facts: replicationFacts(item),
  };
}

function replicationFacts(item: ReplicatedItem) {
  const cause = item.healthErrors[0];
  return [
    fact('vault', nameOf(item.vaultId)),
    fact('health', azureWord(item.replicationHealth)),
    ...(cause ? [fact('cause', cause.message)] : []),
    fact('rpo', item.rpoSeconds === undefined ? message('not-reported') : { seconds: item.rpoSeconds }),
    fact('last-test', item.lastTestFailover ? moment(item.lastTestFailover) : message('never')),
    ...(item.allowedOperations.includes('TestFailoverCleanup') ? [fact('test-vm', message('test-waiting'))] : []),
  ];
}

/** The snapshots of a VM's disks. */
export function snapshotSection(seen: Seen<Aged<readonly Snapshot[]>>): Section {
  const title = message('snapshots');
  if (!seen.seen) return { title, tone: 'unknown', lead: seen.why, facts: [] };
  const newest = seen.value.value
    .map((snapshot) => snapshot.createdAt)
    .sort()
    .at(-1);
  const lead = message('snapshot-count', { count: seen.value.value.length });
  return { title, tone: 'neutral', lead, facts: newest === undefined ? [] : [fact('newest', moment(newest))] };
}
