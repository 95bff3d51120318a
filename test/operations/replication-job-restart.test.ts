import assert from 'node:assert/strict';
import { replicationJobRestart } from '../../src/operations/recovery/replication-job-restart.ts';
import { aReplica, execution, now, stubContext } from '../support/stub-azure.ts';
import { aPlan, aReplicationEnd, aReplicationJob, onePlan, recoveryIds, sentBy } from './support/recovery.ts';

const parameters = { job: recoveryIds.job };
const failed = aReplicationJob({
  status: 'Failed',
  allowedActions: ['Restart'],
  endedAt: new Date(Date.parse(execution.startingAt) - 60_000).toISOString(),
  fault: { status: 200, code: '28031', message: 'No quota' },
});
const items = async () => [aReplica()];
const contextWith = (job = failed, more: object = {}) =>
  stubContext({ inventory: onePlan, recovery: { job: async () => job, items, plan: async () => aPlan(), ...more } });

describe('replication-job.restart', () => {
  it('goes by what the job allows, and tells why it failed', async () => {
    const { facts } = await replicationJobRestart.preview(contextWith(), parameters);
    assert.match(JSON.stringify(facts), /28031: No quota/);
    const severity = async (job: ReturnType<typeof aReplicationJob>) =>
      (
        await replicationJobRestart.checks(
          contextWith(job),
          parameters,
          await replicationJobRestart.preview(contextWith(job), parameters),
        )
      )[0]?.severity;
    assert.equal(await severity(failed), 'passed');
    assert.equal(await severity(aReplicationJob()), 'blocks');
  });

  const previewOf = async (target: string) => {
    const one = aPlan();
    const inventory = { recoveryPlans: async () => ({ value: [one], asOf: now.toISOString() }) };
    const recovery = { job: async () => ({ ...failed, target }), items, plan: async () => one };
    return await replicationJobRestart.preview(stubContext({ inventory, recovery }), parameters);
  };

  it('holds the VMs that it hits, and the plan, as whoever began the job did', async () => {
    const { vmId, friendlyName } = aReplica();
    assert.deepEqual((await previewOf('erp-plan')).holds, [recoveryIds.plan, vmId]);
    assert.deepEqual((await previewOf(friendlyName)).holds, [vmId]);
    assert.deepEqual((await previewOf('nobody')).holds, []);
  });

  it('touches the VMs and the plan, and is the request that the job did, so that every rule about that one counts', async () => {
    const { vmId, friendlyName, id } = aReplica();
    const ofPlan = await previewOf('erp-plan');
    assert.deepEqual(ofPlan.resources, [failed.id, recoveryIds.plan, id, vmId]);
    const plan = { plan: recoveryIds.plan };
    assert.deepEqual(ofPlan.continues, { operation: 'plan.test-failover', parameters: plan, anew: true });
    const ofVm = await previewOf(friendlyName);
    assert.deepEqual(ofVm.resources, [failed.id, id, vmId]);
    assert.deepEqual(ofVm.continues, { operation: 'failover.test', parameters: { vm: vmId }, anew: true });
  });

  it('is blocked where nobody can tell any more whose VMs it would move', async () => {
    const context = contextWith({ ...failed, target: 'nobody' });
    const preview = await replicationJobRestart.preview(context, parameters);
    const [first] = await replicationJobRestart.checks(context, parameters, preview);
    assert.deepEqual([first?.id, first?.severity], ['nobody-known', 'blocks']);
    const setup = contextWith({ ...failed, target: 'nobody', scenario: 'CreateSite' });
    assert.equal((await replicationJobRestart.checks(setup, parameters, preview))[0]?.severity, 'passed');
  });

  it('shows whose VMs it hits, of a VM and of a plan, between which regions, and what stays', async () => {
    const labels = async (target: string) =>
      (await previewOf(target)).facts.map(({ label }) => label.message.slice('fact.'.length));
    for (const target of ['erp-plan', aReplica().friendlyName]) {
      const shown = await labels(target);
      for (const label of ['plan-vms', 'regions', 'downtime', 'for-good']) assert.ok(shown.includes(label), label);
    }
    assert.ok(!(await labels('nobody')).includes('plan-vms'));
  });

  it('sends one restart; running again or ended since, it has been sent', async () => {
    const { sent, stub } = sentBy('actOnJob');
    await replicationJobRestart.submit(contextWith(failed, stub), parameters, execution);
    assert.match(JSON.stringify(sent), /"action":"Restart"/);
    const find = (job: ReturnType<typeof aReplicationJob>) =>
      replicationJobRestart.findSubmitted(contextWith(job), parameters, execution);
    assert.equal(await find(failed), 'nothing');
    const ref = {
      kind: 'replication-restart',
      vaultId: recoveryIds.vault,
      jobId: 'j1',
      restartedAt: execution.startingAt,
    };
    assert.deepEqual(await find(aReplicationJob({ status: 'InProgress' })), ref);
    const endedAt = new Date(Date.parse(execution.startingAt) + 60_000).toISOString();
    assert.deepEqual(await find({ ...failed, endedAt }), ref);
  });

  it('does not claim success for a job that failed again', async () => {
    const end = async (state: 'succeeded' | 'failed') =>
      (await replicationJobRestart.result(contextWith(), parameters, execution, aReplicationEnd(state))).sentence
        .message;
    assert.deepEqual(
      [await end('succeeded'), await end('failed')],
      ['replication-job.restart.done', 'replication-job.restart.failed'],
    );
  });
});
