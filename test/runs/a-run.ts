import type { StoredRun } from '../../src/runs/run.ts';
import { vmId } from './fake-azure.ts';

/** A run as it is stored, for tests that need no store. */
export function aRun(change: Partial<StoredRun> = {}): StoredRun {
  return {
    id: '3f2a9c1e-0000-4000-8000-00000000000a',
    code: '4F7K',
    version: 1,
    revision: 1,
    submissions: 0,
    state: 'awaiting-approval',
    operation: 'test.disruptive',
    risk: 'disruptive',
    parameters: { vm: vmId('sql-01') },
    planHash: 'a91c3e',
    targets: [vmId('sql-01')],
    targetName: 'sql-01',
    requester: { tenantId: 'tenant', oid: 'oid-ana', name: 'Ana' },
    reader: { locale: 'en', timeZone: 'UTC' },
    conversationId: 'chat',
    preview: { sentence: { message: 'test.preview' }, facts: [], resources: [], measured: {} },
    findings: [],
    requirement: { confirmation: 'none', approvals: 1 },
    approvals: [],
    createdAt: '2026-03-02T08:00:00.000Z',
    decideBy: '2026-03-02T08:30:00.000Z',
    clientRequestId: '3f2a9c1e-0000-4000-8000-00000000000b',
    ...change,
  };
}
