import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../test/support/postgres.ts';
import { type FleetFigures, followFleet } from './runs-fleet.ts';
import { bareThroughput, type Round, runsThroughput, type Where } from './runs-throughput.ts';

/*
 * The run engine against the bare queue that it stands on, turn by turn on the same store, in both homes; then 5,000 running runs in 20 subscriptions,
 * over HTTP to a stand-in for Azure, through an hour of a clock that is moved. The hour is spent on a PostgreSQL server where one can be had.
 */
interface Ground {
  readonly name: string;
  readonly round: Round;
  /** A database of its own. */
  readonly fresh: (name: string) => Promise<Where>;
}

const server = await startPostgres(process.env.TEST_DATABASE_URL).catch(() => undefined);
const folder = mkdtempSync(join(tmpdir(), 'vaultkeeper-bench-'));

const embedded: Ground = {
  name: 'embedded',
  round: { bareJobs: 1000, lives: 100 },
  fresh: (name) => Promise.resolve({ dataFolder: join(folder, name) }),
};
const grounds: readonly Ground[] =
  server === undefined
    ? [embedded]
    : [
        {
          name: 'PostgreSQL server',
          round: { bareJobs: 5000, lives: 400 },
          fresh: async (name) => ({ databaseUrl: await server.database(`vk_bench_${name}`) }),
        },
        embedded,
      ];

/** Whatever else the machine does only ever slows a turn down: of several turns the fastest of each is the truest. */
const turns = 2;

async function throughput({ name, round, fresh }: Ground) {
  let chained = 0;
  let emptied = 0;
  let ours = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    const bare = await bareThroughput(await fresh(`bare_${turn}`), round);
    chained = Math.max(chained, bare.chained);
    emptied = Math.max(emptied, bare.emptied);
    ours = Math.max(ours, await runsThroughput(await fresh(`runs_${turn}`), round));
  }
  return [
    row(`${name}: run engine, jobs a second`, ours.toFixed(0)),
    row(`${name}: pg-boss alone, each job sends the next one`, chained.toFixed(0)),
    row(`${name}: ratio`, (ours / chained).toFixed(2), 'at least 0.33'),
    row(`${name}: pg-boss alone, emptying a full queue`, emptied.toFixed(0)),
    row(`${name}: ratio to that`, (ours / emptied).toFixed(2)),
  ];
}

function fleetRows(fleet: FleetFigures) {
  return [
    row('running runs / subscriptions', `${fleet.runs} / ${fleet.subscriptions}`, '5000 / 20'),
    row('job reads in the worst hour of a subscription', String(fleet.mostReadsInAnHour), 'at most 150'),
    row("median seconds from a job's end to its card", fleet.medianDelay.toFixed(0), 'below 90'),
    row('the slowest tenth of these, seconds', fleet.slowDelay.toFixed(0)),
    row('cards that showed the end', `${fleet.shown} of ${fleet.runs}`, 'all'),
    row('memory of the process at most, MB (with the stand-in)', fleet.megabytes.toFixed(0), 'below 350'),
  ];
}

function row(what: string, measured: string, goal = '') {
  return { what, measured, goal };
}

const begun = performance.now();
const [first = embedded] = grounds;
const fleet = fleetRows(await followFleet(await first.fresh('fleet')));
const rows = [];
for (const ground of grounds) rows.push(...(await throughput(ground)));
await server?.stop();
rmSync(folder, { recursive: true });

const seconds = ((performance.now() - begun) / 1000).toFixed(0);
const load = loadavg().map((of) => of.toFixed(1));
console.log(`Took ${seconds} s, at a load of ${load.join(' ')}. The fleet's hour passes on a clock that is moved,`);
console.log(
  `on the ${first.name} store; its requests go over real HTTP. The engine's jobs are sent and worked within the time taken, as those of`,
);
console.log('the chain are; emptying a full queue sends nothing, and is told because no queue of jobs can be faster.');
console.table([...rows, ...fleet]);
process.exit(0);
