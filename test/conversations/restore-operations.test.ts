import assert from 'node:assert/strict';
import type { Message } from '../../src/local-chat/wire.ts';
import { cardText } from '../support/chat.ts';
import { type Product, startProduct } from '../support/product.ts';

describe('restores from the chat', () => {
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
      within: 20_000,
    });
  };

  const ask = async (text: string): Promise<Message> =>
    await product.chat.ask('ana-souza', 'group', `@Vaultkeeper ${text}`);
  const restores = async () =>
    (await product.simulator.log()).filter(
      ({ method, path }) => method === 'POST' && /\/restore$/i.test(path.split('?')[0] ?? ''),
    ).length;

  it('makes a new VM from a point and a subnet chosen by number, after a second person agreed', async () => {
    assert.match(words(await ask('restore sql-prod-01 to a new VM')), /Which recovery point\?[\s\S]*consistent/);
    assert.match(words(await ask('1')), /Which network\?[\s\S]*vnet-dev-weu \/ default/);
    const card = await ask('1');
    assert.match(words(card), /Creates the new VM sql-prod-01-restored-/);
    assert.match(words(card), /Azure would accept this restore/);
    assert.equal(await restores(), 0);
    await product.chat.click('priya-nair', card, 'Approve');
    await until(card, /The new VM sql-prod-01-restored-\S+ runs, restored from sql-prod-01/);
    assert.equal(await restores(), 1);
  });

  it('makes disks after the requester’s own confirmation, and says that they cost', async () => {
    await ask('restore the disks of sql-test-01');
    const card = await ask('1');
    await product.chat.click('ana-souza', card, 'Start');
    await until(card, /The disks of sql-test-01 are restored into rg-sql[\s\S]*they cost until then/);
  });

  it('replaces disks only with the name typed, and keeps the old ones', async () => {
    await ask('replace the disks of sql-test-01');
    const card = await ask('1');
    assert.match(words(card), /replaces its 2 disks by the recovery point/);
    await product.chat.say('ana-souza', 'group', '@Vaultkeeper yes sql-test-01');
    await until(card, /Waiting for approval/);
    assert.equal(await restores(), 0);
    await product.chat.click('priya-nair', card, 'Approve');
    await until(card, /sql-test-01 stands at the recovery point again[\s\S]*The old disks stay/);
  });
});
