import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator } from '../../src/simulator/index.ts';
import { cardText } from '../support/chat.ts';
import { startProduct } from '../support/product.ts';
import { simulatorControl } from '../support/simulator.ts';

/** What main.ts gives a stop. */
const longestMs = 10_000;

describe('a stop with a turn and a step under way, while Azure is silent', function () {
  this.timeout(120_000);

  it('takes less than ten seconds, and the run is followed to its end after the next start', async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'vaultkeeper-stop-'));
    const simulator = await startSimulator({ strictAuthorization: true, pace: 0.001 });
    const control = simulatorControl(simulator.url);
    const start = async (port = 0) =>
      await startProduct({ dataFolder, simulatorUrl: simulator.url, azureTimeoutSeconds: 2, port });
    const first = await start();
    const card = await first.chat.ask('ana-souza', 'personal', 'back up sql-prod-01');
    await first.chat.click('ana-souza', card, 'Start');
    await control.fault({ hang: true, path: '^/(?!_simulator)' });
    await first.chat.say('ana-souza', 'personal', 'list vaults');
    const stopping = performance.now();
    await first[Symbol.asyncDispose]();
    const took = performance.now() - stopping;
    assert.ok(took < longestMs, `${took.toFixed(0)} ms`);
    await control.clearFaults();
    const second = await start(Number(new URL(first.practice.url).port));
    const done = () => {
      const shown = second.chat.messages('ana-souza', 'personal');
      return shown.some((one) =>
        /The new recovery point of sql-prod-01 exists/.test(cardText(second.chat.card('ana-souza', one))),
      );
    };
    await second.chat.waitFor(done, { within: 30_000, what: 'the end of the backup' });
    const sent = (await control.log()).filter(({ method, path }) => method === 'POST' && /\/backup$/i.test(path));
    assert.equal(sent.length, 1);
    await second[Symbol.asyncDispose]();
    await simulator.close();
    rmSync(dataFolder, { recursive: true, force: true });
  });
});
