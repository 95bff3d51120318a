import { say } from '../../../src/message.ts';
import type { RunState } from '../../../src/operations/run-summary.ts';
import type { Finding } from '../../../src/operations/screen.ts';
import type { Run } from '../../../src/runs/run.ts';

/** The people of the samples. */
export const ana = {
  tenantId: '7b0c7d8e-0000-4000-8000-000000000001',
  oid: '00000000-0000-4000-9000-0000000000a1',
  name: 'Ana Souza',
};
export const luca = { ...ana, oid: '00000000-0000-4000-9000-0000000000b2', name: 'Luca Ferrari' };

const vmId =
  '/subscriptions/5f1c2a34-1111-4222-8333-94d7a6e1b001/resourceGroups/rg-erp/providers/Microsoft.Compute/virtualMachines/erp-prod-01';

const findings: readonly Finding[] = [
  { id: 'validated', severity: 'passed', text: say('sample.replication-healthy') },
  { id: 'no-other', severity: 'passed', text: say('sample.nothing-else-runs') },
  { id: 'plan', severity: 'warns', text: say('sample.in-plan'), advice: say('sample.in-plan.advice') },
];

/** A run of a test failover, waiting for its second person; fields given go over it. */
export function sampleRun(given: Partial<Run> = {}): Run {
  return {
    id: '3f0f6f0c-5a0b-4d0e-8f0a-2b8d6f9f0a11',
    code: '4F7K',
    version: 3,
    state: 'awaiting-approval',
    operation: 'sample.test-failover',
    risk: 'disruptive',
    parameters: { vm: vmId, point: 'latest-processed', network: 'none' },
    planHash: 'a91c3e5b77aa',
    targets: [vmId],
    targetName: 'erp-prod-01',
    requester: ana,
    reader: { locale: 'en', timeZone: 'Europe/Rome' },
    reason: 'DR drill CHG0042',
    conversationId: 'a:1ana',
    preview: {
      sentence: say('sample.preview'),
      facts: [
        { label: say('sample.vault'), value: 'rsv-dr-neu' },
        { label: say('sample.point'), value: { time: '2026-11-21T12:54:00Z' } },
        { label: say('sample.network'), value: 'vnet-drill-neu' },
      ],
      resources: [vmId],
      measured: {},
    },
    findings,
    requirement: { confirmation: 'none', approvals: 1 },
    approvals: [],
    createdAt: '2026-11-21T12:58:00Z',
    decideBy: '2026-11-21T13:28:00Z',
    clientRequestId: '0b0e5a1e-7f8f-4a2b-9a0e-6f8e2d1c0b0a',
    ...given,
  };
}

const approved = { approvals: [{ actor: luca, at: '2026-11-21T12:59:00Z' }], approvedAt: '2026-11-21T12:59:00Z' };
const started = { ...approved, startingAt: '2026-11-21T12:59:10Z' };
const ref = { kind: 'replication', vaultId: '/subscriptions/x/v', jobId: 'j1' } as const;
const tasks = [
  { name: 'Prerequisites check for test failover', state: 'succeeded' },
  { name: 'Create test environment', state: 'succeeded' },
  { name: 'Create test virtual machine', state: 'running' },
  { name: 'Start the virtual machine', state: 'waiting' },
] as const;

