import { say } from '../../../src/message.ts';
import type { Screen } from '../../../src/operations/screen.ts';
import { manualScreen } from '../../../src/runs/reminders/manual-screens.ts';
import { closedScreen, reminderScreen } from '../../../src/runs/reminders/screens.ts';
import type { LeftOpenEntry, Watch, WatchEvent, WatchNews } from '../../../src/store/index.ts';
import { newsScreen } from '../../../src/watches/telling.ts';
import { aRun } from '../../runs/a-run.ts';

const vmId = '/subscriptions/x/resourceGroups/rg-erp/providers/Microsoft.Compute/virtualMachines/erp-prod-01';
const vaultId = '/subscriptions/x/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-prod-weu';
const run = aRun({ operation: 'failover.start', state: 'succeeded', targetName: 'erp-prod-01' });
const standing = aRun({
  operation: 'plan.failover',
  state: 'running',
  targetName: 'erp-plan',
  progress: {
    ref: { kind: 'replication', vaultId, jobId: 'j1' },
    state: 'running',
    tasks: [],
    recommendations: [],
    nextLookSeconds: 30,
    waitsFor: [
      {
        jobId: `${vaultId}/replicationJobs/j1`,
        name: 'Point the DNS record at the recovery region',
        instructions: 'Change erp.contoso.example in the zone contoso.example to 10.20.0.10.',
      },
    ],
  },
});
const entry: LeftOpenEntry = {
  runId: run.id,
  tenantId: 'tenant',
  conversationId: 'chat',
  target: vmId,
  kind: 'failover',
  openedAt: '2026-11-21T12:20:00.000Z',
  said: 2,
  nextAt: '2026-11-21T17:06:00.000Z',
};

/** A reminder as it is posted, and what it becomes. */
export const reminders: readonly Screen[] = [
  reminderScreen(run, entry, {
    open: true,
    sentence: say('reminder.uncommitted', { name: 'erp-prod-01', region: 'northeurope' }),
    suggestions: [
      { title: say('replicated-item.list.Commit'), wish: { operation: 'failover.commit', parameters: { vm: vmId } } },
      {
        title: say('replicated-item.list.ChangePit'),
        wish: { operation: 'failover.change-point', parameters: { vm: vmId } },
      },
    ],
  }),
  closedScreen(run, entry),
  manualScreen(standing, {
    since: '2026-11-21T12:50:00.000Z',
    people: ['Ana', 'Ben'],
    nextAt: '2026-11-21T13:05:00.000Z',
  }),
];

function event(vmName: string, change: Partial<WatchNews> = {}): WatchEvent {
  const body: WatchNews = {
    kind: 'backup-failed',
    vmId,
    vmName,
    vaultId,
    at: '2026-11-21T12:58:00.000Z',
    reason: 'UserErrorGuestAgentStatusUnavailable: The VM agent does not answer.',
    ...change,
  };
  return { key: vmName, conversationId: 'chat', foundAt: body.at, told: false, body };
}

const { reason: _none, ...critical } = event('erp-prod-01', { kind: 'replication-critical' }).body;

const watched: Watch = {
  target: { kind: 'vm', name: vmId },
  conversationId: 'chat',
  actor: { tenantId: 'tenant', oid: 'ana', name: 'Ana' },
  reader: { locale: 'en', timeZone: 'UTC' },
  createdAt: '2026-11-20T08:00:00.000Z',
};

/** What a watch tells of one failure, and of several at once. */
export const news: readonly Screen[] = [
  newsScreen([event('sql-prod-01')], [watched]),
  newsScreen([event('sql-prod-01'), event('web-prod-02'), { ...event('erp-prod-01'), body: critical }], [watched]),
];
