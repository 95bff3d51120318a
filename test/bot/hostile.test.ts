import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { messageOf, withBot } from './support/bot.ts';
import { fakeConnector } from './support/connector.ts';
import { attack, hostileRequests } from './support/hostile.ts';
import { fakeIssuer } from './support/issuer.ts';

const warm = 400;
const attacks = 1600;
/** A kilobyte that stays of every request would be more. */
const mostMegabytes = 1.5;

/** Bot Framework's SDK prints its public key to the console for every signature that does not fit. */
async function quietly(work: () => Promise<void>): Promise<void> {
  const { error } = console;
  console.error = () => undefined;
  try {
    await work();
  } finally {
    console.error = error;
  }
}

/** Of the heap, after everything that nobody holds is gone. */
function heldMegabytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

describe('two thousand hostile requests', function () {
  this.timeout(30_000);

  it('are refused each with its status, leave nothing in memory, and the bot serves on', async () => {
    const connector = await fakeConnector();
    const issuer = await fakeIssuer(connector);
    const next = hostileRequests(issuer, connector);
    await withBot({ identity: issuer.identity, connector }, async ({ url, heard, post, logged }) => {
      await quietly(async () => assert.deepEqual(await attack(url, next, warm), []));
      logged.length = 0;
      const before = heldMegabytes();
      await quietly(async () => assert.deepEqual(await attack(url, next, attacks), []));
      assert.deepEqual(
        logged.filter(({ level }) => level === 'error'),
        [],
      );
      logged.length = 0;
      const grown = heldMegabytes() - before;
      assert.ok(grown < mostMegabytes, `${grown.toFixed(1)} MB stayed`);
      assert.deepEqual([heard, connector.sent], [[], []]);
      const { status } = await post(messageOf(connector), { authorization: `Bearer ${issuer.token()}` });
      assert.deepEqual([status, heard.length], [200, 1]);
    });
    await issuer.close();
  });
});