/** A run in each state, as it looks in life. */
export const samples: Readonly<Record<RunState, Run>> = {
  draft: sampleRun({
    state: 'draft',
    risk: 'reversible',
    operation: 'sample.backup',
    requirement: { confirmation: 'click', approvals: 0 },
    targetName: 'sql-prod-01',
  }),
  'awaiting-approval': sampleRun(),
  approved: sampleRun({ state: 'approved', ...approved }),
  starting: sampleRun({ state: 'starting', ...started }),
  unknown: sampleRun({ state: 'unknown', ...started }),
  running: sampleRun({
    state: 'running',
    ...started,
    job: ref,
    progress: {
      ref,
      state: 'running',
      tasks,
      startedAt: '2026-11-21T12:59:14Z',
      percent: 46,
      recommendations: [],
      nextLookSeconds: 30,
    },
  }),
  'needs-attention': sampleRun({
    state: 'needs-attention',
    ...started,
    why: say('sample.unclear'),
    advice: say('sample.unclear.advice'),
    correlationId: '7d0a1f52-1111-4b7e-9c57-c0ffee000001',
  }),
  succeeded: sampleRun({
    state: 'succeeded',
    ...started,
    endedAt: '2026-11-21T13:11:40Z',
    outcome: {
      sentence: say('sample.done'),
      facts: [{ label: say('sample.test-vm'), value: 'erp-prod-01-test' }],
      leftToDo: [say('sample.clean-up')],
      suggestions: [
        {
          title: say('sample.clean-up-button'),
          wish: { operation: 'failover.test-cleanup', parameters: { vm: vmId } },
        },
      ],
    },
  }),
  failed: sampleRun({
    state: 'failed',
    ...started,
    endedAt: '2026-11-21T13:02:00Z',
    why: 'The virtual network was not found. (28031)',
    advice: say('sample.unclear.advice'),
    correlationId: '7d0a1f52-1111-4b7e-9c57-c0ffee000001',
  }),
  cancelled: sampleRun({ state: 'cancelled', ...started, endedAt: '2026-11-21T13:02:00Z' }),
  rejected: sampleRun({
    state: 'rejected',
    decidedBy: luca,
    endedAt: '2026-11-21T13:02:00Z',
    why: 'Not during month-end closing.',
  }),
  withdrawn: sampleRun({ state: 'withdrawn', decidedBy: ana, endedAt: '2026-11-21T13:02:00Z' }),
  expired: sampleRun({ state: 'expired', endedAt: '2026-11-21T13:28:00Z', why: say('sample.expired') }),
  superseded: sampleRun({
    state: 'superseded',
    ...approved,
    endedAt: '2026-11-21T13:02:00Z',
    differences: [{ what: 'sample.point', was: '2026-11-21T12:54:00Z', now: '2026-11-21T12:59:00Z' }],
  }),
};

/** A destructive run whose requester has to type the name, with something in the way or not. */
export const typedDraft = sampleRun({
  state: 'draft',
  risk: 'destructive',
  requirement: { confirmation: 'typed-name', approvals: 2 },
});
export const blockedDraft = sampleRun({
  state: 'draft',
  findings: [
    ...findings,
    { id: 'held', severity: 'blocks', text: say('sample.cleanup-pending'), advice: say('sample.in-plan.advice') },
  ],
});

/** Words of the samples, English only: what operations would say. */
export const sampleTexts: Readonly<Record<string, string>> = {
  'sample.test-failover.title': 'Test failover',
  'sample.backup.title': 'Back up now',
  'sample.preview':
    'Creates a test VM of erp-prod-01 in North Europe from the point of 12:54. Production keeps running.',
  'sample.vault': 'Vault',
  'sample.policy': 'Policy',
  'sample.target': 'Target',
  'sample.rpo': 'RPO',
  'sample.point': 'Recovery point',
  'sample.network': 'Test network',
  'sample.replication-healthy': 'Replication is healthy, RPO 4 min',
  'sample.nothing-else-runs': 'No other operation is running on it',
  'sample.in-plan': 'The VM is in recovery plan rp-erp',
  'sample.in-plan.advice': 'The plan is not started by this; test the plan to test its order.',
  'sample.cleanup-pending': 'An earlier test failover has not been cleaned up',
  'sample.unclear': 'Azure has a job that may be ours, started at the same minute.',
  'sample.unclear.advice': 'Look at the job in the vault, then tell me what it is.',
  'sample.done': 'The test VM erp-prod-01-test is running in North Europe.',
  'sample.test-vm': 'Test VM',
  'sample.clean-up': 'Clean up the test failover, or both VMs go on costing money',
  'sample.clean-up-button': 'Clean up',
  'sample.expired': 'Nobody decided in 30 minutes.',
};
