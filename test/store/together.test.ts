import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Together } from '../../src/store/index.ts';

describe('what is dealt with together', () => {
  it('gathers while an earlier group is under way, fifty at once at most, and everybody gets their own answer', async () => {
    const sizes: number[] = [];
    const doubled = new Together<number, number>(async (items) => {
      sizes.push(items.length);
      await new Promise(setImmediate);
      return items.map((item) => item * 2);
    });
    const first = doubled.add(1);
    await new Promise(setImmediate);
    const rest = Array.from({ length: 120 }, (_, at) => doubled.add(at));
    assert.equal(await first, 2);
    assert.deepEqual(
      await Promise.all(rest),
      rest.map((_, at) => at * 2),
    );
    assert.deepEqual(sizes, [1, 50, 50, 20]);
    assert.equal(await doubled.add(4), 8, 'and goes on after it was idle');
  });

  it('fails for nobody but whose own fault it is, whatever the group', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 60 }), async (faults) => {
        const picky = new Together<boolean, string>((items) =>
          items.includes(true) ? Promise.reject(new Error('bad')) : Promise.resolve(items.map(() => 'good')),
        );
        const ends = await Promise.allSettled(faults.map((fault) => picky.add(fault)));
        assert.deepEqual(
          ends.map(({ status }) => status),
          faults.map((fault) => (fault ? 'rejected' : 'fulfilled')),
        );
      }),
      { numRuns: 50 },
    );
  });
});
