import assert from 'node:assert/strict';
import { planTestFailover } from '../../src/operations/recovery/plan-test-failover.ts';
import { aNetwork, execution, ids, now, stubContext } from '../support/stub-azure.ts';
import { aPlan, aReplicationEnd, onePlan, recoveryIds, sentBy } from './support/recovery.ts';

const parameters = { plan: recoveryIds.plan, network: ids.network('vnet-dr-test') };
const contextWith = (plan = aPlan()) => stubContext({ recovery: { plan: async () => plan } });

async function findings(plan: ReturnType<typeof aPlan>, network = parameters.network) {
  const context = contextWith(plan);
  const request = { ...parameters, network };
  const preview = await planTestFailover.preview(context, request);
  return (await planTestFailover.checks(context, request, preview)).map(({ id, severity }) => `${id} ${severity}`);
}

describe('plan.test-failover', () => {
  it('tells that the plan waits for a person, and of the production network', async () => {
    assert.deepEqual(await findings(aPlan()), ['waits-for-person warns']);
    const risky = await findings(aPlan(), ids.network('vnet-prod-neu'));
    assert.ok(risky.includes('into-production warns'));
  });

  it('is blocked when Azure does not accept it, and when the plan holds no VM', async () => {
    assert.ok((await findings(aPlan({ allowedOperations: ['TestFailoverCleanup'] }))).includes('not-accepted blocks'));
    assert.deepEqual(await findings(aPlan({ groups: [] })), ['no-vms blocks']);
  });

  it('offers the plans, then the networks', async () => {
    const networks = async () => ({ value: [aNetwork('vnet-dr-test')], asOf: now.toISOString() });
    const context = stubContext({ inventory: { ...onePlan, networks }, recovery: { plan: async () => aPlan() } });
    const values = async (name: string, given: object) =>
      (await planTestFailover.choices?.(context, name, given))?.map(({ value }) => value);
    assert.deepEqual(await values('plan', {}), [recoveryIds.plan]);
    assert.deepEqual(await values('network', { plan: recoveryIds.plan }), [parameters.network, 'none']);
  });

  it('measures drift on the groups that the approver saw', async () => {
    const measured = async (plan: ReturnType<typeof aPlan>) =>
      (await planTestFailover.preview(contextWith(plan), parameters)).measured;
    assert.deepEqual(await measured(aPlan()), await measured(aPlan({ lastTestFailover: now.toISOString() })));
    assert.notDeepEqual(await measured(aPlan()), await measured(aPlan({ groups: [] })));
  });

  it('sends the network, or none', async () => {
    const { sent, stub } = sentBy('testFailoverPlan');
    await planTestFailover.submit(stubContext({ recovery: stub }), parameters, execution);
    await planTestFailover.submit(stubContext({ recovery: stub }), { ...parameters, network: 'none' }, execution);
    const { clientRequestId } = execution;
    assert.deepEqual(sent, [{ networkId: parameters.network, clientRequestId }, { clientRequestId }]);
  });

  it('leaves the cleanup to do, and does not claim success for a job that failed', async () => {
    const context = contextWith(aPlan({ allowedOperations: ['TestFailoverCleanup'] }));
    const done = await planTestFailover.result(context, parameters, execution, aReplicationEnd('succeeded'));
    assert.equal(done.leftToDo.length, 1);
    assert.equal(done.suggestions[0]?.wish.operation, 'plan.test-cleanup');
    const failed = await planTestFailover.result(contextWith(), parameters, execution, aReplicationEnd('failed'));
    assert.deepEqual([failed.sentence.message, failed.leftToDo.length], ['plan.test-failover.failed', 0]);
  });
});
