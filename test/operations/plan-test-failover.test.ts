import assert from 'node:assert/strict';
import { planTestFailover } from '../../src/operations/recovery/plan-test-failover.ts';
import { aNetwork, aReplica, execution, ids, now, stubContext } from '../support/stub-azure.ts';
import { aPlan, aPlanOf, aReplicationEnd, aReplicationJob, onePlan, recoveryIds, sentBy } from './support/recovery.ts';

const parameters = { plan: recoveryIds.plan, point: 'latest', network: ids.network('vnet-dr-test') } as const;
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

  it('tells of a network without the subnet that the VMs go to, and which one Azure takes instead', async () => {
    const networks = async () => ({
      value: [{ ...aNetwork('vnet-dr-test'), subnets: ['web', 'apps'] }],
      asOf: now.toISOString(),
    });
    const items = async () => [aReplica({ recoverySubnet: 'snet-app' })];
    const context = stubContext({ inventory: { networks }, recovery: { plan: async () => aPlan(), items } });
    const found = await planTestFailover.checks(
      context,
      parameters,
      await planTestFailover.preview(context, parameters),
    );
    const subnet = found.find(({ id }) => id === 'no-subnet');
    assert.deepEqual(subnet?.text.values, { subnet: 'snet-app', instead: 'apps' });
  });

  it('offers the plans, then the kinds of points, then the networks', async () => {
    const networks = async () => ({ value: [aNetwork('vnet-dr-test')], asOf: now.toISOString() });
    const context = stubContext({ inventory: { ...onePlan, networks }, recovery: { plan: async () => aPlan() } });
    const values = async (name: string, given: object) =>
      (await planTestFailover.choices?.(context, name, given))?.map(({ value }) => value);
    assert.deepEqual(await values('plan', {}), [recoveryIds.plan]);
    assert.equal((await values('point', { plan: recoveryIds.plan }))?.length, 4);
    assert.deepEqual(await values('network', { plan: recoveryIds.plan }), [parameters.network, 'none']);
  });

  it('measures drift on the groups that the approver saw', async () => {
    const measured = async (plan: ReturnType<typeof aPlan>) =>
      (await planTestFailover.preview(contextWith(plan), parameters)).measured;
    assert.deepEqual(await measured(aPlan()), await measured(aPlan({ lastTestFailover: now.toISOString() })));
    assert.notDeepEqual(await measured(aPlan()), await measured(aPlan({ groups: [] })));
  });

  it('sends the network, or none, with the kind of point', async () => {
    const { sent, stub } = sentBy('testFailoverPlan');
    const context = stubContext({ recovery: { ...stub, plan: async () => aPlan() } });
    await planTestFailover.submit(context, parameters, execution);
    await planTestFailover.submit(context, { ...parameters, network: 'none' }, execution);
    const rest = { point: 'latest', back: false, clientRequestId: execution.clientRequestId };
    assert.deepEqual(sent, [{ networkId: parameters.network, ...rest }, rest]);
  });

  it('tells the RPO by the newest point of the kind that was asked for, of the VM with the oldest one', async () => {
    const starts = '2026-03-02T08:00:00.000Z';
    const pointAt = (minutes: number, consistency: 'application' | 'crash') => ({
      id: `/p/${minutes}`,
      time: new Date(Date.parse(starts) - minutes * 60_000).toISOString(),
      consistency,
    });
    const points: Readonly<Record<string, ReturnType<typeof pointAt>[]>> = {
      [ids.replica]: [pointAt(5, 'crash'), pointAt(55, 'application')],
      [`${ids.replica}2`]: [pointAt(3, 'crash'), pointAt(50, 'application')],
    };
    const items = async () => [aReplica(), aReplica({ id: `${ids.replica}2`, name: 'r2' })];
    const plan = async () => aPlanOf(await items());
    const job = async () => aReplicationJob({ startedAt: starts });
    const context = stubContext({ recovery: { plan, items, job, recoveryPoints: async (id) => points[id] ?? [] } });
    const used = async (point: string) => {
      const progress = { ...aReplicationEnd('succeeded'), startedAt: starts };
      const { facts } = await planTestFailover.result(context, { ...parameters, point }, execution, progress);
      return facts.find(({ label }) => label.message === 'fact.rpo-used')?.value;
    };
    assert.deepEqual(await used('application-consistent'), { seconds: 55 * 60 });
    assert.deepEqual(await used('crash-consistent'), { seconds: 5 * 60 });
    assert.deepEqual(await used('latest-processed'), { seconds: 5 * 60 });
  });

  it('leaves the cleanup to do, and does not claim success for a job that failed', async () => {
    const job = async () =>
      aReplicationJob({ startedAt: '2026-03-02T08:00:00.000Z', endedAt: '2026-03-02T08:10:00.000Z' });
    const plan = async () => aPlan({ allowedOperations: ['TestFailoverCleanup'] });
    const context = stubContext({ recovery: { plan, job } });
    const done = await planTestFailover.result(context, parameters, execution, aReplicationEnd('succeeded'));
    assert.equal(done.leftToDo.length, 1);
    assert.equal(done.suggestions[0]?.wish.operation, 'plan.test-cleanup');
    const failed = await planTestFailover.result(
      stubContext({ recovery: { plan: async () => aPlan(), job } }),
      parameters,
      execution,
      aReplicationEnd('failed'),
    );
    assert.deepEqual([failed.sentence.message, failed.leftToDo.length], ['plan.test-failover.failed', 0]);
  });
});
