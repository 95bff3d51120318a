import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { practice } from '../src/practice.ts';
import { fakeConnector, memberOf } from '../test/bot/support/connector.ts';
import { appId, fakeIssuer } from '../test/bot/support/issuer.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { startTestSimulator } from '../test/support/simulator.ts';
import type { ServerOrder } from './turn-server.ts';

const oid = 'a0000000-0000-4000-8000-000000000001';
const rounds = 5;
const turnsPerRound = 60;

interface Server {
  readonly url: string;
  readonly child: ChildProcess;
}

/** The server in a process of its own: only its own CPU counts. */
async function serve(order: ServerOrder): Promise<Server> {
  const child = fork('bench/turn-server.ts');
  child.send({ ...order, appId });
  child.once('exit', (code) => {
    if (code !== null) throw new Error(`the ${order.kind} server ended with ${code}`);
  });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  return { url, child };
}

async function cpuOf({ child }: Server): Promise<number> {
  child.send('cpu');
  const [{ cpu }] = (await once(child, 'message')) as [{ cpu: NodeJS.CpuUsage }];
  return (cpu.user + cpu.system) / 1000;
}

function activity(serviceUrl: string, text: string, id: string): object {
  return {
    type: 'message',
    id,
    channelId: 'msteams',
    serviceUrl,
    from: { id: `29:${oid}`, name: 'Ana Souza', aadObjectId: oid },
    recipient: { id: '28:vaultkeeper', name: 'Vaultkeeper' },
    conversation: { id: 'a:1ana', tenantId: practice.tenantId, conversationType: 'personal' },
    channelData: { tenant: { id: practice.tenantId } },
    locale: 'en-GB',
    text,
    entities: [{ type: 'clientInfo', locale: 'en-GB', timezone: 'Europe/Rome' }],
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** What a turn costs in CPU, as a ratio to an echo bot's behind the same restify, adapter and authentication; prints a table. */
async function benchTurns(): Promise<void> {
  const connector = await fakeConnector();
  connector.members.set(`29:${oid}`, { ...memberOf(`29:${oid}`), tenantId: practice.tenantId, aadObjectId: oid });
  const issuer = await fakeIssuer(connector);
  const simulator = await startTestSimulator({ clock: 'real', strictAuthorization: true });
  const postgres = await startPostgres(undefined);
  const order = {
    openIdMetadataUrl: issuer.identity.openIdMetadataUrl ?? '',
    connectorHost: new URL(connector.url).host,
    simulatorUrl: simulator.url,
    databaseUrl: await postgres.database('bench_turns'),
  };
  const [echo, product] = await Promise.all([serve({ ...order, kind: 'echo' }), serve({ ...order, kind: 'product' })]);
  let count = 0;
  const authorization = `Bearer ${issuer.token()}`;
  const turn = async (server: Server, text: string): Promise<string> => {
    const body = JSON.stringify(activity(connector.url, text, `t${count++}`));
    const headers = { 'content-type': 'application/json', authorization };
    const answer = await fetch(`${server.url}/api/messages`, { method: 'POST', headers, body });
    if (!answer.ok) throw new Error(`a turn was answered ${answer.status} ${await answer.text()}`);
    const said = JSON.stringify(connector.messages().map(({ body }) => body));
    connector.sent.length = 0;
    return said;
  };
  const perTurn = async (server: Server, text: string): Promise<number> => {
    const before = await cpuOf(server);
    for (let at = 0; at < turnsPerRound; at++) await turn(server, text);
    return ((await cpuOf(server)) - before) / turnsPerRound;
  };
  const status = 'is sql-prod-01 protected?';
  const shown = await turn(product, status);
  if (!shown.includes('rsv-prod-weu')) throw new Error(`the status turn has no status: ${shown}`);
  for (let warm = 0; warm < 150; warm++)
    await Promise.all([turn(echo, 'help'), turn(product, 'help'), turn(product, status)]);
  const measured = { echo: [] as number[], help: [] as number[], status: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    measured.echo.push(await perTurn(echo, 'help'));
    measured.help.push(await perTurn(product, 'help'));
    measured.status.push(await perTurn(product, status));
  }
  const before = (await simulator.control.log()).length;
  await turn(product, status);
  const calls = (await simulator.control.log())
    .slice(before)
    .map(({ method, path }) => `${method} ${path.split('?')[0]?.split('/').slice(-2).join('/')}`);
  const base = median(measured.echo);
  console.log(`echo    ${base.toFixed(2)} ms of CPU a turn`);
  for (const [name, most] of [
    ['help', 1.5],
    ['status', 4],
  ] as const) {
    const cost = median(measured[name]);
    console.log(`${name.padEnd(7)} ${cost.toFixed(2)} ms, ${(cost / base).toFixed(2)} times (at most ${most})`);
  }
  console.log(`a status turn asks Azure ${calls.length} times (at most 4): ${calls.join(', ')}`);
  for (const { child } of [echo, product]) child.kill('SIGKILL');
  await Promise.all([issuer.close(), connector.close(), simulator.close(), postgres.stop()]);
}

await benchTurns();
