import assert from 'node:assert/strict';
import type { Message } from '../../src/local-chat/wire.ts';
import { cardText } from '../support/chat.ts';
import { type Product, startProduct } from '../support/product.ts';

describe('the main job, by typing and by buttons', () => {
  let product: Product;

  beforeEach(async () => {
    product = await startProduct();
  });

  afterEach(async () => {
    await product[Symbol.asyncDispose]();
  });

  /** The words of the message's card as it is now. */
  const words = (as: string, message: Message): string => cardText(product.chat.card(as, message));

  const until = async (message: Message, pattern: RegExp): Promise<void> => {
    await product.chat.waitFor(() => pattern.test(words('luca-ferri', message)) || undefined, {
      what: `${pattern} on the card`,
      within: 15_000,
    });
  };

  it('answers whether a VM is protected, with backup, replication and snapshots', async () => {
    const answer = await product.chat.ask('ana-souza', 'personal', 'is sql-prod-01 protected?');
    const said = words('ana-souza', answer);
    for (const expected of [
      /sql-prod-01 is protected/,
      /rsv-prod-weu/,
      /Last recovery point/,
      /Replication/,
      /RPO/,
      /Snapshots/,
    ])
      assert.match(said, expected);
  });

  it('says that it could not look, and where, when the vault does not answer', async () => {
    await product.simulator.fault({
      path: 'backupStatus',
      status: 403,
      body: {
        error: {
          code: 'AuthorizationFailed',
          message:
            "The client 'bot' with object id 'x' does not have authorization to perform action 'Microsoft.RecoveryServices/locations/backupStatus/action' over scope '/subscriptions/s' or the scope is invalid.",
        },
      },
    });
    const answer = await product.chat.ask('ana-souza', 'personal', 'is sql-prod-01 protected?');
    assert.match(words('ana-souza', answer), /could not look/i);
  });

  it('backs up after a confirmation, follows the job on the same card, and shows the new point afterwards', async () => {
    const card = await product.chat.ask('ana-souza', 'personal', 'back up sql-prod-01, keep it for 60 days');
    assert.match(words('ana-souza', card), /Takes a backup of sql-prod-01/);
    await product.chat.click('ana-souza', card, 'Start');
    await until(card, /The new recovery point of sql-prod-01 exists/);
    const backups = (await product.simulator.log()).filter(
      (entry) => entry.method === 'POST' && /\/backup$/i.test(entry.path.split('?')[0] ?? ''),
    );
    assert.equal(backups.length, 1);
    const status = await product.chat.ask('ana-souza', 'personal', 'is sql-prod-01 protected?');
    assert.match(words('ana-souza', status), /just now|seconds? ago|minute/);
  });

  it('does the same by typing only', async () => {
    const card = await product.chat.ask('ana-souza', 'personal', 'Back up SQL-PROD-01');
    await product.chat.say('ana-souza', 'personal', 'yes');
    await until(card, /The new recovery point of sql-prod-01 exists/);
  });

  it('snapshots every disk and says whether they are of one instant', async () => {
    const card = await product.chat.ask('luca-ferri', 'group', '@Vaultkeeper snapshot web-prod-02');
    assert.match(words('luca-ferri', card), /3 incremental snapshots of the disks of web-prod-02/);
    await product.chat.click('luca-ferri', card, 'Start');
    await until(card, /3 snapshots of web-prod-02 taken/);
    assert.match(words('luca-ferri', card), /Of one instant\s+No: the VM was running/);
  });

  it('asks for point and network, refuses the requester’s own approval, and runs on a second person’s', async () => {
    const { chat } = product;
    const point = await chat.ask('ana-souza', 'group', '@Vaultkeeper test failover erp-prod-01');
    assert.match(words('ana-souza', point), /latest processed/);
    const network = await chat.ask('ana-souza', 'group', '@Vaultkeeper 1');
    assert.match(words('ana-souza', network), /vnet-dr-test/);
    const card = await chat.ask('ana-souza', 'group', '@Vaultkeeper 1');
    assert.match(words('ana-souza', card), /Creates a test VM of erp-prod-01 in northeurope/);
    const own = await chat.click('ana-souza', card, 'Approve');
    assert.match(JSON.stringify(own), /somebody else|You asked for this|second person/i);
    assert.match(words('tom-reed', card), /Waiting for approval/);
    await chat.click('priya-nair', card, 'Approve');
    await until(card, /The test VM .* of erp-prod-01 runs in northeurope/);
    assert.match(JSON.stringify(await product.simulator.state()), /erp-prod-01-test/);
    await chat.ask('ana-souza', 'group', '@Vaultkeeper clean up');
    const cleanup = await chat.ask('ana-souza', 'group', '@Vaultkeeper the ERP works there');
    assert.match(words('ana-souza', cleanup), /Deletes the test VM/);
    await chat.click('ana-souza', cleanup, 'Start');
    await until(cleanup, /The test VM of erp-prod-01 is removed/);
  });

  it('refuses the approval of a person who may only read, and says which right is missing', async () => {
    const { chat } = product;
    await chat.ask('ana-souza', 'group', '@Vaultkeeper test failover erp-prod-01');
    await chat.ask('ana-souza', 'group', '@Vaultkeeper 1');
    const card = await chat.ask('ana-souza', 'group', '@Vaultkeeper 1');
    assert.match(JSON.stringify(await chat.click('tom-reed', card, 'Approve')), /testFailover\/action/);
    const refused = await chat.ask('tom-reed', 'group', '@Vaultkeeper back up sql-prod-01');
    assert.match(words('tom-reed', refused), /backup\/action/);
  });

  it('answers what is not protected, pending, runs and help in a channel', async () => {
    const ask = async (text: string) =>
      words('ana-souza', await product.chat.ask('ana-souza', 'channel', `@Vaultkeeper ${text}`));
    assert.match(await ask('what is not protected?'), /has? no working backup|have no working backup/);
    assert.match(await ask('pending'), /Nothing waits for approval/);
    assert.match(await ask('runs'), /No runs yet/);
    assert.match(await ask('help'), /Before a change[\s\S]*back up a VM now/);
  });

  it('asks which of two VMs of one name is meant, and takes a number for an answer', async () => {
    const { chat } = product;
    const question = await chat.ask('ana-souza', 'personal', 'is app-01 protected?');
    assert.match(words('ana-souza', question), /rg-crm[\s\S]*rg-erp|rg-erp[\s\S]*rg-crm/);
    const answer = await chat.ask('ana-souza', 'personal', '2');
    assert.match(words('ana-souza', answer), /app-01 in rg-(erp|crm)/);
  });

  it('shows the effects of "plan …" without a button to start it', async () => {
    const plan = await product.chat.ask('ana-souza', 'personal', 'plan back up sql-prod-01');
    assert.match(words('ana-souza', plan), /Takes a backup of sql-prod-01/);
    assert.doesNotMatch(words('ana-souza', plan), /^Start$/m);
    assert.match(words('ana-souza', await product.chat.ask('ana-souza', 'personal', 'runs')), /No runs yet/);
  });
});
