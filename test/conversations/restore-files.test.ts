import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Message } from '../../src/local-chat/wire.ts';
import { buttonsOf, cardText } from '../support/chat.ts';
import { type Product, startProduct } from '../support/product.ts';

describe('file recovery from the chat', () => {
  let product: Product;

  beforeEach(async () => {
    product = await startProduct({ home: 'embedded' });
  });

  afterEach(async () => {
    await product[Symbol.asyncDispose]();
  });

  const words = (message: Message, as = 'ana-souza'): string => cardText(product.chat.card(as, message));
  const titles = (message: Message) => buttonsOf(product.chat.card('ana-souza', message)).map(({ title }) => title);

  const until = async (message: Message, pattern: RegExp): Promise<void> => {
    await product.chat.waitFor(() => pattern.test(words(message)) || undefined, {
      what: `${pattern} on the card`,
      within: 20_000,
    });
  };

  const provisions = async () =>
    (await product.simulator.log()).filter(({ path }) => /provisionInstantItemRecovery/i.test(path)).length;

  /** Everything that the product has written, its store included, but what plays Azure and what plays Teams. */
  const written = (): string => {
    const files = readdirSync(product.dataFolder, { recursive: true, withFileTypes: true });
    const own = files.filter((file) => file.isFile() && !/simulator|azure/i.test(join(file.parentPath, file.name)));
    return own.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1')).join('\n');
  };

  it('asks for nothing before the requester has a chat of their own, and says what to do', async () => {
    await product.chat.ask('ana-souza', 'group', '@Vaultkeeper recover files of sql-prod-01');
    const refused = await product.chat.ask('ana-souza', 'group', '@Vaultkeeper 1');
    assert.match(words(refused), /do not know a chat with you alone[\s\S]*Write to me directly once/);
    assert.equal(await provisions(), 0);
  });

  it('shows script and password to the requester alone, in their own chat, and writes them nowhere', async () => {
    const { chat } = product;
    await chat.ask('ana-souza', 'personal', 'help');
    await chat.ask('ana-souza', 'group', '@Vaultkeeper recover files of sql-prod-01');
    const before = chat.view('ana-souza', 'personal').fromBot.length;
    const inGroup = await chat.ask('ana-souza', 'group', '@Vaultkeeper 1');
    assert.match(words(inGroup), /Only to you, in your own chat with me/);
    await chat.click('ana-souza', inGroup, 'Start');
    await until(inGroup, /can be mounted until[\s\S]*shown to Ana Souza alone/);
    assert.ok(!titles(inGroup).includes('Show script'));

    const own = await chat.waitFor(() => chat.view('ana-souza', 'personal').fromBot[before], { what: 'her own card' });
    await until(own, /can be mounted until/);
    const runId = /"runId":"([^"]+)"/.exec(JSON.stringify(chat.card('ana-souza', own)))?.[1];
    await chat.click('ana-souza', own, 'Show script');
    const password = /Password\s+(\d{15})/.exec(words(own))?.[1] ?? assert.fail(words(own));
    assert.match(words(own), /On a Windows machine[\s\S]*IaasVMILRExe/);
    assert.equal(await provisions(), 1);

    const data = { runId: runId };
    for (const [as, message] of [
      ['ana-souza', inGroup],
      ['priya-nair', inGroup],
    ] as const) {
      await chat.execute(as, message, { verb: 'reveal', data });
      assert.match(words(message, as), /shown only in your own chat/);
    }
    const hers = await chat.ask('priya-nair', 'personal', 'help');
    await chat.execute('priya-nair', hers, { verb: 'reveal', data });
    assert.match(words(hers, 'priya-nair'), /Only Ana Souza/);

    const everything = JSON.stringify([
      ...(['personal', 'group'] as const).map((where) => chat.messages('ana-souza', where)),
      chat.messages('priya-nair', 'personal'),
    ]);
    assert.ok(!everything.includes(password));
    assert.match(written(), /can be mounted|secret-shown/);
    assert.ok(!written().includes(password));

    await chat.ask('ana-souza', 'personal', 'close file recovery of sql-prod-01');
    const closing = await chat.ask('ana-souza', 'personal', '1');
    await chat.click('ana-souza', closing, 'Start');
    await until(closing, /is closed; its script opens nothing any more/);
    await chat.refresh('ana-souza', own).catch(() => undefined);
    await chat.execute('ana-souza', own, { verb: 'reveal', data });
    assert.match(words(own), /Azure no longer holds the script/);
  });
});
