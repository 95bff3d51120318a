import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { startTestSimulator, type TestSimulator } from '../support/simulator.ts';
import { all, clientsOf, minutes } from './clients.ts';
import { group, jobFrom, replicated, testNetwork, vault } from './recovery-clients.ts';

describe('a recovery plan through the vendor client', () => {
  let simulator: TestSimulator;
  beforeEach(async () => {
    simulator = await startTestSimulator();
  });
  afterEach(() => simulator.close());

  const a2a = [{ instanceType: 'A2A' as const, recoveryPointType: 'LatestProcessed' }];

  async function stateOf(job: string) {
    return (await clientsOf(simulator).recovery.replicationJobs.get(vault, group, job)).properties;
  }

  async function startTest(): Promise<string> {
    const { recovery } = clientsOf(simulator);
    const properties = {
      failoverDirection: 'PrimaryToRecovery',
      networkType: 'VmNetworkAsInput',
      networkId: testNetwork,
      providerSpecificDetails: a2a,
    };
    return jobFrom((options) =>
      recovery.replicationRecoveryPlans.beginTestFailover(vault, group, 'erp-plan', { properties }, options),
    );
  }

  it('has three groups that start VMs, a manual action and a runbook', async () => {
    const plan = await clientsOf(simulator).recovery.replicationRecoveryPlans.get(vault, group, 'erp-plan');
    const boots = plan.properties?.groups?.filter((one) => one.groupType === 'Boot') ?? [];
    assert.deepEqual(
      boots.map((one) => one.replicationProtectedItems?.length),
      [1, 2, 1],
    );
    const kinds = boots.flatMap((one) => one.endGroupActions?.map((action) => action.customDetails.instanceType) ?? []);
    assert.deepEqual(kinds, ['ManualActionDetails', 'AutomationRunbookActionDetails']);
    assert.deepEqual(plan.properties?.allowedOperations, ['UnplannedFailover', 'TestFailover']);
  });

  it('waits for a person in a test failover, goes on when resumed, and is cleaned up', async () => {
    const { recovery, compute } = clientsOf(simulator);
    const job = await startTest();
    await simulator.control.advance(minutes(30));
    const waiting = await stateOf(job);
    assert.equal(waiting?.state, 'Suspended');
    assert.deepEqual(waiting?.allowedActions, ['Resume', 'Cancel']);
    assert.equal(
      (await recovery.replicationRecoveryPlans.get(vault, group, 'erp-plan')).properties?.currentScenario?.scenarioName,
      'TestFailover',
    );
    await recovery.replicationJobs.beginResume(vault, group, job, { properties: { comments: 'checked' } });
    await simulator.control.advance(minutes(30));
    assert.equal((await stateOf(job))?.state, 'Succeeded');
    for (const name of ['erp-db-01', 'erp-app-01', 'erp-prod-01', 'erp-web-01']) {
      await compute.virtualMachines.get('rg-dr-neu', `${name}-test`);
    }
    const cleanup = await jobFrom((options) =>
      recovery.replicationRecoveryPlans.beginTestFailoverCleanup(vault, group, 'erp-plan', { properties: {} }, options),
    );
    await simulator.control.advance(minutes(5));
    assert.equal((await stateOf(cleanup))?.state, 'Succeeded');
    const left = (await all(compute.virtualMachines.list('rg-dr-neu'))).map((vm) => vm.name);
    assert.deepEqual(left, []);
  });

  it('can be cancelled while it waits, and then asks for the cleanup of what it made', async () => {
    const { recovery } = clientsOf(simulator);
    const job = await startTest();
    await simulator.control.advance(minutes(30));
    await recovery.replicationJobs.beginCancel(vault, group, job);
    assert.equal((await stateOf(job))?.state, 'Cancelled');
    const item = await replicated(simulator, 'erp-db-01');
    assert.deepEqual(item.properties?.allowedOperations, ['TestFailoverCleanup']);
  });

  it('runs with twenty VMs in the fleet estate', async () => {
    const { recovery, compute } = clientsOf(simulator);
    await simulator.control.seed({ estate: 'fleet' });
    const properties = {
      failoverDirection: 'PrimaryToRecovery',
      networkType: 'VmNetworkAsInput',
      networkId: testNetwork,
    };
    const job = await jobFrom((options) =>
      recovery.replicationRecoveryPlans.beginTestFailover(vault, group, 'shop-plan', { properties }, options),
    );
    await simulator.control.advance(minutes(10));
    await recovery.replicationJobs.beginResume(vault, group, job, { properties: {} });
    await simulator.control.advance(minutes(10));
    assert.equal((await stateOf(job))?.state, 'Succeeded');
    assert.equal((await all(compute.virtualMachines.list('rg-dr-neu'))).length, 20);
  });

  it('fails over all VMs and commits them', async () => {
    const { recovery } = clientsOf(simulator);
    const properties = {
      failoverDirection: 'PrimaryToRecovery',
      sourceSiteOperations: 'Required',
      providerSpecificDetails: a2a,
    };
    const job = await jobFrom((options) =>
      recovery.replicationRecoveryPlans.beginUnplannedFailover(vault, group, 'erp-plan', { properties }, options),
    );
    await simulator.control.advance(minutes(10));
    await recovery.replicationJobs.beginResume(vault, group, job, { properties: {} });
    await simulator.control.advance(minutes(10));
    assert.equal((await stateOf(job))?.state, 'Succeeded');
    const plan = await recovery.replicationRecoveryPlans.get(vault, group, 'erp-plan');
    assert.deepEqual(plan.properties?.allowedOperations, ['Commit']);
    await jobFrom((options) =>
      recovery.replicationRecoveryPlans.beginFailoverCommit(vault, group, 'erp-plan', options),
    );
    await simulator.control.advance(minutes(1));
    assert.deepEqual(
      (await replicated(simulator, 'erp-web-01')).properties?.protectionState,
      'UnplannedFailoverCommitted',
    );
  });
});
