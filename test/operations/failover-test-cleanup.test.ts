import assert from 'node:assert/strict';
import { failoverTestCleanup } from '../../src/operations/recovery/failover-test-cleanup.ts';
import { aJob, aReplica, execution, ids, stubContext } from '../support/stub-azure.ts';

const asOf = '2026-03-02T08:00:00.000Z';
const parameters = { vm: ids.vm, notes: '' };
const waiting = aReplica({ testFailoverState: 'WaitingForCompletion', allowedOperations: ['TestFailoverCleanup'] });

describe('failover.test-cleanup', () => {
  it('offers only VMs whose test VM waits', async () => {
    const items = [aReplica({ vmId: 'idle' }), waiting];
    const choices = await failoverTestCleanup.choices?.(
      stubContext({ inventory: { replicatedItems: async () => ({ value: items, asOf }) } }),
      'vm',
      {},
    );
    assert.deepEqual(
      choices?.map((choice) => choice.value),
      [ids.vm],
    );
  });

  it('is blocked when Azure has nothing to clean up', async () => {
    for (const [replica, expected] of [
      [waiting, 'passed'],
      [aReplica(), 'blocks'],
    ] as const) {
      const context = stubContext({ recovery: { item: async () => replica } });
      const [finding] = await failoverTestCleanup.checks(
        context,
        parameters,
        await failoverTestCleanup.preview(context, parameters),
      );
      assert.equal(finding?.severity, expected);
    }
  });

  it('leaves the run and the person in Azure’s comments', async () => {
    const sent: unknown[] = [];
    const cleanUpTestFailover = async (...request: unknown[]) => {
      sent.push(request);
      return { kind: 'replication', vaultId: 'v', jobId: 'j' } as const;
    };
    await failoverTestCleanup.submit(stubContext({ recovery: { cleanUpTestFailover } }), parameters, execution);
    assert.deepEqual(sent, [
      [ids.replica, { comments: 'Vaultkeeper run 4F7K, Ana', clientRequestId: execution.clientRequestId }],
    ]);
  });

  it('keeps the notes of the test in the preview, in Azure’s comments and in the report', async () => {
    const noted = { ...parameters, notes: 'the ERP works there' };
    const sent: string[] = [];
    const cleanUpTestFailover = async (_: string, { comments }: { readonly comments: string }) => {
      sent.push(comments);
      return { kind: 'replication', vaultId: 'v', jobId: 'j' } as const;
    };
    const context = stubContext({
      recovery: { item: async () => waiting, cleanUpTestFailover, jobsSince: async () => [] },
    });
    await failoverTestCleanup.submit(context, noted, execution);
    assert.deepEqual(sent, ['the ERP works there; Vaultkeeper run 4F7K, Ana']);
    const { facts: before } = await failoverTestCleanup.preview(context, noted);
    const { facts: after } = await failoverTestCleanup.result(context, noted, execution, aJob('succeeded'));
    for (const facts of [before, after ?? []])
      assert.equal(facts.find(({ label }) => label.message === 'fact.notes')?.value, noted.notes);
    const choices = await failoverTestCleanup.choices?.(context, 'notes', { vm: ids.vm });
    assert.deepEqual(
      choices?.map(({ value }) => value),
      [''],
    );
  });

  it('does not claim success for a job that failed', async () => {
    const outcome = await failoverTestCleanup.result(
      stubContext({ recovery: { jobsSince: async () => [] } }),
      parameters,
      execution,
      aJob('failed'),
    );
    assert.equal(outcome.sentence.message, 'failover.test-cleanup.failed');
  });
});
