import assert from 'node:assert/strict';
import { z } from 'zod';
import { StateConflict } from '../../src/store/index.ts';
import { onBothHomes } from '../support/store.ts';

const item = z.looseObject({ eTag: z.string() });

onBothHomes("Bot Framework's state", (place) => {
  it('is read as it was written, with an eTag, and without what does not exist', async () => {
    const store = await (await place()).open();
    await store.botState.write({ a: { turn: 1, deep: { list: ['x'] } } });
    const read = await store.botState.read(['a', 'b']);
    assert.deepEqual(Object.keys(read), ['a']);
    const { eTag, ...rest } = item.parse(read.a);
    assert.ok(eTag.length > 0);
    assert.deepEqual(rest, { turn: 1, deep: { list: ['x'] } });
  });

  it('lets one of ten writers of the same item win, and refuses the others', async () => {
    const store = await (await place()).open();
    await store.botState.write({ a: { turn: 0 } });
    const { eTag } = item.parse((await store.botState.read(['a'])).a);
    const writes = Array.from({ length: 10 }, (_, turn) => store.botState.write({ a: { turn, eTag } }));
    const ends = await Promise.allSettled(writes);
    assert.equal(ends.filter((end) => end.status === 'fulfilled').length, 1);
    for (const end of ends) if (end.status === 'rejected') assert.ok(end.reason instanceof StateConflict);
  });

  it('writes over anything with the eTag "*" or none, and forgets what is deleted', async () => {
    const store = await (await place()).open();
    await store.botState.write({ a: { turn: 1 } });
    await store.botState.write({ a: { turn: 2, eTag: '*' } });
    assert.equal(item.parse((await store.botState.read(['a'])).a).turn, 2);
    await store.botState.delete(['a']);
    assert.deepEqual(await store.botState.read(['a']), {});
  });

  it('writes all of several items or none', async () => {
    const store = await (await place()).open();
    await store.botState.write({ b: { turn: 1 } });
    await assert.rejects(store.botState.write({ a: { turn: 1 }, b: { turn: 2, eTag: 'stale' } }), /eTag conflict/);
    assert.deepEqual(await store.botState.read(['a']), {});
  });
});
