import assert from 'node:assert/strict';
import fc from 'fast-check';
import { connectAzure, FixedTokenCredential } from '../../src/azure/index.ts';
import { JobBudget } from '../../src/azure/jobs/job-budget.ts';
import type { JobReader } from '../../src/azure/ports.ts';
import { startFakeArm } from './support/fake-arm.ts';
import { JobWorld, vaultIds, type WorldJob } from './support/job-world.ts';
import { ManualClock, subscriptionId } from './support/ports.ts';

interface Watched {
  readonly job: WorldJob;
  nextAt: number;
  seenDoneAt?: number;
}

/** Asks for every job when it was told to come back, like the tracker of runs, until all are done. */
async function follow(jobs: JobReader, world: { clock: ManualClock; jobs: readonly WorldJob[] }): Promise<Watched[]> {
  const now = () => world.clock.now().getTime();
  const watched: Watched[] = world.jobs.map((job) => ({ job, nextAt: job.startedAt }));
  for (;;) {
    const waiting = watched.filter(({ seenDoneAt }) => seenDoneAt === undefined);
    if (waiting.length === 0) return watched;
    const next = Math.min(...waiting.map(({ nextAt }) => nextAt));
    world.clock.advance(Math.max(0, (next - now()) / 1000));
    for (const one of waiting.filter(({ nextAt }) => nextAt <= now())) {
      const { job } = one;
      const ref = { kind: 'backup', vaultId: job.vaultId, operationId: 'op', jobId: job.jobId } as const;
      const progress = await jobs.progress(ref);
      one.nextAt = now() + Math.max(progress.nextLookSeconds, 0.001) * 1000;
      if (progress.state === 'succeeded') one.seenDoneAt = now();
    }
  }
}

async function watchedWorld(
  clock: ManualClock,
  jobs: readonly WorldJob[],
  test: (parts: { reader: JobReader; world: JobWorld }) => Promise<void>,
): Promise<void> {
  const world = new JobWorld(clock, jobs);
  const arm = await startFakeArm(world.answer);
  const credential = new FixedTokenCredential({ oid: 'o', tid: 't' });
  const base = { credential, subscriptionIds: [subscriptionId], now: clock.now, log: () => undefined };
  try {
    await test({ reader: connectAzure({ ...base, simulatorUrl: arm.url }).jobs, world });
  } finally {
    await arm.close();
  }
}

function jobsIn(vaults: readonly string[], count: number, begin: (nth: number) => number): readonly WorldJob[] {
  return Array.from({ length: count }, (_, nth) => ({
    vaultId: vaults[nth % vaults.length] ?? '',
    jobId: `job-${nth}`,
    startedAt: begin(nth),
    seconds: 1800 + (nth % 40) * 60,
  }));
}

function latest(watched: readonly Watched[]): number {
  return Math.max(...watched.map(({ job, seenDoneAt = 0 }) => (seenDoneAt - job.startedAt) / 1000 - job.seconds));
}

describe('the read budget', () => {
  it('lets one job be followed closely, with its tasks, for a fraction of it', async () => {
    const clock = new ManualClock();
    const jobs = jobsIn(vaultIds(1), 1, () => clock.now().getTime());
    await watchedWorld(clock, jobs, async ({ reader, world }) => {
      const [only] = jobs;
      assert.ok(only);
      const ref = { kind: 'backup', vaultId: only.vaultId, operationId: 'op', jobId: only.jobId } as const;
      const first = await reader.progress(ref);
      assert.deepEqual(first.tasks, [{ name: 'Take Snapshot', state: 'running' }]);
      assert.equal(first.nextLookSeconds, 30);
      await follow(reader, { clock, jobs });
      assert.ok(world.reads.length <= 25, `${world.reads.length} reads`);
    });
  });

  it('is enough for 200 jobs that begin together in four vaults: never more than 150 reads in any hour', async () => {
    const clock = new ManualClock();
    const jobs = jobsIn(vaultIds(4), 200, () => clock.now().getTime());
    await watchedWorld(clock, jobs, async ({ reader, world }) => {
      const watched = await follow(reader, { clock, jobs });
      assert.ok(world.mostInAnHour <= 150, `${world.mostInAnHour} reads in an hour`);
      assert.ok(latest(watched) <= 600, `the end of a job was seen ${latest(watched)} s late`);
    });
  });

  it('is enough for 200 jobs that begin one after another in forty vaults, each with its fair share', async () => {
    const clock = new ManualClock();
    const begin = clock.now().getTime();
    const jobs = jobsIn(vaultIds(40), 200, (nth) => begin + nth * 20_000);
    await watchedWorld(clock, jobs, async ({ reader, world }) => {
      const watched = await follow(reader, { clock, jobs });
      assert.ok(world.mostInAnHour <= 150, `${world.mostInAnHour} reads in an hour`);
      assert.ok(latest(watched) <= 1600, `the end of a job was seen ${latest(watched)} s late`);
      assert.ok(world.longestUnseen <= 1500, `a vault was not looked into for ${world.longestUnseen} s`);
    });
  });

  it('serves all jobs of a vault with one list', async () => {
    const clock = new ManualClock();
    const jobs = jobsIn(vaultIds(1), 30, () => clock.now().getTime());
    await watchedWorld(clock, jobs, async ({ reader, world }) => {
      const refs = jobs.map(({ vaultId, jobId }) => ({ kind: 'backup', vaultId, operationId: 'op', jobId }) as const);
      await Promise.all(refs.map((ref) => reader.progress(ref)));
      const afterFirst = world.reads.length;
      clock.advance(31);
      await Promise.all(refs.map((ref) => reader.progress(ref)));
      assert.equal(world.reads.length - afterFirst, 1);
    });
  });

  it('answers from what it knows when it is asked too early', async () => {
    const clock = new ManualClock();
    const jobs = jobsIn(vaultIds(1), 1, () => clock.now().getTime());
    await watchedWorld(clock, jobs, async ({ reader, world }) => {
      const ref = { kind: 'backup', vaultId: jobs[0]?.vaultId ?? '', operationId: 'op', jobId: 'job-0' } as const;
      await reader.progress(ref);
      clock.advance(12);
      const again = await reader.progress(ref);
      assert.equal(again.nextLookSeconds, 18);
      assert.equal(again.tasks.length, 1);
      assert.equal(world.reads.length, 1);
    });
  });

  it('holds in every hour, however the reads are wished for', () => {
    const wishes = fc.array(
      fc.record({ pauseSeconds: fc.integer({ min: 0, max: 900 }), reads: fc.integer({ min: 1, max: 60 }) }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(wishes, fc.integer({ min: 2, max: 300 }), (all, perHour) => {
        const clock = new ManualClock();
        const budget = new JobBudget(perHour, clock.now);
        const spent: number[] = [];
        for (const { pauseSeconds, reads } of all) {
          clock.advance(pauseSeconds);
          for (let nth = 0; nth < reads && budget.waitSeconds('s') === 0; nth += 1) {
            budget.spend('s');
            spent.push(clock.now().getTime());
          }
        }
        for (const from of spent)
          assert.ok(spent.filter((at) => at >= from && at < from + 3_600_000).length <= perHour);
      }),
    );
  });

  it('counts each subscription for itself', () => {
    const budget = new JobBudget(3, new ManualClock().now);
    budget.spend('one');
    assert.ok(budget.waitSeconds('ONE') > 0);
    assert.equal(budget.waitSeconds('two'), 0);
  });
});
