import { fork } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { fakeConnector } from '../test/bot/support/connector.ts';
import { attack, hostileRequests } from '../test/bot/support/hostile.ts';
import { appId, fakeIssuer } from '../test/bot/support/issuer.ts';
import { printGoals } from './goals.ts';
import type { ServerOrder } from './turn-server.ts';

const asked = process.argv.indexOf('--requests');
const requests = asked === -1 ? 100_000 : Number(process.argv[asked + 1]);
const warm = requests / 10;
const steps = 10;

/** 100,000 hostile requests against the real server with Teams' identity, in a process of its own: its memory on the way, and what was not refused as it should be. */
async function benchHostile(): Promise<void> {
  const connector = await fakeConnector();
  const issuer = await fakeIssuer(connector);
  // Its standard error is the SDK's public key, once for every signature that does not fit.
  const child = fork('bench/turn-server.ts', {
    stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
    execArgv: [...process.execArgv, '--expose-gc'],
  });
  const openIdMetadataUrl = issuer.identity.openIdMetadataUrl ?? '';
  const order: ServerOrder = {
    kind: 'echo',
    openIdMetadataUrl,
    connectorHost: new URL(connector.url).host,
    simulatorUrl: '',
    databaseUrl: '',
  };
  child.send({ ...order, appId });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  const held = async (): Promise<number> => {
    child.send('memory');
    const [answer] = (await once(child, 'message')) as [{ memory: number; held: number }];
    const [taken, kept] = [answer.memory, answer.held].map((bytes) => Math.round(bytes / 2 ** 20));
    console.log(`${sent} requests: ${kept} MB held, ${taken} MB taken`);
    return answer.held;
  };
  let sent = 0;
  const next = hostileRequests(issuer, connector);
  const wrong = [...(await attack(url, next, warm))];
  sent = warm;
  const before = await held();
  let after = before;
  const started = performance.now();
  for (let step = 1; step <= steps; step++) {
    wrong.push(...(await attack(url, next, requests / steps)));
    sent += requests / steps;
    after = await held();
  }
  const seconds = (performance.now() - started) / 1000;
  const alive = (await fetch(`${url}/healthz`)).status === 200 && child.exitCode === null;
  console.log(`${(requests / seconds).toFixed(0)} a second`);
  if (wrong.length > 0) console.log([...new Set(wrong)].join('; '));
  printGoals(
    [
      { what: 'answered otherwise than they should be', measured: wrong.length, most: 0 },
      { what: 'processes that died', measured: alive ? 0 : 1, most: 0 },
      {
        what: 'memory held after all, of that after the first tenth',
        measured: after / before,
        most: 1.2,
        unit: 'times',
        digits: 2,
      },
    ],
    loadavg(),
  );
  child.kill('SIGKILL');
  await Promise.all([issuer.close(), connector.close()]);
}

await benchHostile();
