import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { connectAzure, FixedTokenCredential } from '../src/azure/index.ts';
import type { JobRef } from '../src/azure/types.ts';
import { practice } from '../src/practice.ts';
import { openStore } from '../src/store/index.ts';
import { type FakeConnector, fakeConnector, memberOf } from '../test/bot/support/connector.ts';
import { appId, fakeIssuer } from '../test/bot/support/issuer.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { startTestSimulator, type TestSimulator } from '../test/support/simulator.ts';
import { printGoals } from './goals.ts';
import { quiet } from './runs-parts.ts';
import type { ServerOrder } from './turn-server.ts';

const people = 200;
const turnsPerSecond = 50;
const runsGoingOn = 1000;
const mostSeconds = 5;
const readerRole = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const texts = [
  'help',
  'is sql-prod-01 protected?',
  'what is not protected?',
  'snapshots of web-prod-02',
  'list vaults',
];

/** Where turns go, as whom, and what came of them. */
interface Stage {
  readonly connector: FakeConnector;
  readonly authorization: string;
  readonly url: string;
  readonly seconds: number[];
  readonly failed: string[];
}

/** Somebody of the two hundred; nobody but number 0, who asked for the runs, is in the chat that their cards go to. */
function oidOf(person: number): string {
  return `a0000000-0000-4000-8000-${String(person + 1).padStart(12, '0')}`;
}

async function turn(stage: Stage, person: number, text: string): Promise<void> {
  const oid = oidOf(person);
  const body = JSON.stringify({
    type: 'message',
    id: randomUUID(),
    channelId: 'msteams',
    serviceUrl: stage.connector.url,
    from: { id: `29:${oid}`, name: `Person ${person}`, aadObjectId: oid },
    recipient: { id: practice.botId, name: practice.botName },
    conversation: { id: `a:turns-${person}`, tenantId: practice.tenantId, conversationType: 'personal' },
    channelData: { tenant: { id: practice.tenantId } },
    locale: 'en-GB',
    text,
    entities: [{ type: 'clientInfo', locale: 'en-GB', timezone: 'Europe/Rome' }],
  });
  const headers = { 'content-type': 'application/json', authorization: stage.authorization };
  const started = performance.now();
  const answer = await fetch(`${stage.url}/api/messages`, { method: 'POST', headers, body }).catch(String);
  stage.seconds.push((performance.now() - started) / 1000);
  if (typeof answer === 'string' || !answer.ok)
    stage.failed.push(typeof answer === 'string' ? answer : `${answer.status}`);
}

/** Answers to turns since the last time; typing signs and the runs' own cards do not count. */
function answersSince({ sent }: FakeConnector): number {
  const mine = sent.filter(
    ({ path, body }) => path.includes('a:turns-') && !path.includes('a:turns-0/') && body.type === 'message',
  );
  sent.length = 0;
  return mine.length;
}

/** A job of Azure Backup that takes its forty minutes in real time. */
async function longJob(simulator: TestSimulator): Promise<JobRef> {
  const credential = new FixedTokenCredential({ oid: practice.botOid, tid: practice.tenantId });
  const now = () => new Date();
  const where = { subscriptionIds: [practice.subscriptionId], simulatorUrl: simulator.url };
  const ports = connectAzure({ credential, ...where, now, log: () => undefined });
  const item = (await ports.inventory.protectedItems()).value.find(({ vmId }) => vmId.endsWith('/sql-prod-01'));
  const expiresAt = new Date(Date.now() + 30 * 86_400_000).toISOString();
  let ref = await ports.backup.start(item?.id ?? '', { expiresAt, clientRequestId: randomUUID() });
  while (ref.kind !== 'backup' || ref.jobId === undefined) {
    await wait(1000);
    ref = (await ports.jobs.progress(ref)).ref;
  }
  return ref;
}

