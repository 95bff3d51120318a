import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoreOptions } from '../src/store/index.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { followFleet } from './runs-fleet.ts';
import { bareThroughput, runsThroughput } from './runs-throughput.ts';

/*
 * The run engine against the bare queue that it stands on, in one run on the same store; then 5,000 running runs in 20 subscriptions, over HTTP to a
 * stand-in for Azure, on a simulated clock. The store is a PostgreSQL server where one can be had, else the embedded one.
 */
interface Ground {
  readonly name: string;
  readonly fresh: (database: string) => Promise<Pick<StoreOptions, 'databaseUrl' | 'dataFolder'>>;
  readonly end: () => Promise<void>;
}

async function ground(): Promise<Ground> {
  const server = await startPostgres(process.env.TEST_DATABASE_URL).catch(() => undefined);
  if (server !== undefined) {
    const fresh = async (name: string) => ({ databaseUrl: await server.database(name) });
    return { name: 'PostgreSQL server', fresh, end: () => server.stop() };
  }
  const folder = mkdtempSync(join(tmpdir(), 'vaultkeeper-bench-'));
  const fresh = (name: string) => Promise.resolve({ dataFolder: join(folder, name) });
  return { name: 'embedded store', fresh, end: () => Promise.resolve(rmSync(folder, { recursive: true })) };
}

const on = await ground();
console.error('pg-boss alone …');
const bare = await bareThroughput(await on.fresh('vk_bench_bare'));
console.error('the run engine …');
const ours = await runsThroughput(await on.fresh('vk_bench_runs'));
console.error(`${bare.toFixed(0)} and ${ours.toFixed(0)} jobs a second; an hour of the fleet …`);
const fleet = await followFleet(await on.fresh('vk_bench_fleet'));
await on.end();

const row = (what: string, measured: string, aim: string) => ({ what, measured, aim });
console.log(`Store: ${on.name}. The fleet's hours pass on a simulated clock; its requests go over real HTTP.`);
console.table([
  row('bare pg-boss, jobs a second', bare.toFixed(0), ''),
  row('run engine, jobs a second', ours.toFixed(0), ''),
  row('ratio', (ours / bare).toFixed(2), 'at least 0.33'),
  row('running runs / subscriptions', `${fleet.runs} / ${fleet.subscriptions}`, '5000 / 20'),
  row('job reads in the worst hour of a subscription', String(fleet.mostReadsInAnHour), 'at most 150'),
  row("median seconds from a job's end to its card", fleet.medianDelay.toFixed(0), 'below 90'),
  row('the slowest tenth of these, seconds', fleet.slowDelay.toFixed(0), ''),
  row('memory of the process at most, MB (with the stand-in)', fleet.megabytes.toFixed(0), 'below 350'),
]);
process.exit(0);
