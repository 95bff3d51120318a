import { span } from '../clock.ts';
import type { World } from '../exchange.ts';
import type { HealthError, ItemPhase, ReplicatedItem } from './state.ts';

/**
 * Site Recovery's words for the phases of an item, and what each allows. Up to `protected` they are recorded; those
 * after a failover are not (see README).
 */
const phases: Readonly<Record<ItemPhase, { state: string; description: string; allows: readonly string[] }>> = {
  enabling: { state: 'UnprotectedStatesBegin', description: 'Enabling protection', allows: [] },
  replicating: {
    state: 'InitialReplicationInProgress',
    description: 'Initial replication is in progress',
    allows: ['DisableProtection'],
  },
  'awaiting-point': {
    state: 'InitialReplicationRecoveryCompletionPending',
    description: 'Waiting for first recovery point',
    allows: ['DisableProtection'],
  },
  protected: {
    state: 'Protected',
    description: 'Protected',
    allows: ['UnplannedFailover', 'DisableProtection', 'TestFailover'],
  },
  'failing-over': { state: 'UnplannedFailoverInProgress', description: 'Failover is in progress', allows: [] },
  'failed-over': {
    state: 'UnplannedFailoverCommitPending',
    description: 'Failover completed, commit pending',
    allows: ['Commit', 'ChangePit', 'DisableProtection'],
  },
  committing: { state: 'UnplannedFailoverCommitInProgress', description: 'Commit is in progress', allows: [] },
  committed: {
    state: 'UnplannedFailoverCommitted',
    description: 'Failover committed',
    allows: ['ReverseReplicate', 'SwitchProtection', 'DisableProtection'],
  },
  reprotecting: { state: 'SwitchProtectionInProgress', description: 'Reprotect is in progress', allows: [] },
};

/** An item's protection state in Site Recovery's words. */
export function protectionState(item: ReplicatedItem): { state: string; description: string } {
  return phases[item.phase];
}

/** What may be done with an item now: nothing while a job holds it, only the cleanup while a test is up. */
export function allowedOperations(item: ReplicatedItem): readonly string[] {
  if (item.job !== undefined) return [];
  if (item.test !== undefined) return ['TestFailoverCleanup'];
  return phases[item.phase].allows;
}

/** How a test failover stands. */
export function testState(item: ReplicatedItem): { state: string; description: string } {
  if (item.test === undefined) return { state: 'None', description: 'None' };
  if (item.test.done) return { state: 'WaitingForCompletion', description: 'Cleanup test failover pending' };
  return { state: 'InProgress', description: 'Test failover is in progress' };
}

/** Seconds that replication is behind, and when that was measured; nothing before the first point or after a failover. */
export function rpoOf(item: ReplicatedItem, world: World): { seconds: number; at: number } | undefined {
  if (item.pointsFrom === undefined || item.phase !== 'protected') return undefined;
  const at = world.now - (world.now % span.minute);
  if (item.pointsUntil !== undefined) {
    return { seconds: Math.max(0, Math.round((at - item.pointsUntil) / span.second)), at };
  }
  return { seconds: item.lagSeconds + ((at / span.minute) % 7) * 9, at };
}

/** All health errors of an item: its own, and the reminder of the test failover that was never done. */
export function healthErrors(item: ReplicatedItem): HealthError[] {
  if (item.phase !== 'protected' || item.lastTest !== undefined) return item.errors;
  const reminder: HealthError = {
    code: '161011',
    level: 'Warning',
    category: 'TestFailover',
    message: `No successful test failover has been done on the virtual machine '${item.friendlyName}'.`,
    causes: 'No successful test failover has been done on the virtual machine after it was replicated.',
    action: 'Do a test failover on the virtual machine.',
    at: item.enabled,
  };
  return [...item.errors, reminder];
}

/** Health of the replication, and of a failover that would be started now. */
export function healthOf(item: ReplicatedItem): { replication: string; failover: string } {
  const errors = healthErrors(item);
  const replication = errors.filter((one) => one.category === 'Replication');
  const failover = errors.filter((one) => one.category !== 'Replication');
  return { replication: worst(replication), failover: worst(failover) };
}

function worst(errors: readonly HealthError[]): string {
  if (errors.some((one) => one.level === 'Error')) return 'Critical';
  return errors.length > 0 ? 'Warning' : 'Normal';
}
