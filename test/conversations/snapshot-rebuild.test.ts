import assert from 'node:assert/strict';
import { converse } from '../support/conversation.ts';

describe('rebuilding a VM from the chat', () => {
  const talk = converse('group');
  const { words, until, ask } = talk;

  it('exchanges the disks only with the name typed and a second person’s consent, in four steps of one run', async () => {
    const { chat, simulator } = talk.product;
    const taken = await ask('snapshot sql-test-01');
    await chat.click('ana-souza', taken, 'Start');
    await until(taken, /taken/);
    assert.match(words(await ask('rebuild sql-test-01 in place from snapshots')), /From the snapshots of when\?/);
    const card = await ask('1');
    assert.match(words(card), /stops sql-test-01[\s\S]*Old disks cost[\s\S]*The VM is running/);
    const changes = async () =>
      (await simulator.log())
        .map(({ method, path }) => `${method} ${path.split('?')[0]?.split('/').at(-1)}`)
        .filter((one) => /^(POST (deallocate|start)|PATCH)/.test(one));
    assert.deepEqual(await changes(), []);
    await chat.say('ana-souza', 'group', '@Vaultkeeper yes sql-test-01');
    await until(card, /Waiting for approval/);
    await chat.click('priya-nair', card, 'Approve');
    await until(card, /runs with the disks from its snapshots[\s\S]*old disks? stays? in[\s\S]*a month/);
    assert.deepEqual(await changes(), ['POST deallocate', 'PATCH sql-test-01', 'POST start']);
  });
});
