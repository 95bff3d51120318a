import assert from 'node:assert/strict';
import { onBothHomes } from '../support/store.ts';

onBothHomes('the lock on a target', (place) => {
  const [first, second] = ['3f2a9c1e-0000-4000-8000-00000000000a', '3f2a9c1e-0000-4000-8000-00000000000b'] as const;

  it('belongs to one run, whatever the casing of the id, until it is released', async () => {
    const store = await (await place()).open();
    const take = (run: string, ...targets: string[]) => store.transaction((unit) => unit.targets.take(run, targets));
    assert.equal(await take(first, '/VM/Sql'), undefined);
    assert.equal(await take(second, '/vm/sql'), first);
    await store.transaction((unit) => unit.targets.release([first]));
    assert.equal(await take(second, '/vm/sql'), undefined);
  });

  it('is given to exactly one of many that ask at once for overlapping targets', async () => {
    const store = await (await place()).open();
    const ids = Array.from({ length: 8 }, (_, at) => `3f2a9c1e-0000-4000-8000-0000000000${10 + at}`);
    const holders = await Promise.all(
      ids.map((id, at) =>
        store.transaction(async (unit) => {
          const holder = await unit.targets.take(id, at % 2 === 0 ? ['/a', '/b'] : ['/b', '/a']);
          return holder ?? id;
        }),
      ),
    );
    assert.equal(new Set(holders).size, 1);
  });
});