/** Copies of one run that was asked for, each going on with a card of its own; they follow one job, as a vault's jobs are read with one list anyway. */
async function runsOn(databaseUrl: string, job: JobRef): Promise<void> {
  const store = await openStore({ databaseUrl, log: quiet });
  const [template] = await store.runs.recent(practice.tenantId, 1);
  if (template === undefined) throw new TypeError('no run was asked for');
  const startingAt = new Date().toISOString();
  for (let at = 0; at < runsGoingOn; at += 100)
    await store.transaction(async (unit) => {
      for (let nth = at; nth < at + 100; nth++) {
        const id = randomUUID();
        await unit.runs.insert({ ...template, id, state: 'running', job, startingAt });
        await unit.cards.add(id, template.conversationId);
        await unit.send('step', { runId: id, revision: template.revision }, nth % 30);
      }
    });
  await store.close();
}

function quantile(sorted: readonly number[], share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(2);
}

/** 200 people, 50 turns a second, 1,000 runs going on, one process: how long turns took, how many were lost, and the memory at each minute. */
async function benchLoad(minutes: number): Promise<void> {
  const connector = await fakeConnector();
  const issuer = await fakeIssuer(connector);
  const simulator = await startTestSimulator({ clock: 'real', strictAuthorization: true });
  const scope = `/subscriptions/${practice.subscriptionId}`;
  for (let person = 0; person <= people; person++) {
    const [oid, mri] = [oidOf(person), `29:${oidOf(person)}`];
    connector.members.set(mri, { ...memberOf(mri), tenantId: practice.tenantId, aadObjectId: oid });
    if (person > 3) await simulator.control.grant({ objectId: oid, role: readerRole, scope });
  }
  const postgres = await startPostgres(process.env.TEST_DATABASE_URL);
  const databaseUrl = await postgres.database('vk_bench_load');
  const openIdMetadataUrl = issuer.identity.openIdMetadataUrl ?? '';
  const connectorHost = new URL(connector.url).host;
  const child = fork('bench/turn-server.ts', { execArgv: [...process.execArgv, '--expose-gc'] });
  const order: ServerOrder = {
    kind: 'product',
    openIdMetadataUrl,
    connectorHost,
    simulatorUrl: simulator.url,
    databaseUrl,
  };
  child.send({ ...order, appId });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  const megabytes = async (): Promise<number> => {
    child.send('memory');
    const [{ held }] = (await once(child, 'message')) as [{ held: number }];
    return Math.round(held / 2 ** 20);
  };
  const memory: number[] = [];
  const stage: Stage = { connector, authorization: `Bearer ${issuer.token()}`, url, seconds: [], failed: [] };
  await turn(stage, 0, 'back up sql-prod-01');
  await runsOn(databaseUrl, await longJob(simulator));
  for (let person = 1; person <= people; person++) await turn(stage, person, 'help');
  stage.seconds.length = 0;
  answersSince(connector);
  console.log(`${runsGoingOn} runs going on; ${people} people have said hello: ${await megabytes()} MB`);
  let answers = 0;
  let sent = 0;
  const turns: Promise<void>[] = [];
  for (let minute = 1; minute <= minutes; minute++) {
    const start = performance.now();
    for (let nth = 0; nth < turnsPerSecond * 60; nth++, sent++) {
      await wait(Math.max(0, start + (nth * 1000) / turnsPerSecond - performance.now()));
      turns.push(turn(stage, 1 + (sent % people), texts[sent % texts.length] ?? ''));
    }
    if (minute === minutes) await Promise.all(turns);
    answers += answersSince(connector);
    const sorted = stage.seconds.toSorted((a, b) => a - b);
    const times = `p50 ${quantile(sorted, 0.5)}, p95 ${quantile(sorted, 0.95)}, longest ${quantile(sorted, 1)} s (at most ${mostSeconds})`;
    memory.push(await megabytes());
    console.log(`minute ${minute}: ${sorted.length} of ${sent} turns answered, ${times}; ${memory.at(-1)} MB`);
  }
  await wait(2000);
  answers += answersSince(connector);
  const [first = Number.NaN] = memory;
  printGoals(
    [
      { what: 'longest turn', measured: Math.max(...stage.seconds), most: mostSeconds, unit: 's', digits: 2 },
      { what: 'turns without an answer in the chat', measured: sent - answers, most: 0 },
      { what: 'turns refused', measured: stage.failed.length, most: 0 },
      {
        what: 'memory held after the last minute, of the first',
        measured: (memory.at(-1) ?? 0) / first,
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
