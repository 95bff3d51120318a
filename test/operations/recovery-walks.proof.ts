import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asCatalogueError } from '../../src/errors.ts';
import type { Wish } from '../../src/operations/screen.ts';
import { onHome } from '../support/store.ts';
import { changes, Walker } from './support/walker.ts';

/** One VM of the plan, and one of no plan. */
const vms = ['erp-db-01', 'web-prod-01'];
const ofVm = ['test', 'test-cleanup', 'start', 'change-point', 'commit', 'reprotect'].map((verb) => `failover.${verb}`);
const ofPlan = ['test-failover', 'test-cleanup', 'failover', 'commit', 'reprotect'].map((verb) => `plan.${verb}`);

/** Where walks begin: at the start, or some way on. */
const ways: readonly (readonly string[])[] = [
  [],
  ['failover.start', 'failover.commit'],
  ['plan.failover', 'plan.commit'],
  ['failover.start', 'failover.commit', 'failover.reprotect'],
];

const ofJob = ['resume', 'cancel', 'restart'].map((verb) => `replication-job.${verb}`);

interface Step {
  /** Press a button, press one of which Azure's work then fails, or ask for what no button offers. */
  readonly how: 'press' | 'fail' | 'ask';
  readonly which: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  how: fc.constantFrom('press', 'press', 'press', 'ask', 'fail'),
  which: fc.nat(),
});
const walk = { way: fc.constantFrom(...ways), steps: fc.array(step, { minLength: 2, maxLength: 5 }) };

/** What Azure allows where something is half done, and what the reminders call that. */
const halfDone = { TestFailoverCleanup: 'test-failover', Commit: 'failover', SwitchProtection: 'unreplicated' };

