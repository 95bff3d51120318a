import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { fakeConnector } from '../test/bot/support/connector.ts';
import { appId, fakeIssuer } from '../test/bot/support/issuer.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { startTestSimulator } from '../test/support/simulator.ts';
import { printGoals } from './goals.ts';
import { answersSince, invite, type Stage, turn } from './load-people.ts';
import { longJob, runsOn } from './load-runs.ts';
import type { ServerOrder } from './turn-server.ts';

const people = 200;
const turnsPerSecond = 50;
const runsGoingOn = 1000;
const mostSeconds = 5;
const texts = [
  'help',
  'is sql-prod-01 protected?',
  'what is not protected?',
  'snapshots of web-prod-02',
  'list vaults',
];

/** What the serving process holds after collection, in megabytes, and the CPU seconds that it has had. */
interface Cost {
  readonly megabytes: number;
  readonly cpuSeconds: number;
}

async function costOf(child: ChildProcess): Promise<Cost> {
  child.send('memory');
  const [{ held, cpu }] = (await once(child, 'message')) as [{ held: number; cpu: NodeJS.CpuUsage }];
  return { megabytes: Math.round(held / 2 ** 20), cpuSeconds: (cpu.user + cpu.system) / 1e6 };
}

function quantile(sorted: readonly number[], share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(2);
}

/** A line of the table: the turns that were answered in a minute, and what the minute cost. */
function tell(minute: number, seconds: readonly number[], { before, after }: Record<'before' | 'after', Cost>): void {
  const sorted = seconds.toSorted((a, b) => a - b);
  const times = `p50 ${quantile(sorted, 0.5)}, p95 ${quantile(sorted, 0.95)}, longest ${quantile(sorted, 1)} s`;
  const cpu = (after.cpuSeconds - before.cpuSeconds).toFixed(1);
  const machine = `the process took ${cpu} s of CPU; load of the machine ${(loadavg()[0] ?? 0).toFixed(1)}`;
  console.log(`minute ${minute}: ${sorted.length} turns answered, ${times}; ${after.megabytes} MB; ${machine}`);
}

/** Fifty turns a second for a minute. */
async function ask(stage: Stage, from: number): Promise<readonly Promise<void>[]> {
  const start = performance.now();
  const turns: Promise<void>[] = [];
  for (let nth = 0; nth < turnsPerSecond * 60; nth++) {
    await wait(Math.max(0, start + (nth * 1000) / turnsPerSecond - performance.now()));
    turns.push(turn(stage, 1 + ((from + nth) % people), texts[(from + nth) % texts.length] ?? ''));
  }
  return turns;
}

/** 200 people, 50 turns a second, 1,000 runs going on, one process: how long turns took, how many were lost, and the memory at each minute. */
async function benchLoad(minutes: number): Promise<void> {
  const connector = await fakeConnector();
  const issuer = await fakeIssuer(connector);
  const simulator = await startTestSimulator({ clock: 'real', strictAuthorization: true });
  await invite(connector, simulator, people);
  const postgres = await startPostgres(process.env.TEST_DATABASE_URL);
  const databaseUrl = await postgres.database('vk_bench_load');
  const child = fork('bench/turn-server.ts', { execArgv: [...process.execArgv, '--expose-gc'] });
  const order: ServerOrder = {
    kind: 'product',
    openIdMetadataUrl: issuer.identity.openIdMetadataUrl ?? '',
    connectorHost: new URL(connector.url).host,
    simulatorUrl: simulator.url,
    databaseUrl,
  };
  child.send({ ...order, appId });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  const stage: Stage = { connector, authorization: `Bearer ${issuer.token()}`, url, seconds: [], failed: [] };
  await turn(stage, 0, 'back up sql-prod-01');
  await runsOn(databaseUrl, await longJob(simulator), runsGoingOn);
  for (let person = 1; person <= people; person++) await turn(stage, person, 'help');
  stage.seconds.length = 0;
  answersSince(connector);
  let before = await costOf(child);
  console.log(`${runsGoingOn} runs going on; ${people} people have said hello: ${before.megabytes} MB`);
  const turns: Promise<void>[] = [];
  const memory: number[] = [];
  let [answers, told] = [0, 0];
  for (let minute = 1; minute <= minutes; minute++) {
    turns.push(...(await ask(stage, turns.length)));
    if (minute === minutes) await Promise.all(turns);
    answers += answersSince(connector);
    const after = await costOf(child);
    tell(minute, stage.seconds.slice(told), { before, after });
    memory.push(after.megabytes);
    told = stage.seconds.length;
    before = after;
  }
  await wait(2000);
  answers += answersSince(connector);
  const growth = (memory.at(-1) ?? Number.NaN) / (memory[0] ?? Number.NaN);
  printGoals(
    [
      { what: 'longest turn', measured: Math.max(...stage.seconds), most: mostSeconds, unit: 's', digits: 2 },
      { what: 'turns without an answer in the chat', measured: turns.length - answers, most: 0 },
      { what: 'turns refused', measured: stage.failed.length, most: 0 },
      {
        what: 'memory held after the last minute, of the first',
        measured: growth,
        most: 1.2,
        unit: 'times',
        digits: 2,
      },
    ],
    loadavg(),
  );
  if (stage.failed.length > 0) console.log([...new Set(stage.failed)].join(', '));
  child.kill('SIGKILL');
  await Promise.all([issuer.close(), connector.close(), simulator.close(), postgres.stop()]);
}

const at = process.argv.indexOf('--minutes');
await benchLoad(at === -1 ? 10 : Number(process.argv[at + 1]));
process.exit();
