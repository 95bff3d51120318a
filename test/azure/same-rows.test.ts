import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { sameRows } from '../../src/azure/same-rows.ts';

const field = fc.oneof(
  fc.constantFrom('a', 'b', 1, 2, true, undefined, null),
  fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 }),
  fc.dictionary(fc.constantFrom('k', 'l'), fc.constantFrom('x', 'y'), { maxKeys: 2, noNullPrototype: true }),
);
const row = fc.record(
  { id: fc.constantFrom('1', '2', '3'), one: field, two: field },
  { requiredKeys: ['id'], noNullPrototype: true },
);

describe('rows that are read again', () => {
  it('are those of the last reading where they say the same, and new where anything differs', () => {
    fc.assert(
      fc.property(fc.uniqueArray(row, { selector: ({ id }) => id }), row, (before, again) => {
        const last = before.find(({ id }) => id === again.id);
        const isKept = last !== undefined && isDeepStrictEqual(last, again);
        assert.equal(sameRows(before)(again), isKept ? last : again);
      }),
      { numRuns: 2000 },
    );
  });
});
