import assert from 'node:assert/strict';
import { planCommit } from '../../src/operations/recovery/plan-commit.ts';
import { aReplica, execution, stubContext } from '../support/stub-azure.ts';
import { aFailedOver, aPlan, aReplicationEnd, recoveryIds, sentBy } from './support/recovery.ts';

const parameters = { plan: recoveryIds.plan };
const committed = aFailedOver({
  protectionState: 'UnplannedFailoverCommitted',
  allowedOperations: ['SwitchProtection'],
});

function contextWith(items: readonly object[], more: object = {}) {
  const plan = async () => aPlan({ allowedOperations: items.length > 0 ? ['Commit'] : [] });
  return stubContext({ recovery: { plan, items: async () => items as never, ...more } });
}

describe('plan.commit', () => {
  it('says that the other recovery points are deleted for good', async () => {
    const { facts, sentence } = await planCommit.preview(contextWith([aFailedOver()]), parameters);
    assert.equal(sentence.values?.count, 1);
    const forGood = facts.find(({ label }) => label.message === 'fact.for-good');
    assert.deepEqual(forGood?.value, { message: 'plan.commit.for-good', values: {} });
  });

  it('warns of VMs that were not failed over, and is blocked where nothing waits', async () => {
    const findings = async (items: readonly object[]) => {
      const context = contextWith(items);
      return (await planCommit.checks(context, parameters, await planCommit.preview(context, parameters))).map(
        ({ id, severity }) => `${id} ${severity}`,
      );
    };
    assert.deepEqual(await findings([aFailedOver()]), ['ready passed']);
    assert.deepEqual(await findings([aReplica()]), ['not-all warns']);
    assert.deepEqual(await findings([]), ['no-vms blocks']);
  });

  it('sends one commit, and leaves the reprotect to do', async () => {
    const { sent, stub } = sentBy('commitPlan');
    await planCommit.submit(contextWith([], stub), parameters, execution);
    assert.equal(sent.length, 1);
    const end = async (items: readonly object[]) =>
      await planCommit.result(contextWith(items), parameters, execution, aReplicationEnd('succeeded'));
    const done = await end([committed]);
    assert.equal(done.sentence.message, 'plan.commit.done');
    assert.ok(done.suggestions.some(({ wish }) => wish.operation === 'plan.reprotect'));
    assert.equal((await end([aFailedOver()])).sentence.message, 'plan.commit.failed');
  });
});
