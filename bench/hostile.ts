import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fakeConnector } from '../test/bot/support/connector.ts';
import { attack, hostileRequests } from '../test/bot/support/hostile.ts';
import { appId, fakeIssuer } from '../test/bot/support/issuer.ts';
import type { ServerOrder } from './turn-server.ts';

const warm = 10_000;
const requests = 100_000;
const steps = 10;

/** 100,000 hostile requests against the real server with Teams' identity, in a process of its own: its memory on the way, and what was not refused as it should be. */
async function benchHostile(): Promise<void> {
  const connector = await fakeConnector();
  const issuer = await fakeIssuer(connector);
  // Its standard error is the SDK's public key, once for every signature that does not fit.
  const child = fork('bench/turn-server.ts', { stdio: ['ignore', 'inherit', 'ignore', 'ipc'] });
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
  const megabytes = async (): Promise<number> => {
    child.send('memory');
    const [{ memory }] = (await once(child, 'message')) as [{ memory: number }];
    return Math.round(memory / 2 ** 20);
  };
  const next = hostileRequests(issuer, connector);
  const wrong = [...(await attack(url, next, warm))];
  console.log(`after the first ${warm}: ${await megabytes()} MB`);
  const started = performance.now();
  for (let step = 1; step <= steps; step++) {
    wrong.push(...(await attack(url, next, requests / steps)));
    console.log(`${(requests / steps) * step} requests: ${await megabytes()} MB`);
  }
  const seconds = (performance.now() - started) / 1000;
  const alive = (await fetch(`${url}/healthz`)).status === 200 && child.exitCode === null;
  console.log(`${(requests / seconds).toFixed(0)} a second; the process is ${alive ? 'alive' : 'dead'}`);
  console.log(`${wrong.length} were answered otherwise than they should be ${[...new Set(wrong)].join('; ')}`);
  child.kill('SIGKILL');
  await Promise.all([issuer.close(), connector.close()]);
}

await benchHostile();
