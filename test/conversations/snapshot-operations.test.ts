import assert from 'node:assert/strict';
import { converse } from '../support/conversation.ts';

describe('snapshots from the chat', () => {
  const talk = converse('personal');
  const { words, until, ask } = talk;

  it('makes a disk from a snapshot and says what is left to do', async () => {
    const question = await ask('create a disk from a snapshot');
    assert.match(words(question), /web-prod-01-before-patch/);
    const card = await ask('1');
    assert.match(words(card), /Creates the disk .* from the snapshot web-prod-01-before-patch/);
    await talk.product.chat.click('ana-souza', card, 'Start');
    await until(card, /exists and is attached to nothing[\s\S]*Attach/);
  });

  it('deletes a snapshot only after its name was typed and two others agreed', async () => {
    const { chat, simulator } = talk.product;
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
