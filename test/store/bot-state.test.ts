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

  it('treats many items that are written at once as if each had come alone', async () => {
    const store = await (await place()).open();
    const keys = Array.from({ length: 60 }, (_, nth) => `key-${nth}`);
    await Promise.all(keys.map(async (key) => await store.botState.write({ [key]: { turn: 0 } })));
    const before = await store.botState.read(keys);
    const write = async (key: string, turn: number, eTag?: string) =>
      await store.botState.write({ [key]: { turn, ...(eTag !== undefined && { eTag }) } }).then(
        () => 'written',
        (error: unknown) => (error instanceof StateConflict ? 'conflict' : error),
      );
    const ends = await Promise.all(
      keys.flatMap((key) => {
        const { eTag } = item.parse(before[key]);
        return [write(key, 1, 'stale'), write(key, 2, eTag), write(key, 3, eTag), write(key, 4, '*'), write(key, 5)];
      }),
    );
    const each = keys.map((_, nth) => ends.slice(nth * 5, nth * 5 + 5));
    for (const five of each) assert.deepEqual(five, ['conflict', 'written', 'conflict', 'written', 'written']);
    const turns = Object.values(await store.botState.read(keys)).map((one) => item.parse(one).turn);
    assert.deepEqual(new Set(turns), new Set([5]));
  });

  it('is refused for what the database cannot keep, and nobody else is', async () => {
    const store = await (await place()).open();
    const ends = await Promise.allSettled([
      store.botState.write({ good: { turn: 1 } }),
      store.botState.write({ bad: { turn: '\u0000' } }),
      store.botState.write({ fine: { turn: 2 } }),
    ]);
    assert.deepEqual(
      ends.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
  });

  it('writes all of several items or none', async () => {
    const store = await (await place()).open();
    await store.botState.write({ b: { turn: 1 } });
    await assert.rejects(store.botState.write({ a: { turn: 1 }, b: { turn: 2, eTag: 'stale' } }), /eTag conflict/);
    assert.deepEqual(await store.botState.read(['a']), {});
  });
});
