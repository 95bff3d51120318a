import assert from 'node:assert/strict';
import { failoverCommit } from '../../src/operations/recovery/failover-commit.ts';
import { aReplica, execution, ids, now, stubContext } from '../support/stub-azure.ts';
import { aFailedOver, aReplicationEnd, sentBy } from './support/recovery.ts';

const vm = ids.vm;
const contextWith = (item: ReturnType<typeof aReplica>) =>
  stubContext({
    recovery: { item: async () => item },
    inventory: {
      replicatedItems: async () => ({ value: [aReplica({ vmId: 'other' }), item], asOf: now.toISOString() }),
    },
  });

describe('failover.commit', () => {
  it('is blocked unless Azure waits for it, and says what Azure accepts', async () => {
    const check = async (item: ReturnType<typeof aReplica>) =>
      (
        await failoverCommit.checks(contextWith(item), { vm }, await failoverCommit.preview(contextWith(item), { vm }))
      )[0];
    assert.equal((await check(aFailedOver()))?.severity, 'passed');
    const blocked = await check(aReplica());
    assert.equal(blocked?.severity, 'blocks');
    assert.match(JSON.stringify(blocked.advice), /replicated-item.list.TestFailover/);
  });

  it('offers the VMs that wait for their commit', async () => {
    const choices = await failoverCommit.choices?.(contextWith(aFailedOver()), 'vm', {});
    assert.deepEqual(
      choices?.map(({ value }) => value),
      [vm],
    );
  });

  it('is destructive, is sent once, and leaves the reprotect to do', async () => {
    assert.equal(failoverCommit.risk, 'destructive');
    const { sent, stub } = sentBy('commit');
    await failoverCommit.submit(stubContext({ recovery: stub }), { vm }, execution);
    assert.equal(sent.length, 1);
    const committed = aFailedOver({ allowedOperations: ['SwitchProtection'] });
    const outcome = await failoverCommit.result(
      contextWith(committed),
      { vm },
      execution,
      aReplicationEnd('succeeded'),
    );
    assert.equal(outcome.suggestions[0]?.wish.operation, 'failover.reprotect');
    assert.equal(outcome.leftToDo[0]?.message, 'failover.commit.left');
  });

  it('shows an error inside a job that Azure calls a success as what it is', async () => {
    const fault = { status: 200, code: '150225', message: 'A resource is locked' };
    const end = { ...aReplicationEnd('succeeded-with-warnings'), fault };
    const outcome = await failoverCommit.result(contextWith(aFailedOver()), { vm }, execution, end);
    assert.deepEqual(outcome.facts, [
      { label: { message: 'fact.failed-steps' }, value: ['150225: A resource is locked'] },
    ]);
  });

  it('tells whom it hits and what is gone for good', async () => {
    const { facts } = await failoverCommit.preview(contextWith(aFailedOver()), { vm });
    const labels = facts.map(({ label }) => label.message);
    assert.ok(['fact.regions', 'fact.downtime', 'fact.for-good'].every((label) => labels.includes(label)));
  });

  it('measures drift on where the VM is', async () => {
    const measured = async (item: ReturnType<typeof aReplica>) =>
      (await failoverCommit.preview(contextWith(item), { vm })).measured;
    assert.notDeepEqual(await measured(aFailedOver()), await measured(aReplica()));
  });
});
