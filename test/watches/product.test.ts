import assert from 'node:assert/strict';
import type { Message } from '../../src/local-chat/wire.ts';
import { cardText } from '../support/chat.ts';
import { type Product, startProduct } from '../support/product.ts';

describe('watching in the chat, over the simulated Azure', () => {
  let product: Product;

  before(async function () {
    this.timeout(60_000);
    product = await startProduct();
  });

  after(async () => {
    await product[Symbol.asyncDispose]();
  });

  const words = (message: Message): string => cardText(product.chat.card('ana-souza', message));
  const ask = async (text: string): Promise<Message> => await product.chat.ask('ana-souza', 'personal', text);

  it('tells of a backup that fails, once, with a button that takes it up again', async () => {
    assert.match(words(await ask('watch sql-prod-01')), /Watching sql-prod-01 here/);
    assert.match(words(await ask('watch sql-prod-01')), /sql-prod-01 is watched here already/);
    await product.simulator.failJob({
      verb: 'Backup',
      entity: 'sql-prod-01',
      code: 'UserErrorGuestAgentStatusUnavailable',
    });
    const run = await ask('back up sql-prod-01');
    await product.chat.click('ana-souza', run, 'Start');
    const told = await product.chat.waitFor(
      () => messages().find((message) => /A backup failed/.test(words(message))),
      { what: 'the news of the failed backup', within: 50_000 },
    );
    assert.match(words(told), /UserErrorGuestAgentStatusUnavailable/);
    await product.chat.click('ana-souza', told, 'Stop watching');
    await product.chat.waitFor(
      () => messages().find((message) => /No longer watching sql-prod-01/.test(words(message))),
      {
        what: 'the end of the watch',
      },
    );
    assert.match(words(await ask('what am I watching?')), /Nothing is watched here/);
    assert.equal(messages().filter((message) => /A backup failed/.test(words(message))).length, 1);
  }).timeout(90_000);

  it('lists what is watched, and a number ends it', async () => {
    await ask('tell me when backups fail in rg-erp');
    assert.match(words(await ask('daily summary')), /The summary now, or every day\?/);
    assert.match(words(await ask('every morning at 8 the fleet summary here')), /every day at 08:00/);
    assert.match(words(await ask('what am I watching?')), /rg-erp[\s\S]*Fleet summary every day at 08:00/);
    assert.match(words(await ask('2')), /comes no more/);
    await ask('what am I watching?');
    assert.match(words(await ask('1')), /No longer watching/);
  });

  it('says what it does not know, sets quiet hours, and reminds of nothing', async () => {
    assert.match(words(await ask('watch sql-prod-0')), /Which one should I watch/);
    assert.match(words(await ask('watch nothing-like-it-77')), /I know no VM called/);
    assert.match(
      words(await ask('quiet hours from 22:00 to 07:00')),
      /Quiet hours here: 22:00 to 07:00, Europe\/Lisbon/,
    );
    assert.match(words(await ask('quiet hours off')), /No quiet hours here/);
    assert.match(words(await ask('stop reminding')), /not reminding of anything here/);
  });

  function messages(): readonly Message[] {
    return product.chat.messages('ana-souza', 'personal');
  }
});
