import assert from 'node:assert/strict';
import { planTestCleanup } from '../../src/operations/recovery/plan-test-cleanup.ts';
import { execution, stubContext } from '../support/stub-azure.ts';
import { aPlan, aReplicationEnd, recoveryIds, sentBy } from './support/recovery.ts';

const request = { plan: recoveryIds.plan };

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
    assert.deepEqual(sent, [{ comments: 'Vaultkeeper run 4F7K, Ana', clientRequestId: execution.clientRequestId }]);
  });

  it('does not claim success for a job that failed', async () => {
    const end = async (state: 'succeeded' | 'failed') =>
      (await planTestCleanup.result(stubContext(), request, execution, aReplicationEnd(state))).sentence.message;
    assert.deepEqual(
      [await end('succeeded'), await end('failed')],
      ['plan.test-cleanup.done', 'plan.test-cleanup.failed'],
    );
  });
});
