import assert from 'node:assert/strict';
import type { Conversation } from '../../src/runs/ports.ts';
import { onBothHomes } from '../support/store.ts';

onBothHomes('what the bot knows of conversations', (place) => {
  const chat = (id: string, oid: string, reference: unknown): Conversation => ({
    id,
    kind: 'personal',
    tenantId: 'tenant',
    oid,
    reference,
  });

  it('keeps the newest reference of each, and finds the latest personal chat of a person', async () => {
    const { conversations } = await (await place()).open();
    await conversations.remember(chat('a', 'ana', { url: 1 }));
    await conversations.remember(chat('b', 'ana', { url: 2 }));
    await conversations.remember(chat('a', 'ana', { url: 3 }));
    assert.deepEqual(await conversations.find('a'), chat('a', 'ana', { url: 3 }));
    assert.equal((await conversations.personalOf('ana', 'tenant'))?.id, 'a');
  });

  it('finds each one’s own when many are looked up at once, and none for one that it does not know', async () => {
    const { conversations } = await (await place()).open();
    for (const id of ['a', 'b']) await conversations.remember(chat(id, id, { url: id }));
    const found = await Promise.all(['a', 'b', 'c', 'a'].map(async (id) => await conversations.find(id)));
    assert.deepEqual(found, [chat('a', 'a', { url: 'a' }), chat('b', 'b', { url: 'b' }), undefined, found[0]]);
  });

  it('never crosses tenants, and counts only personal chats as personal', async () => {
    const { conversations } = await (await place()).open();
    await conversations.remember(chat('a', 'ana', {}));
    await conversations.remember({ id: 'g', kind: 'group', tenantId: 'tenant', reference: {} });
    assert.equal(await conversations.personalOf('ana', 'other'), undefined);
    assert.deepEqual(await conversations.personal('other'), []);
    assert.deepEqual(
      (await conversations.personal('tenant')).map(({ id }) => id),
      ['a'],
    );
  });

  it('counts a delivered activity once, however often and at once it is delivered', async () => {
    const { deliveries } = await (await place()).open();
    const counted = await Promise.all(Array.from({ length: 10 }, () => deliveries.firstTime('a', '1')));
    assert.equal(counted.filter(Boolean).length, 1);
    assert.equal(await deliveries.firstTime('b', '1'), true);
  });
});
