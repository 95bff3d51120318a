import { randomUUID } from 'node:crypto';
import { PgBoss } from 'pg-boss';
import { z } from 'zod';
import { openEmbedded } from '../src/store/embedded.ts';
import { openStore, type StoreOptions } from '../src/store/index.ts';
import { openServer } from '../src/store/server.ts';
import { benchRuns, copyRuns, quiet } from './runs-parts.ts';

/** Where a database is. */
export type Where = Pick<StoreOptions, 'databaseUrl' | 'dataFolder'>;

/** How much one round does. */
export interface Round {
  readonly bareJobs: number;
  /** Lives of runs; each is three steps and the updates of its card. */
  readonly lives: number;
}

/** The workers of the product's steps (`queues.ts`): both sides fetch their jobs in the same way. */
const width = { localConcurrency: 3, batchSize: 20, burstWhenBatchFull: true, pollingIntervalSeconds: 0.5 };

/** What pg-boss does alone, in jobs a second. */
export interface BareFigures {
  /** Every job sends its successor, as the steps of a run do, and does nothing else; chains as long as the lives of runs. */
  readonly chained: number;
  /** A queue that was full before is emptied: nothing is sent. */
  readonly emptied: number;
}

/** pg-boss alone, with the workers of the product. */
export async function bareThroughput(where: Where, { bareJobs, lives }: Round): Promise<BareFigures> {
  const home =
    where.databaseUrl === undefined
      ? await openEmbedded(where.dataFolder ?? '')
      : openServer({ databaseUrl: where.databaseUrl, log: quiet });
  const boss = new PgBoss({ ...home.queueing, useListenNotify: true, schedule: false });
  boss.on('error', () => undefined);
  await boss.start();
  const emptied = await worked(boss, 'emptied', { jobs: bareJobs, chain: 1 });
  const chained = await worked(boss, 'chained', { jobs: lives, chain: jobsOfALife });
  await boss.stop({ graceful: true });
  await home.close();
  return { chained, emptied };
}

/** Three steps, and a card after each of them. */
const jobsOfALife = 6;
const link = z.object({ left: z.number() });

async function worked(
  boss: PgBoss,
  queue: string,
  { jobs, chain }: { readonly jobs: number; readonly chain: number },
): Promise<number> {
  await boss.createQueue(queue, { notify: true });
  const first = { data: { left: chain - 1 } };
  await boss.insert(
    queue,
    Array.from({ length: jobs }, () => first),
  );
  const all = Promise.withResolvers<undefined>();
  let done = 0;
  const start = performance.now();
  await boss.work(queue, width, async (taken) => {
    const left = taken.map(({ data }) => link.parse(data).left).filter((more) => more > 0);
    await Promise.all(left.map((more) => boss.send(queue, { left: more - 1 })));
    done += taken.length;
    if (done >= jobs * chain) all.resolve(undefined);
  });
  await all.promise;
  const seconds = (performance.now() - start) / 1000;
  await boss.offWork(queue);
  return (jobs * chain) / seconds;
}

/** Jobs a second of the run engine: approved runs go through their lives, each change with its audit event, its card and its next step. */
export async function runsThroughput(where: Where, { lives }: Round): Promise<number> {
  const store = await openStore({ ...where, log: quiet });
  const all = Promise.withResolvers<undefined>();
  let ended = 0;
  const parts = benchRuns({
    store,
    now: () => new Date(),
    pace: 0,
    onCard: ({ state }) => {
      if (state === 'succeeded') ended += 1;
      if (ended >= lives) all.resolve(undefined);
    },
  });
  const approvedAt = new Date().toISOString();
  const copies = Array.from({ length: lives }, () => ({ id: randomUUID(), state: 'approved' as const, approvedAt }));
  await copyRuns(
    store,
    (await parts.propose('template')).id,
    copies.map((change) => ({ change, after: 0 })),
  );
  const before = await store.jobs.idle();
  const start = performance.now();
  await parts.runs.start();
  await all.promise;
  const seconds = (performance.now() - start) / 1000;
  const jobs = (await store.jobs.idle()) - before;
  await parts.runs.stop();
  await store.close();
  return jobs / seconds;
}
