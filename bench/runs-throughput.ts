import { PgBoss } from 'pg-boss';
import { openEmbedded } from '../src/store/embedded.ts';
import { openStore, type StoreOptions } from '../src/store/index.ts';
import { openServer } from '../src/store/server.ts';
import { benchRuns, quiet } from './runs-parts.ts';

type Where = Pick<StoreOptions, 'databaseUrl' | 'dataFolder'>;

/** As many lives of runs as are timed; each is about six jobs. */
const lives = 400;
const bareJobs = 3000;

/** Jobs a second of pg-boss alone: the same workers, a handler that does nothing. */
export async function bareThroughput(where: Where): Promise<number> {
  const home =
    where.databaseUrl === undefined
      ? await openEmbedded(where.dataFolder ?? '')
      : openServer({ databaseUrl: where.databaseUrl, log: quiet });
  const boss = new PgBoss({ ...home.queueing, useListenNotify: true, schedule: false });
  boss.on('error', () => undefined);
  await boss.start();
  await boss.createQueue('bare', { notify: true });
  for (let sent = 0; sent < bareJobs; sent += 1) await boss.send('bare', { sent });
  let done = 0;
  const start = performance.now();
  await new Promise<void>((resolve) => {
    const width = { localConcurrency: 3, batchSize: 5, burstWhenBatchFull: true, pollingIntervalSeconds: 0.5 };
    void boss.work('bare', width, (jobs) => {
      done += jobs.length;
      if (done >= bareJobs) resolve();
      return Promise.resolve();
    });
  });
  const seconds = (performance.now() - start) / 1000;
  await boss.stop({ graceful: true });
  await home.close();
  return bareJobs / seconds;
}

/** Jobs a second of the run engine: approved runs go through their lives, each change with its audit event, its card and its next step. */
export async function runsThroughput(where: Where): Promise<number> {
  const store = await openStore({ ...where, log: quiet });
  let ended = 0;
  let resolveAll: () => void = () => undefined;
  const all = new Promise<void>((resolve) => {
    resolveAll = resolve;
  });
  const parts = benchRuns({
    store,
    now: () => new Date(),
    pace: 0,
    onCard: ({ state }) => {
      if (state === 'succeeded') ended += 1;
      if (ended >= lives) resolveAll();
    },
  });
  for (let at = 0; at < lives; at += 1) {
    const run = await parts.propose(`vm-${at}`);
    await parts.confirm(run);
  }
  const before = await store.jobs.idle();
  const start = performance.now();
  await parts.runs.start();
  await all;
  const seconds = (performance.now() - start) / 1000;
  const jobs = (await store.jobs.idle()) - before;
  await parts.runs.stop();
  await store.close();
  return jobs / seconds;
}
