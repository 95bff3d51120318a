import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { cardText } from '../support/chat.ts';
import { type Product, startProduct } from '../support/product.ts';

describe('Azure away in the middle of a run', function () {
  this.timeout(60_000);
  let folder: string;
  let simulator: Simulator;
  let product: Product;

  const start = async (port = 0): Promise<Simulator> =>
    await startSimulator({ port, strictAuthorization: true, pace: 0.003, stateFile: join(folder, 'simulator.json') });

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vaultkeeper-'));
    simulator = await start();
    product = await startProduct({ simulatorUrl: simulator.url });
  });

  after(async () => {
    await product[Symbol.asyncDispose]();
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is said on the card while the run waits, and the run goes on when Azure is back', async () => {
    const { chat } = product;
    const card = await chat.ask('ana-souza', 'personal', 'back up sql-prod-01');
    const shows = async (pattern: RegExp): Promise<void> => {
      await chat.waitFor(() => pattern.test(cardText(chat.card('ana-souza', chat.now(card)))) || undefined, {
        what: String(pattern),
        within: 40_000,
      });
    };
    await chat.click('ana-souza', card, 'Start');
    await shows(/Take Snapshot/);
    await simulator.close();
    await shows(/does not answer|cannot be reached|not reachable|could not be reached|no answer/i);
    const status = await chat.ask('ana-souza', 'personal', 'is sql-prod-02 protected?');
    assert.match(cardText(chat.card('ana-souza', status)), /answer|reach|look/i);
    // People can go on without Azure's answer to the bot, and operators see what is silent; the bot stays ready.
    const said = chat.view('ana-souza', 'personal').fromBot.length;
    await chat.click('ana-souza', chat.now(card), 'By hand with az');
    const commands = await chat.waitFor(() => chat.view('ana-souza', 'personal').fromBot[said]);
    assert.match(cardText(chat.card('ana-souza', commands)), /az rest --method post/);
    const ready = await fetch(`${product.practice.url}/readyz`);
    assert.equal(ready.status, 200);
    assert.match(await ready.text(), /"silent":\[\{"part":"Microsoft\./);
    simulator = await start(simulator.port);
    await shows(/The new recovery point of sql-prod-01 exists/);
  });
});
