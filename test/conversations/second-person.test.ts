import assert from 'node:assert/strict';
import type { Message } from '../../src/local-chat/wire.ts';
import { cardText } from '../support/chat.ts';
import { type Product, startProduct } from '../support/product.ts';

describe('a second person', () => {
  let product: Product;

  beforeEach(async () => {
    product = await startProduct();
  });

  afterEach(async () => {
    await product[Symbol.asyncDispose]();
  });

  const words = (as: string, message: Message): string => cardText(product.chat.card(as, product.chat.now(message)));

  /** Asks for a test failover in the personal chat and answers the questions. */
  const askAlone = async (): Promise<Message> => {
    const { chat } = product;
    await chat.ask('ana-souza', 'personal', 'test failover erp-prod-01');
    await chat.ask('ana-souza', 'personal', '1');
    return await chat.ask('ana-souza', 'personal', '1');
  };

  const cardOf = async (as: string): Promise<Message> =>
    await product.chat.waitFor(
      () =>
        product.chat
          .view(as, 'personal')
          .fromBot.find((message) => /Creates a test VM of erp-prod-01/.test(words(as, message))),
      { what: `the card in the chat of ${as}` },
    );

  it('gets the card of what was asked for in a personal chat in their own, if they may approve it', async () => {
    const { chat } = product;
    await chat.open('priya-nair', 'personal');
    await chat.open('tom-reed', 'personal');
    await chat.ask('priya-nair', 'personal', 'help');
    await chat.ask('tom-reed', 'personal', 'help');
    const asked = await askAlone();
    const card = await cardOf('priya-nair');
    assert.ok(
      !chat
        .view('tom-reed', 'personal')
        .fromBot.some((message) => /Creates a test VM/.test(words('tom-reed', message))),
    );
    await chat.click('priya-nair', card, 'Approve');
    await chat.waitFor(() => /runs in northeurope/.test(words('ana-souza', asked)) || undefined, {
      within: 15_000,
      what: 'the end on the card of the requester',
    });
  });

  it('approves, rejects or is refused by typing the code', async () => {
    const { chat } = product;
    const asked = await askAlone();
    const code =
      /approve ([0-9A-Z]{4})|withdraw ([0-9A-Z]{4})/.exec(words('ana-souza', asked))?.slice(1).find(Boolean) ?? '';
    const own = await chat.ask('ana-souza', 'personal', `approve ${code}`);
    assert.match(words('ana-souza', own), /somebody else|second person|your own/i);
    const why = await chat.ask('ana-souza', 'personal', 'why');
    assert.match(words('ana-souza', why), /somebody else|second person|your own/i);
    const pending = await chat.ask('luca-ferri', 'personal', 'pending');
    assert.match(words('luca-ferri', pending), new RegExp(code));
    await chat.ask('luca-ferri', 'personal', `reject ${code.toLowerCase()} because the change is postponed`);
    await chat.waitFor(() => /Rejected[\s\S]*postponed/.test(words('ana-souza', asked)) || undefined, {
      what: 'the rejection with its reason',
      within: 15_000,
    });
  });

  it('sees the reason that the requester gave', async () => {
    const { chat } = product;
    await chat.ask('ana-souza', 'group', '@Vaultkeeper test failover erp-prod-01 because of the yearly drill');
    await chat.ask('ana-souza', 'group', '@Vaultkeeper 1');
    const card = await chat.ask('ana-souza', 'group', '@Vaultkeeper 1');
    assert.match(words('priya-nair', card), /Reason[\s\S]*yearly drill/);
  });

  it('can watch a run in their own chat', async () => {
    const { chat } = product;
    await chat.ask('luca-ferri', 'personal', 'help');
    const asked = await chat.ask('ana-souza', 'group', '@Vaultkeeper back up sql-prod-01');
    const code = /withdraw ([0-9A-Z]{4})/.exec(words('ana-souza', asked))?.[1] ?? '';
    await chat.ask('luca-ferri', 'group', `@Vaultkeeper watch ${code}`);
    await chat.waitFor(
      () =>
        chat
          .view('luca-ferri', 'personal')
          .fromBot.find((message) => /Takes a backup of sql-prod-01/.test(words('luca-ferri', message))),
      { what: 'the card in the own chat' },
    );
  });

  it('is told who holds a VM that a run works on', async () => {
    const { chat } = product;
    await chat.ask('ana-souza', 'group', '@Vaultkeeper back up sql-prod-01');
    const refused = await chat.ask('luca-ferri', 'group', '@Vaultkeeper snapshot sql-prod-01');
    assert.match(words('luca-ferri', refused), /Ana Souza/);
  });
});
