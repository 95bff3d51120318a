import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { CatalogueError } from '../../src/errors.ts';
import { say } from '../../src/message.ts';
import { changingOperations } from '../../src/operations/index.ts';
import type { ChangingOperation } from '../../src/operations/operation.ts';
import { type ParameterKind, parametersOf } from '../../src/operations/parameters.ts';
import { withHit } from '../../src/operations/recovery/vm-hit.ts';
import type { Fact } from '../../src/operations/screen.ts';
import { snapshotCreate } from '../../src/operations/snapshots/snapshot-create.ts';
import { actOnWaitingJobs } from '../support/manual-actions.ts';
import { openPracticeWorld, type PracticeWorld } from '../support/practice-world.ts';
import { aVm, execution, stubContext } from '../support/stub-azure.ts';

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
const allDestructive = [...changingOperations.values()].filter(({ risk }) => risk === 'destructive');
const destructive = allDestructive.filter(({ area }) => area === 'recovery');
const ofOneVm = allDestructive.filter(({ area }) => area !== 'recovery');
/** What one of those tells of a VM that Site Recovery replicates, in a plan. */
const toldOfVm = ['vm', 'owner', 'site-recovery', 'together', 'downtime', 'for-good'];
/** Of these; the others leave the VM running. */
const stopping = new Set(['restore.replace-disks', 'vm.rebuild-in-place']);
const labelOf = ({ label }: Fact) => label.message.replace(/^fact\./, '');

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
      const labels = new Set(facts.map(labelOf));
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

describe('whom a destructive change of a VM’s disks, snapshots or backups hits', function () {
  this.timeout(60_000);
  let world: PracticeWorld;
  let vm: string;

  before(async () => {
    world = await openPracticeWorld();
    ({ vmId: vm } = await world.replica('erp-prod-01'));
    const keepUntil = new Date(Date.now() + 86_400_000).toISOString();
    const run = { ...execution, runId: randomUUID() };
    await world.follow(await snapshotCreate.submit(world.context, { vm, keepUntil }, run));
  });
  after(async () => await world.simulator.close());

  /** The VM, and the first of what Azure offers for it. */
  async function givenFor(operation: ChangingOperation): Promise<Record<string, unknown>> {
    const given: Record<string, unknown> = {};
    for (const { name, kind, required } of parametersOf(operation)) {
      if (kind === 'vm') given[name] = vm;
      else if (kind === 'snapshot') given[name] = await snapshotOfVm();
      else if (required) given[name] = (await operation.choices?.(world.context, name, given))?.[0]?.value;
    }
    return operation.parameters.parse(given);
  }

  async function snapshotOfVm(): Promise<string | undefined> {
    const { diskIds } = await world.ports.compute.vm(vm);
    return (await world.ports.inventory.snapshotsOf(diskIds)).value[0]?.id;
  }

  for (const operation of ofOneVm)
    it(`is on the card of ${operation.id}`, async () => {
      const { facts } = await operation.preview(world.context, await givenFor(operation));
      const labels = facts.map(labelOf);
      assert.deepEqual(
        toldOfVm.filter((label) => !labels.includes(label)),
        [],
      );
      assert.equal(new Set(labels).size, labels.length, 'each row once');
      const downtime = facts.find((one) => labelOf(one) === 'downtime')?.value;
      const isNone = JSON.stringify(downtime).includes('fact.no-downtime');
      assert.equal(isNone, !stopping.has(operation.id), 'whether anybody is cut off meanwhile');
    });

  it('names the VMs of the same application and availability set', async () => {
    const vms = async () => ({
      value: [
        aVm({ tags: { app: 'erp' }, availabilitySetId: '/as/1' }),
        aVm({ id: '/vm/2', name: 'erp-02', tags: { application: 'ERP' } }),
        aVm({ id: '/vm/3', name: 'erp-03', availabilitySetId: '/AS/1' }),
        aVm({ id: '/vm/4', name: 'crm-01', tags: { app: 'crm' } }),
      ],
      asOf: '2026-03-02T08:00:00.000Z',
    });
    const facts = await withHit(stubContext({ inventory: { vms } }), [], { vmId: aVm().id, forGood: say('x') });
    assert.deepEqual(facts.find((one) => labelOf(one) === 'neighbours')?.value, ['erp-02', 'erp-03']);
  });

  it('says what could not be looked at', async () => {
    const refused = async () => {
      throw new CatalogueError('azure-unavailable');
    };
    const inventory = { ...world.ports.inventory, replicatedItems: refused };
    const context = { ...world.context, azure: { ...world.ports, inventory } };
    const facts = await withHit(context, [], { vmId: vm, forGood: say('x') });
    assert.match(JSON.stringify(facts), /fact.site-recovery.*could-not-look/);
  });
});
