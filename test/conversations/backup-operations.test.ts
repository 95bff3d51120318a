import assert from 'node:assert/strict';
import type { Message } from '../../src/local-chat/wire.ts';
import { converse } from '../support/conversation.ts';

describe('Azure Backup from the chat', () => {
  const talk = converse('personal');
  const { words, until, ask } = talk;

  const askGroup = async (text: string): Promise<Message> => await ask(text, 'group');

  it('lists vaults, shows one by its number, and its policies', async () => {
    assert.match(words(await ask('list vaults')), /rsv-prod-weu[\s\S]*14 protected VMs/);
    const shown = words(await ask('4'));
    for (const expected of [/geo-redundant/, /always on/, /not locked/, /one person can stop protection/])
      assert.match(shown, expected);
    assert.match(words(await ask('backup policies')), /Which vault\?/);
    assert.match(words(await ask('1')), /dev-daily-7d[\s\S]*kept 7 days/);
  });

  it('says why a job failed in our words and Azure’s, what to do, and the correlation id; the job list does too', async () => {
    await talk.product.simulator.failJob({ verb: 'Backup', code: 'UserErrorFsFreezeFailed' });
    const card = await ask('back up sql-prod-01');
    await talk.product.chat.click('ana-souza', card, 'Start');
    await until(card, /did not complete/);
    for (const expected of [
      /A file system of the Linux VM could not be frozen/,
      /Azure says: “[^”]*” \(UserErrorFsFreezeFailed\)/,
      /stop what holds one of them/,
      /Check the mounted file systems with fsck, stop what/,
      /Correlation id/i,
    ])
      assert.match(words(card), expected);
    const list = await ask('backup jobs');
    assert.match(words(list), /Backup of sql-prod-01[\s\S]*failed/);
    assert.match(words(await ask('1')), /Why it failed[\s\S]*could not be frozen[\s\S]*stop what holds one of them/);
    await talk.product.simulator.failJob({ verb: 'Backup', code: 'UserErrorOfTomorrow' });
    const unknown = await ask('back up web-prod-01');
    await talk.product.chat.click('ana-souza', unknown, 'Start');
    await until(unknown, /UserErrorOfTomorrow[\s\S]*Try again/);
    assert.match(words(unknown), /Correlation id/i);
  });

  it('lists snapshots with age, expiry and what they cost at most', async () => {
    const list = words(await ask('list snapshots'));
    assert.match(list, /legacy-fs-01-before-patch/);
    assert.match(list, /without an expiry/);
    assert.match(list, /At most \$\d/);
  });

  it('protects a VM with a policy chosen by number, and changes nothing before the confirmation', async () => {
    const question = await ask('protect web-prod-03');
    assert.match(words(question), /rsv-prod-weu \/ DefaultPolicy/);
    const card = await ask('1');
    assert.match(words(card), /Protects web-prod-03 with the policy/);
    const changes = async () => (await talk.product.simulator.log()).filter(({ method }) => method === 'PUT').length;
    assert.equal(await changes(), 0);
    await talk.product.chat.click('ana-souza', card, 'Start');
    await until(card, /web-prod-03 is protected with the policy/);
    assert.equal(await changes(), 1);
  });

  it('stops protection after a second person agreed, keeps the points, and resumes it', async () => {
    const card = await askGroup('stop protection of sql-test-01');
    assert.match(words(card), /Stops all scheduled backups of sql-test-01/);
    await talk.product.chat.click('priya-nair', card, 'Approve');
    await until(card, /The protection of sql-test-01 is stopped/);
    const question = await ask('resume protection of sql-test-01');
    assert.match(words(question), /dev-daily-7d/);
    const resume = await ask('2');
    await talk.product.chat.click('ana-souza', resume, 'Start');
    await until(resume, /sql-test-01 is backed up again/);
  });

  it('brings deleted backup data back, and says when nothing is deleted', async () => {
    const card = await ask('undelete legacy-print-01');
    await talk.product.chat.click('ana-souza', card, 'Start');
    await until(card, /The recovery points of legacy-print-01 are back/);
    assert.match(words(await ask('undelete sql-test-01')), /Nothing of sql-test-01 is soft-deleted/);
  });

  it('names the right that is missing for a deletion', async () => {
    const refused = await askGroup('stop protection of sql-test-01 and delete the data');
    assert.match(words(refused), /protectedItems\/delete/);
  });

  it('says which points a shorter policy would lose, and that an immutable vault refuses it', async () => {
    await ask('change the policy of sql-prod-01');
    assert.match(
      words(await ask('DefaultPolicy')),
      /Puts sql-prod-01 under the policy DefaultPolicy instead of prod-daily-30d/,
    );
  });

  const itemWrites = async () =>
    (await talk.product.simulator.log()).filter(
      ({ method, path }) => method === 'PUT' && /\/protectedItems\/[^/]+$/i.test(path.split('?')[0] ?? ''),
    ).length;

  it('explains what a Resource Guard protects, by its name, and does not attempt it', async () => {
    const guard =
      '/subscriptions/s/resourceGroups/rg-guard/providers/Microsoft.DataProtection/resourceGuards/guard-prod';
    const vaultCriticalOperation =
      'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/write';
    const properties = { resourceGuardResourceId: guard, resourceGuardOperationDetails: [{ vaultCriticalOperation }] };
    await talk.product.simulator.fault({
      path: 'backupResourceGuardProxies',
      status: 200,
      body: { value: [{ id: 'x', name: 'VaultProxy', properties }] },
    });
    const card = await askGroup('stop protection of sql-test-01');
    assert.match(words(card), /the Resource Guard guard-prod of the vault rsv-dev-weu has to agree/);
    assert.match(words(card), /Backup MUA Operator/);
    assert.doesNotMatch(words(card), /^Approve$/m);
    assert.equal(await itemWrites(), 0);
  });

  it('tells Azure’s refusal of a change in Azure’s words, and sends it no second time', async () => {
    const message = 'Another operation is in progress on the selected item.';
    const error = { code: 'BMSUserErrorObjectLocked', message };
    await talk.product.simulator.fault({ method: 'PUT', path: 'protectedItems', status: 409, body: { error } });
    const card = await ask('undelete legacy-print-01');
    await talk.product.chat.click('ana-souza', card, 'Start');
    await until(card, /busy with something else|Another operation is in progress/);
    assert.equal(await itemWrites(), 1);
  });
});

describe('cancelling a backup from the chat', () => {
  const talk = converse('personal', { pace: 0.02 });
  const { words, until, ask } = talk;

  it('asks which running job, cancels it, and says that it leaves no recovery point', async function () {
    this.timeout(60_000);
    const backup = await ask('back up sql-prod-01');
    await talk.product.chat.click('ana-souza', backup, 'Start');
    await until(backup, /Take Snapshot/);
    assert.match(words(await ask('cancel backup job')), /Which job\?[\s\S]*Backup of sql-prod-01/);
    const card = await ask('1');
    assert.match(words(card), /Cancels the running job: Backup of sql-prod-01\. It leaves no recovery point/);
    await talk.product.chat.click('ana-souza', card, 'Start');
    await until(card, /The job of sql-prod-01 is cancelled/);
  });
});
