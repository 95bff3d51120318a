import assert from 'node:assert/strict';
import { cardText } from '../support/chat.ts';
import { type Product, startProduct } from '../support/product.ts';

describe('a channel', () => {
  let product: Product;

  before(async () => {
    product = await startProduct();
  });

  after(async () => {
    await product[Symbol.asyncDispose]();
  });

  it('gets one card for a run, which says how far it is and how it ended', async () => {
    const { chat } = product;
    const card = await chat.ask('ana-souza', 'channel', '@Vaultkeeper back up sql-prod-01');
    const shown = () => cardText(chat.card('ana-souza', card));
    await chat.click('ana-souza', card, 'Start');
    const seen = new Set<string>();
    await chat.waitFor(
      () => {
        seen.add(/Starting|Running|Approved|Confirmed/.exec(shown())?.[0] ?? '');
        return /The new recovery point of sql-prod-01 exists/.test(shown()) || undefined;
      },
      { what: 'the end on the same card', within: 20_000 },
    );
    assert.ok(seen.size > 1 || !seen.has(''), 'progress was visible');
    const said = chat.view('ana-souza', 'channel').fromBot;
    assert.equal(said.length, 1, 'one message for the whole run');
  });
});
