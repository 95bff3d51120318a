import assert from 'node:assert/strict';
import { planTestCleanup } from '../../src/operations/recovery/plan-test-cleanup.ts';
import { aReplica, execution, stubContext } from '../support/stub-azure.ts';
import { aPlan, aReplicationEnd, aReplicationJob, recoveryIds, sentBy } from './support/recovery.ts';

const request = { plan: recoveryIds.plan, notes: 'Login works' };

describe('plan.test-cleanup', () => {
  it('is blocked when Azure has nothing to clean up', async () => {
    const severity = async (plan: ReturnType<typeof aPlan>) => {
      const context = stubContext({ recovery: { plan: async () => plan } });
      return (await planTestCleanup.checks(context, request, await planTestCleanup.preview(context, request)))[0]
        ?.severity;
    };
    assert.equal(await severity(aPlan({ allowedOperations: ['TestFailoverCleanup'] })), 'passed');
    assert.equal(await severity(aPlan()), 'blocks');
  });

  it('leaves the run and the person in Azure’s comments', async () => {
    const { sent, stub } = sentBy('cleanUpPlan');
    await planTestCleanup.submit(stubContext({ recovery: stub }), request, execution);
    assert.deepEqual(sent, [
      { comments: 'Login works; Vaultkeeper run 4F7K, Ana', clientRequestId: execution.clientRequestId },
    ]);
  });

  it('does not claim success for a job that failed', async () => {
    const context = stubContext({ recovery: { plan: async () => aPlan(), planJobsSince: async () => [] } });
    const end = async (state: 'succeeded' | 'failed') =>
      (await planTestCleanup.result(context, request, execution, aReplicationEnd(state))).sentence.message;
    assert.deepEqual(
      [await end('succeeded'), await end('failed')],
      ['plan.test-cleanup.done', 'plan.test-cleanup.failed'],
    );
  });

  it('ends with the report of the drill: when, how long per VM and in all, what failed, who, and the notes', async () => {
    const ref = (jobId: string) => ({ kind: 'replication' as const, vaultId: recoveryIds.vault, jobId });
    const step = { state: 'succeeded', waits: false, tasks: [] } as const;
    const drill = aReplicationJob({
      startedAt: '2026-03-02T07:00:00.000Z',
      endedAt: '2026-03-02T07:20:00.000Z',
      tasks: [
        { ...step, name: 'Start sql-01', vmName: 'sql-01', endedAt: '2026-03-02T07:05:00.000Z' },
        { ...step, name: 'Warm the caches', state: 'failed' },
      ],
    });
    const older = aReplicationJob({ startedAt: '2026-02-02T07:00:00.000Z' });
    const context = stubContext({
      recovery: {
        plan: async () => aPlan(),
        items: async () => [aReplica({ allowedOperations: ['TestFailoverCleanup'] })],
        planJobsSince: async () => [ref('old'), ref('new')],
        job: async (id) => (id.endsWith('new') ? drill : older),
      },
    });
    const { facts } = await planTestCleanup.result(context, request, execution, aReplicationEnd('succeeded'));
    assert.deepEqual(
      facts.map(({ label }) => label.message.slice('fact.'.length)),
      ['last-test', 'rto', 'rto-vms', 'failed-steps', 'drilled-by', 'notes', 'left-behind'],
    );
    assert.match(
      JSON.stringify(facts),
      /"seconds":1200.*"sql-01","time":\{"seconds":300\}.*Warm the caches.*Ana.*Login works/,
    );
  });
});
