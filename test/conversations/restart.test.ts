import assert from 'node:assert/strict';
import type { Message } from '../../src/local-chat/wire.ts';
import { cardText, connectTestChat, type TestChat } from '../support/chat.ts';
import { type ProductProcess, startProductProcess } from '../support/product-process.ts';
import { startTestSimulator, type TestSimulator } from '../support/simulator.ts';

describe('kill -9 and a restart', function () {
  this.timeout(120_000);
  let simulator: TestSimulator;

  before(async () => {
    simulator = await startTestSimulator({ clock: 'real', strictAuthorization: true, pace: 0.006 });
  });

  after(async () => {
    await simulator.close();
  });

  /** Ends a process in the middle of what it does and starts another one on the same data and port. */
  const killAndRestart = async (first: ProductProcess): Promise<ProductProcess> => {
    await first.kill();
    return await startProductProcess({
      dataFolder: first.dataFolder,
      port: Number(new URL(first.url).port),
      simulatorUrl: simulator.url,
    });
  };

  const shows = async (chat: TestChat, card: Message, pattern: RegExp): Promise<void> => {
    await chat.waitFor(() => pattern.test(cardText(chat.card('ana-souza', chat.now(card)))) || undefined, {
      what: String(pattern),
      within: 45_000,
    });
  };

  it('in the middle of a backup lose no run: the same card goes on, and Azure saw one trigger', async () => {
    await using first = await startProductProcess({ simulatorUrl: simulator.url });
    const before = await connectTestChat({ url: first.url });
    const card = await before.ask('ana-souza', 'personal', 'back up sql-prod-01');
    await before.click('ana-souza', card, 'Start');
    await shows(before, card, /Take Snapshot/);
    await before[Symbol.asyncDispose]();
    await using second = await killAndRestart(first);
    await using after = await connectTestChat({ url: second.url });
    await shows(after, card, /The new recovery point of sql-prod-01 exists/);
    const triggers = (await simulator.control.log()).filter(
      ({ method, path }) => method === 'POST' && /\/backup(\?|$)/i.test(path),
    );
    assert.equal(triggers.length, 1);
  });

  it('in the middle of a question lose no answer', async () => {
    await using first = await startProductProcess({ simulatorUrl: simulator.url });
    const before = await connectTestChat({ url: first.url });
    await before.ask('ana-souza', 'personal', 'is app-01 protected?');
    await before[Symbol.asyncDispose]();
    await using second = await killAndRestart(first);
    await using after = await connectTestChat({ url: second.url });
    const answer = await after.ask('ana-souza', 'personal', '2');
    assert.match(cardText(after.card('ana-souza', answer)), /app-01 (is|needs)/);
  });
});
