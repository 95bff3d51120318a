import assert from 'node:assert/strict';
import type { Message } from '../../src/local-chat/wire.ts';
import { cardText } from '../support/chat.ts';
import { type Product, startProduct } from '../support/product.ts';

const offer = 'application/vnd.microsoft.teams.card.file.consent';
const info = 'application/vnd.microsoft.teams.card.file.info';

describe('the fleet as a file', function () {
  this.timeout(60_000);
  let product: Product;

  before(async () => {
    product = await startProduct();
  });
  after(async () => await product[Symbol.asyncDispose]());

  const holding = async (type: string): Promise<Message> =>
    await product.chat.waitFor(
      () =>
        product.chat
          .view('ana-souza', 'personal')
          .fromBot.find(({ attachments }) => attachments[0]?.contentType === type),
      { what: type },
    );

  it('is offered in a person’s own chat, made when they take it, and holds a row for every VM', async () => {
    const { chat } = product;
    const card = cardText(chat.card('ana-souza', await chat.ask('ana-souza', 'personal', 'export')));
    const count = Number(/(\d+) VMs/.exec(card)?.[1]);
    assert.ok(count > 10);
    assert.match(card, /the file has all of them/);
    const offered = await holding(offer);
    const wish = { acceptContext: { operation: 'fleet.export', parameters: {} } };
    assert.partialDeepStrictEqual(offered.attachments[0]?.content, wish);
    await chat.consent('ana-souza', offered, 'accept');
    const taken = (await holding(info)).attachments[0];
    const file = await fetch(taken?.contentUrl ?? '');
    const rows = (await file.text()).trimEnd().split('\r\n');
    assert.equal(rows.length, count + 1);
    assert.match(file.headers.get('content-disposition') ?? '', /attachment; filename\*=UTF-8''fleet-.*\.csv/);
    await chat.waitFor(() => chat.now(offered).deleted);
  });

  it('is not offered in a group, which is told where it can be had', async () => {
    const { chat } = product;
    const card = cardText(chat.card('ana-souza', await chat.ask('ana-souza', 'group', '@Vaultkeeper export')));
    assert.match(card, /in our own chat only/);
    assert.ok(
      chat.view('ana-souza', 'group').fromBot.every(({ attachments }) => attachments[0]?.contentType !== offer),
    );
  });
});