describe('random walks by the buttons of Site Recovery', function () {
  this.timeout(120_000);
  onHome('embedded', (place) => {
    let walker: Walker;

    beforeEach(async () => {
      walker = await Walker.open(await place());
    });
    afterEach(async () => await walker.close());

    const lookAt = async (name: string): Promise<Wish> => ({
      operation: 'replicated-item.show',
      parameters: { vm: await walker.vm(name) },
    });

    const lookAtJob = (job: string): Wish => ({ operation: 'replication-job.show', parameters: { job } });

    /** The job of the run that ended last. */
    function lastJob(): readonly string[] {
      const job = walker.ended?.job;
      return job?.kind === 'replication' ? [`${job.vaultId}/replicationJobs/${job.jobId}`] : [];
    }

    /** Every button that stands on a card now: of the plan, of the VMs, of the job that waits, of the run that ended last, of the reminders. */
    async function buttons(): Promise<readonly Wish[]> {
      const plan = { operation: 'recovery-plan.show', parameters: { plan: await walker.plan() } };
      const [job] = (walker.waiting?.progress?.waitsFor ?? []).map(({ jobId }) => jobId);
      const waits = job === undefined ? [] : [lookAtJob(job)];
      const looks = [plan, ...(await Promise.all(vms.map(lookAt))), ...waits, ...lastJob().map(lookAtJob)];
      const answers = await Promise.all(looks.map((wish) => walker.look(wish)));
      const reminders = (await walker.leftOpen()).flatMap(({ seen }) => (seen.open === true ? [seen] : []));
      const cards = [...answers, ...reminders, ...(walker.ended?.outcome === undefined ? [] : [walker.ended.outcome])];
      const all = cards.flatMap(({ suggestions }) => changes(suggestions));
      return [...new Map(all.map((wish) => [JSON.stringify(wish), wish])).values()];
    }

    /** Everything else that could be asked for of the plan and the VMs. */
    async function others(): Promise<readonly Wish[]> {
      const offered = new Set((await buttons()).map((wish) => JSON.stringify(wish)));
      const plan = await walker.plan();
      const all: Wish[] = ofPlan.map((operation) => ({ operation, parameters: { plan } }));
      for (const name of vms) {
        const vm = await walker.vm(name);
        all.push(...ofVm.map((operation) => ({ operation, parameters: { vm } })));
      }
      for (const job of lastJob()) all.push(...ofJob.map((operation) => ({ operation, parameters: { job } })));
      return all.filter((wish) => !offered.has(JSON.stringify(wish)));
    }

    async function press(wish: Wish): Promise<void> {
      const run = await walker.press(wish);
      const goesOn = run.state === 'running' && run === walker.waiting;
      assert.ok(goesOn || run.state === 'succeeded', `${wish.operation}: ${run.state}, ${JSON.stringify(run.why)}`);
    }

    async function assertRefused(wish: Wish): Promise<void> {
      const error = await walker.press(wish).then(
        () => assert.fail(`${wish.operation} is on no card, and was taken`),
        (thrown: unknown) => asCatalogueError(thrown),
      );
      assert.ok(['blocked-by-checks', 'target-busy'].includes(error.code), `${wish.operation}: ${error.code}`);
      assert.deepEqual(await walker.takenAnyway(wish), [], `${wish.operation} is refused, and Azure takes it`);
    }

    async function take({ how, which }: Step): Promise<void> {
      const all = how === 'ask' ? await others() : await buttons();
      const wish = all[which % Math.max(1, all.length)];
      if (wish === undefined) return;
      if (how === 'ask') return await assertRefused(wish);
      if (how === 'press') return await press(wish);
      await walker.simulator.control.failJob({ code: '28031' });
      await walker.press(wish);
    }

    /** Where nobody does anything any more: whatever Azure shows as half done is left open, and is said in time. */
    async function assertReminded(): Promise<void> {
      const open = (await walker.leftOpen()).filter(({ seen }) => seen.open === true).map(({ entry }) => entry);
      const plan = await walker.plan();
      for (const item of await walker.items()) {
        const { friendlyName: name, allowedOperations: allowed, vmId, recoveryVmId = '' } = item;
        assert.ok(allowed.length > 0, `nobody can do anything about ${name}: ${item.protectionState}`);
        const targets = [vmId, recoveryVmId, ...(item.inPlan ? [plan] : [])].map((id) => id.toLowerCase());
        for (const [verb, kind] of Object.entries(halfDone).filter(([one]) => allowed.includes(one))) {
          const known = open.some((entry) => entry.kind === kind && targets.includes(entry.target.toLowerCase()));
          assert.ok(known, `nobody is reminded that ${name} allows ${verb}`);
        }
      }
      await walker.passLong(50 * 60_000);
      for (const { entry, seen } of await walker.leftOpen())
        assert.ok(
          seen.open !== true || entry.kind !== 'failover' || entry.said > 0,
          'a failover stayed open for 50 minutes, and nobody said so',
        );
    }

    it('can begin with a VM that is taken to a region that no vault knows: one run, with all that has to be made first', async () => {
      await walker.begin();
      const { value: vms } = await walker.ports.inventory.vms();
      const vm = vms.find(({ name }) => name === 'web-prod-02')?.id;
      await press({ operation: 'replication.enable', parameters: { vm, region: 'uksouth' } });
      assert.equal((await walker.item('web-prod-02')).recoveryRegion, 'uksouth');
      const puts = (await walker.simulator.control.log()).filter(({ method }) => method === 'PUT');
      assert.equal(new Set(puts.map(({ clientRequestId }) => clientRequestId)).size, 1);
      assert.equal(new Set(puts.map(({ path }) => path)).size, puts.length, 'nothing is made twice');
    });

    it('leave what a restarted job does to be reminded of, as the run that failed would have', async () => {
      for (const [operation, kind] of [
        ['failover.start', 'failover'],
        ['failover.test', 'test-failover'],
        ['plan.failover', 'failover'],
      ] as const) {
        await walker.begin();
        const parameters = operation.startsWith('plan')
          ? { plan: await walker.plan() }
          : { vm: await walker.vm('web-prod-01') };
        await walker.simulator.control.failJob({ code: '28031' });
        await walker.press({ operation, parameters });
        await walker.press({ operation: 'replication-job.restart', parameters: { job: lastJob()[0] } });
        await walker.actWhereItWaits();
        const open = (await walker.leftOpen()).filter(({ seen }) => seen.open === true);
        assert.deepEqual(
          open.map(({ entry }) => [entry.kind, entry.target]),
          [[kind, Object.values(parameters)[0]?.toLowerCase()]],
        );
      }
    });

    it('are taken where a button is, refused with the reason elsewhere, and leave nothing that nobody is reminded of', async () => {
      const property = fc.asyncProperty(walk.way, walk.steps, async (way, steps) => {
        await walker.begin();
        const [vm, plan] = [await walker.vm(vms[0] ?? ''), await walker.plan()];
        for (const operation of way) {
          await press({ operation, parameters: operation.startsWith('plan') ? { plan } : { vm } });
          await walker.actWhereItWaits();
        }
        for (const one of steps) await take(one);
        await walker.actWhereItWaits();
        await assertReminded();
      });
      await fc.assert(property, { numRuns: 4, endOnFailure: true });
    });
  });
});
