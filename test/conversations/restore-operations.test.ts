import assert from 'node:assert/strict';
import { converse } from '../support/conversation.ts';

describe('restores from the chat', () => {
  const talk = converse('group');
  const { words, until, ask } = talk;

  const restores = async () =>
    (await talk.product.simulator.log()).filter(
      ({ method, path }) => method === 'POST' && /\/restore$/i.test(path.split('?')[0] ?? ''),
    ).length;

  it('makes a new VM from a point and a subnet chosen by number, after a second person agreed', async () => {
    assert.match(words(await ask('restore sql-prod-01 to a new VM')), /Which recovery point\?[\s\S]*consistent/);
    assert.match(words(await ask('1')), /Which network\?[\s\S]*vnet-dev-weu \/ default/);
    const card = await ask('1');
    assert.match(words(card), /Creates the new VM sql-prod-01-restored-/);
    assert.match(words(card), /Azure would accept this restore/);
    assert.equal(await restores(), 0);
    await talk.product.chat.click('priya-nair', card, 'Approve');
    await until(card, /The new VM sql-prod-01-restored-\S+ runs, restored from sql-prod-01/);
    assert.equal(await restores(), 1);
  });

  it('makes disks after the requester’s own confirmation, and says that they cost', async () => {
    await ask('restore the disks of sql-test-01');
    const card = await ask('1');
    await talk.product.chat.click('ana-souza', card, 'Start');
    await until(card, /The disks of sql-test-01 are restored into rg-sql[\s\S]*they cost until then/);
  });

  it('replaces disks only with the name typed, and keeps the old ones', async () => {
    await ask('replace the disks of sql-test-01');
    const card = await ask('1');
    assert.match(words(card), /replaces its 2 disks by the recovery point/);
    await talk.product.chat.say('ana-souza', 'group', '@Vaultkeeper yes sql-test-01');
    await until(card, /Waiting for approval/);
    assert.equal(await restores(), 0);
    await talk.product.chat.click('priya-nair', card, 'Approve');
    await until(card, /sql-test-01 stands at the recovery point again[\s\S]*The old disks stay/);
  });
});
