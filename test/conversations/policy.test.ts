import assert from 'node:assert/strict';
import type { Message } from '../../src/local-chat/wire.ts';
import { cardText } from '../support/chat.ts';
import { type Product, startProduct } from '../support/product.ts';

const policy = `groups:
  emergency: [a0000000-0000-4000-8000-000000000001]
breakGlass: { group: emergency }
rules:
  - id: changes-have-tickets
    when: { operations: [snapshot.create] }
    require: { ticket: '^CHG[0-9]+', ticketExample: CHG0042 }
  - id: one-backup-an-hour
    when: { operations: [backup.start] }
    limit: { runs: 1, per: hour, by: requester }
`;

/** One product for a whole story: each step begins where the one before has ended. */
describe('a company’s rules, in the chat', () => {
  let product: Product;

  before(async () => {
    product = await startProduct({ policy });
    await product.chat.open('luca-ferri', 'personal');
    await product.chat.ask('luca-ferri', 'personal', 'help');
  });

  after(async () => {
    await product[Symbol.asyncDispose]();
  });

  const words = (as: string, message: Message): string => cardText(product.chat.card(as, product.chat.now(message)));
  const say = async (as: string, text: string): Promise<string> =>
    words(as, await product.chat.ask(as, 'personal', text));
  const until = async (as: string, message: Message, pattern: RegExp): Promise<void> => {
    await product.chat.waitFor(() => pattern.test(words(as, message)) || undefined, {
      what: `${pattern} in ${words(as, message)}`,
      within: 15_000,
    });
  };
  const codeIn = (text: string): string => /\b([0-9A-Z]{4})-[0-9a-f]{6}/.exec(text)?.[1] ?? '';
  /** Asks for a test failover, and waits until the approver has its card too: their next message is then an answer to them. */
  const drill = async (): Promise<{ readonly card: Message; readonly code: string; readonly theirs: Message }> => {
    const { chat } = product;
    await chat.ask('ana-souza', 'personal', 'test failover erp-prod-01');
    await chat.ask('ana-souza', 'personal', '1');
    const card = await chat.ask('ana-souza', 'personal', '1');
    const code = codeIn(words('ana-souza', card));
    const shows = (one: Message) => words('luca-ferri', one).includes(`${code}-`);
    const theirs = await chat.waitFor(() => chat.view('luca-ferri', 'personal').fromBot.find(shows), {
      what: `the card of ${code} in the chat of the approver`,
    });
    return { card, code, theirs };
  };

  it('ask for the reason of a rejection, and take the next message for it', async () => {
    const { card, code } = await drill();
    assert.match(await say('luca-ferri', `reject ${code}`), /A rejection needs a reason/);
    assert.match(words('ana-souza', card), /Waiting for approval/);
    assert.match(await say('luca-ferri', 'the wrong machine'), new RegExp(`You rejected ${code}`));
    await until('ana-souza', card, /Rejected[\s\S]*the wrong machine/);
  });

  it('send a request back by a button, and let its requester ask again, who names the old one', async () => {
    const { chat } = product;
    const { card, code, theirs } = await drill();
    await chat.click('luca-ferri', theirs, 'Request changes', { comment: 'Use the drill network' });
    await until('ana-souza', card, /Changes requested[\s\S]*Use the drill network/);
    await chat.click('ana-souza', card, 'Ask again');
    const again = await chat.waitFor(
      () =>
        chat
          .view('ana-souza', 'personal')
          .fromBot.findLast(
            (one) =>
              /Waiting for approval/.test(words('ana-souza', one)) && !words('ana-souza', one).includes(`${code}-`),
          ),
      { what: 'the new request' },
    );
    assert.match(words('ana-souza', again), new RegExp(`Replaces[\\s\\S]*${code}`));
    await say('ana-souza', `withdraw ${codeIn(words('ana-souza', again))}`);
  });

  it('start a run without its approvals in two steps, tell the approvers, and list the review until it is done', async () => {
    const { chat } = product;
    const { card, code } = await drill();
    assert.match(await say('luca-ferri', `break glass ${code} because the site is down`), /do not name you/);
    assert.match(await say('ana-souza', `break glass ${code}`), /Why can this not wait/);
    assert.match(await say('ana-souza', 'the site is down'), /Second step: type erp-prod-01/);
    assert.match(words('ana-souza', card), /Waiting for approval/);
    assert.match(await say('ana-souza', 'erp-prod-01'), /starts without its approvals/);
    await until('ana-souza', card, /runs in northeurope[\s\S]*Started without its approvals by Ana Souza/);
    const told = await chat.waitFor(
      () =>
        chat
          .view('luca-ferri', 'personal')
          .fromBot.findLast((one) => /Started without its approvals/.test(words('luca-ferri', one))),
      { what: 'the card of an approver who was told' },
    );
    assert.match(words('luca-ferri', told), new RegExp(`reviewed ${code}`));
    assert.match(
      await say('luca-ferri', 'pending'),
      new RegExp(`Started without its approvals by Ana Souza[\\s\\S]*${code}`),
    );
    assert.match(await say('ana-souza', `reviewed ${code} all good`), /somebody else has to review/);
    assert.match(await say('luca-ferri', `reviewed ${code}`), /What did you find/);
    assert.match(await say('luca-ferri', 'it could not wait'), new RegExp(`You reviewed ${code}`));
    await until('ana-souza', card, /Reviewed by Luca Ferri[\s\S]*it could not wait/);
  });

  it('ask for a ticket with an example of one, know why, and go on', async () => {
    assert.match(
      await say('ana-souza', 'snapshot web-prod-02'),
      /ticket is needed, such as CHG0042[\s\S]*changes-have-tickets/,
    );
    assert.match(await say('ana-souza', 'why'), /changes-have-tickets/);
    assert.match(await say('ana-souza', 'CHG0077'), /Preview[\s\S]*CHG0077/);
  });

  it('refuse the run beyond a limit, say when the next one may be, and know why', async () => {
    assert.match(await say('ana-souza', 'back up sql-prod-01'), /Preview/);
    const refused = await say('ana-souza', 'back up web-prod-01');
    assert.match(refused, /Only 1 such run may be started in an hour[\s\S]*one-backup-an-hour/);
    assert.match(await say('ana-souza', 'why'), /one-backup-an-hour[\s\S]*possible/);
  });
});
