import assert from 'node:assert/strict';
import { replicationDisable } from '../../src/operations/recovery/replication-disable.ts';
import { aReplica, execution, ids, now, stubContext } from '../support/stub-azure.ts';
import { aFailedOver, aPlan, aReplicationEnd, onePlan, sentBy } from './support/recovery.ts';

const parameters = { vm: ids.vm, items: [ids.replica] };
const replica = aReplica({ allowedOperations: ['UnplannedFailover', 'TestFailover', 'DisableProtection'] });

function contextWith(item = replica, more: object = {}, inventory: object = {}) {
  return stubContext({ recovery: { item: async () => item, plan: async () => aPlan(), ...more }, inventory });
}

async function findings(context: ReturnType<typeof contextWith>) {
  return (
    await replicationDisable.checks(context, parameters, await replicationDisable.preview(context, parameters))
  ).map(({ id, severity }) => `${id} ${severity}`);
}

describe('replication.disable', () => {
  it('says that all recovery points are deleted, and of which plan the VM is taken out', async () => {
    const { facts } = await replicationDisable.preview(contextWith(), parameters);
    assert.ok(facts.some(({ label }) => label.message === 'fact.for-good'));
    assert.deepEqual(await findings(contextWith()), ['ready passed']);
    assert.deepEqual(await findings(contextWith(replica, {}, onePlan)), ['in-plan warns']);
  });

  it('is blocked while Azure does not accept it, and warns where the VM runs on the other side', async () => {
    assert.deepEqual(await findings(contextWith(aReplica())), ['not-accepted blocks']);
    const over = aFailedOver({ allowedOperations: ['Commit', 'DisableProtection'] });
    assert.deepEqual(await findings(contextWith(over)), ['runs-there warns']);
  });

  it('remembers which item it was, for nothing in Azure says so afterwards', async () => {
    assert.deepEqual(await replicationDisable.defaults?.(contextWith(), { vm: ids.vm }), { items: [ids.replica] });
    const gone = stubContext({
      inventory: { replicatedItems: async () => ({ value: [], asOf: now.toISOString() }) },
      recovery: { itemJobsSince: async () => [{ itemId: ids.replica, jobId: 'j' }] },
    });
    const found = await replicationDisable.findSubmitted(gone, parameters, execution);
    assert.equal(typeof found === 'object' && found.kind === 'replication' && found.jobId, 'j');
    const outcome = await replicationDisable.result(gone, parameters, execution, aReplicationEnd('succeeded'));
    assert.equal(outcome.sentence.message, 'replication.disable.done');
    const failed = await replicationDisable.result(gone, parameters, execution, aReplicationEnd('failed'));
    assert.equal(failed.sentence.message, 'replication.disable.failed');
  });

  it('sends one request for that item', async () => {
    const { sent, stub } = sentBy('disable');
    await replicationDisable.submit(contextWith(replica, stub), parameters, execution);
    assert.deepEqual(sent, [{ clientRequestId: execution.clientRequestId }]);
  });
});
