import assert from 'node:assert/strict';
import type { Message } from '../../src/local-chat/wire.ts';
import { cardText } from '../support/chat.ts';
import { type Product, startProduct } from '../support/product.ts';

describe('snapshots from the chat', () => {
  let product: Product;

  beforeEach(async () => {
    product = await startProduct();
  });

  afterEach(async () => {
    await product[Symbol.asyncDispose]();
  });

  const words = (message: Message): string => cardText(product.chat.card('ana-souza', message));

  const until = async (message: Message, pattern: RegExp): Promise<void> => {
    await product.chat.waitFor(() => pattern.test(words(message)) || undefined, {
      what: `${pattern} on the card`,
      within: 15_000,
    });
  };

  it('makes a disk from a snapshot and says what is left to do', async () => {
    const question = await product.chat.ask('ana-souza', 'personal', 'create a disk from a snapshot');
    assert.match(words(question), /web-prod-01-before-patch/);
    const card = await product.chat.ask('ana-souza', 'personal', '1');
    assert.match(words(card), /Creates the disk .* from the snapshot web-prod-01-before-patch/);
    await product.chat.click('ana-souza', card, 'Start');
    await until(card, /exists and is attached to nothing[\s\S]*Attach/);
  });

  it('deletes a snapshot only after its name was typed and two others agreed', async () => {
    const { chat, simulator } = product;
    await chat.ask('ana-souza', 'group', '@Vaultkeeper delete a snapshot');
    const card = await chat.ask('ana-souza', 'group', '@Vaultkeeper 1');
    assert.match(words(card), /for good: nothing brings it back/);
    const deletions = async () => (await simulator.log()).filter(({ method }) => method === 'DELETE').length;
    await chat.say('ana-souza', 'group', '@Vaultkeeper yes web-prod-01-before-patch');
    await until(card, /Waiting for approval/);
    assert.equal(await deletions(), 0);
    await chat.click('priya-nair', card, 'Approve');
    assert.equal(await deletions(), 0);
    await chat.click('luca-ferri', card, 'Approve');
    await until(card, /The snapshot web-prod-01-before-patch is deleted/);
    assert.equal(await deletions(), 1);
  });
});
