import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { changingOperations } from '../../src/operations/index.ts';
import { type ParameterKind, parametersOf } from '../../src/operations/parameters.ts';
import { actOnWaitingJobs } from '../support/manual-actions.ts';
import { openPracticeWorld, type PracticeWorld } from '../support/practice-world.ts';

/** What a destructive change of Site Recovery has to tell before anybody agrees to it, by the labels of its card. */
const told = ['regions', 'owner', 'downtime', 'for-good'];
/** Of these; with the others the VM runs on. What acts on the job of a failover is as one. */
const interrupting = new Set([
  'failover.start',
  'failover.change-point',
  'plan.failover',
  'replication-job.cancel',
  'replication-job.restart',
]);
const destructive = [...changingOperations.values()].filter(
  ({ area, risk }) => area === 'recovery' && risk === 'destructive',
);

describe('whom a destructive change of Site Recovery hits', function () {
  this.timeout(60_000);
  let world: PracticeWorld;
  let said: Partial<Record<ParameterKind, unknown>>;

  before(async () => {
    world = await openPracticeWorld();
    const [plan] = (await world.ports.inventory.recoveryPlans()).value;
    assert.ok(plan !== undefined);
    // A plan that was failed over is one that can be committed, and there is its job.
    const over = { shutDownSource: true, clientRequestId: randomUUID() };
    await world.follow(await world.ports.recovery.failOverPlan(plan.id, over));
    await actOnWaitingJobs(world);
    const { value: jobs } = await world.ports.inventory.jobs();
    const { vmId } = await world.replica('erp-prod-01');
    const job = jobs.find(({ service, target }) => service === 'replication' && target === plan.name);
    const all = { source: 'shut-down', 'replication-point': 'latest-processed', 'plan-point': 'latest-processed' };
    said = { ...all, vm: vmId, plan: plan.id, 'replication-job': job?.id };
  });
  after(async () => await world.simulator.close());

  for (const operation of destructive)
    it(`is on the card of ${operation.id}`, async () => {
      const given = Object.fromEntries(parametersOf(operation).map(({ name, kind }) => [name, said[kind]]));
      const { facts } = await operation.preview(world.context, operation.parameters.parse(given));
      const labels = new Set(facts.map(({ label }) => label.message.replace(/^fact\./, '')));
      assert.deepEqual(
        told.filter((label) => !labels.has(label)),
        [],
      );
      assert.ok(labels.has('vm') || labels.has('plan-vms'), 'the VMs');
      const downtime = facts.find(({ label }) => label.message === 'fact.downtime')?.value;
      const isNone = JSON.stringify(downtime).includes('fact.no-downtime');
      assert.equal(isNone, !interrupting.has(operation.id), 'whether anybody is cut off meanwhile');
    });
});
