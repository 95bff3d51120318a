import assert from 'node:assert/strict';
import fc from 'fast-check';
import { kqlText } from '../../src/azure/kql.ts';
import * as queries from '../../src/azure/queries.ts';

/** Reads a KQL string literal as Kusto does: up to the first quote that no backslash escapes. Gives the value and what follows it. */
function readLiteral(source: string): { readonly value: string; readonly rest: string } {
  const found = /^'((?:[^'\\\r\n]|\\(?:u[0-9a-f]{4}|.))*)'/su.exec(source);
  assert.ok(found, `a literal: ${source}`);
  const value = (found[1] ?? '').replace(/\\(?:u([0-9a-f]{4})|(.))/gsu, (_all, hex: string | undefined, one: string) =>
    hex === undefined ? ({ n: '\n', r: '\r', t: '\t' }[one] ?? one) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return { value, rest: source.slice(found[0].length) };
}

const hostile = [
  "' or 1 == 1 //",
  "\\' | union resources //",
  'a\\',
  "x'; .drop table resources",
  '"quoted"',
  'two\nlines',
  '\r\n// q:vaults',
  '\u2028\u2029\u0000\u0085',
  "'''",
  '\u0024{x}',
  'наименование 名前 🐘',
];

describe('values inside queries', () => {
  for (const value of hostile) {
    it(`stay inside their literal: ${JSON.stringify(value)}`, () => {
      assert.deepEqual(readLiteral(`${kqlText(value)} | project id`), { value, rest: ' | project id' });
    });
  }

  it('stay inside their literal, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (value, after) => {
        assert.deepEqual(readLiteral(`${kqlText(value)}${after}`), { value, rest: after });
      }),
    );
  });

  it('never break a line, so that the first line of a query is its name alone', () => {
    for (const value of hostile) {
      assert.equal(
        queries.networks(value).split(/[\r\n\u2028\u2029\u0085]/).length,
        queries.networks('x').split('\n').length,
      );
      assert.equal(queries.snapshotsOf([value]).split('\n')[0], '// q:snapshots');
    }
  });
});

describe('queries', () => {
  const all = [
    queries.virtualMachines,
    queries.vaults,
    queries.protectedItems,
    queries.replicatedItems,
    queries.recoveryPlans,
    queries.snapshotsOf(['a']),
    queries.networks('westeurope'),
  ];

  it('have names of their own', () => {
    assert.equal(new Set(all.map((text) => text.split('\n')[0])).size, all.length);
  });

  for (const text of all) {
    it(`${text.split('\n')[0]} projects id in an order that pages can follow`, () => {
      assert.match(text, /\| project id, /);
      assert.match(text, /\| order by id asc$/);
    });
  }
});
