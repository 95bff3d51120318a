import assert from 'node:assert/strict';
import { nameOf, sameId } from '../../src/azure/arm-id.ts';
import { type Simulated, withSimulator } from './support/simulated.ts';

const clientRequestId = 'c0000000-0000-4000-8000-000000000002';

async function cacheAccount({ ports }: Simulated, vaultId: string, region: string): Promise<string> {
  const subscriptionId = vaultId.split('/')[2] ?? '';
  const [account] = await ports.backup.storageAccounts(subscriptionId, region);
  return account?.id ?? assert.fail(`no storage account in ${region}`);
}

describe('the way over and back of a replicated item, over the simulated Site Recovery', () => {
  it('fails over, changes the point, commits, and is found in the other fabric after the reprotect', async () => {
    await withSimulator(async (simulated) => {
      const { ports, follow } = simulated;
      const { recovery } = ports;
      const item = await simulated.replicatedNamed('erp-prod-01');
      const points = await recovery.recoveryPoints(item.id);
      const end = async (ref: Parameters<typeof follow>[0]) => (await follow(ref)).at(-1)?.state;

      assert.equal(await end(await recovery.failOver(item.id, { shutDownSource: true, clientRequestId })), 'succeeded');
      const over = await recovery.item(item.id);
      assert.ok(over.allowedOperations.includes('Commit') && over.allowedOperations.includes('ChangePit'));
      assert.ok(over.recoveryVmId);

      const recoveryPointId = points[2]?.id ?? assert.fail();
      assert.equal(await end(await recovery.changePoint(item.id, { recoveryPointId, clientRequestId })), 'succeeded');
      assert.equal(await end(await recovery.commit(item.id, { clientRequestId })), 'succeeded');
      const committed = await recovery.item(item.id);
      assert.ok(committed.allowedOperations.includes('SwitchProtection'));

      const vm = await ports.compute.vm(committed.recoveryVmId ?? '');
      const [groupId] = item.vmId.split('/providers/');
      const ref = await recovery.reprotect(item.id, {
        diskIds: vm.diskIds,
        groupId: groupId ?? '',
        cacheAccountId: await cacheAccount(simulated, item.vaultId, item.recoveryRegion),
        policyId: committed.policyId ?? assert.fail(),
        clientRequestId,
      });
      assert.equal(await end(ref), 'succeeded');
      const back = await simulated.replicatedNamed('erp-prod-01');
      assert.equal(back.name, item.name);
      assert.notEqual(back.id, item.id);
      assert.deepEqual([back.primaryRegion, back.recoveryRegion], [item.recoveryRegion, item.primaryRegion]);
    });
  });

  it('tells a plan with its groups and actions, and follows its drill past the manual action to the cleanup', async () => {
    await withSimulator(async (simulated) => {
      const { ports, advance, follow } = simulated;
      const [known] = (await ports.inventory.recoveryPlans()).value;
      const plan = await ports.recovery.plan(known?.id ?? assert.fail());
      assert.equal(plan.name, 'erp-plan');
      const actions = plan.groups.flatMap(({ after }) => after);
      assert.deepEqual(
        actions.map(({ kind }) => kind),
        ['manual', 'runbook'],
      );

      const since = simulated.clock.now().toISOString();
      const ref = await ports.recovery.testFailoverPlan(plan.id, { clientRequestId });
      assert.equal(ref.kind, 'replication');
      await advance(3600);
      const jobId = `${plan.vaultId}/replicationJobs/${ref.kind === 'replication' ? ref.jobId : ''}`;
      const waiting = await ports.recovery.job(jobId);
      assert.deepEqual([waiting.status, waiting.target], ['Suspended', 'erp-plan']);
      assert.ok(waiting.allowedActions.includes('Resume'));
      const manual = waiting.tasks
        .flatMap(({ tasks }) => tasks)
        .find(({ waits, instructions }) => waits && instructions);
      assert.match(manual?.instructions ?? '', /ERP database/);

      const [found] = await ports.recovery.planJobsSince(plan.id, 'TestFailover', since);
      assert.ok(found?.kind === 'replication' && sameId(found.jobId, nameOf(jobId)));

      await ports.recovery.actOnJob(jobId, { action: 'Resume', comments: 'looked at it', clientRequestId });
      assert.equal((await follow(ref)).at(-1)?.state, 'succeeded');
      const cleanup = await ports.recovery.cleanUpPlan(plan.id, { comments: 'done', clientRequestId });
      assert.equal((await follow(cleanup)).at(-1)?.state, 'succeeded');
      assert.ok((await ports.recovery.plan(plan.id)).lastTestFailover);
    });
  });

  it('fails a whole plan over and commits it', async () => {
    await withSimulator(async ({ ports, advance, follow }) => {
      const { recovery } = ports;
      const [known] = (await ports.inventory.recoveryPlans()).value;
      assert.ok(known);
      const planId = known.id;
      const ref = await recovery.failOverPlan(planId, { shutDownSource: true, clientRequestId });
      await advance(3600);
      const jobId = `${known.vaultId}/replicationJobs/${ref.kind === 'replication' ? ref.jobId : ''}`;
      await recovery.actOnJob(jobId, { action: 'Resume', comments: '', clientRequestId });
      assert.equal((await follow(ref)).at(-1)?.state, 'succeeded');
      assert.deepEqual((await recovery.plan(planId)).allowedOperations, ['Commit']);
      const committed = await follow(await recovery.commitPlan(planId, { clientRequestId }));
      assert.equal(committed.at(-1)?.state, 'succeeded');
      assert.ok(!(await recovery.plan(planId)).allowedOperations.includes('Commit'));
    });
  });

  it('a failover of which the answer was lost was sent once', async () => {
    await withSimulator(async ({ ports, simulator, replicatedNamed }) => {
      const item = await replicatedNamed('erp-prod-01');
      await simulator.control.fault({
        method: 'POST',
        path: '/unplannedFailover$',
        status: 503,
        body: {},
        after: true,
      });
      const sent = ports.recovery.failOver(item.id, { shutDownSource: false, clientRequestId });
      await assert.rejects(sent, { code: 'azure-unavailable' });
      const posts = (await simulator.control.log()).filter(({ path }) => /\/unplannedFailover$/i.test(path));
      assert.equal(posts.length, 1);
    });
  });
});
