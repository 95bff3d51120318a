import assert from 'node:assert/strict';
import { cardText, connectTestChat } from '../support/chat.ts';
import { startProductProcess } from '../support/product-process.ts';
import { startTestSimulator, type TestSimulator } from '../support/simulator.ts';

describe('a restart in the middle of a backup', function () {
  this.timeout(60_000);
  let simulator: TestSimulator;

  before(async () => {
    simulator = await startTestSimulator({ clock: 'real', strictAuthorization: true, pace: 0.006 });
  });

  after(async () => {
    await simulator.close();
  });

  it('by kill -9 loses no run, goes on with the same card, and triggers one backup', async () => {
    await using first = await startProductProcess({ simulatorUrl: simulator.url });
    const { dataFolder } = first;
    const port = Number(new URL(first.url).port);
    const before = await connectTestChat({ url: first.url });
    const card = await before.ask('ana-souza', 'personal', 'back up sql-prod-01');
    await before.click('ana-souza', card, 'Start');
    await before.waitFor(() => /Running/.test(cardText(before.card('ana-souza', card))) || undefined, {
      what: 'the running card',
    });
    await before[Symbol.asyncDispose]();
    await first.kill();

    await using second = await startProductProcess({ dataFolder, port, simulatorUrl: simulator.url });
    await using after = await connectTestChat({ url: second.url });
    await after.waitFor(
      () =>
        /The new recovery point of sql-prod-01 exists/.test(cardText(after.card('ana-souza', after.now(card)))) ||
        undefined,
      { what: 'the end on the same card', within: 30_000 },
    );
    const triggers = (await simulator.control.log()).filter(
      ({ method, path }) => method === 'POST' && /\/backup(\?|$)/i.test(path),
    );
    assert.equal(triggers.length, 1);
  });
});
