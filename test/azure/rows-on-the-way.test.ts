import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RowsOnTheWay } from '../../src/azure/rows-on-the-way.ts';

/** Rows and rest of a text that comes in pieces of so many bytes. */
function apart(text: string, pieceBytes: number): { readonly rows: readonly unknown[]; readonly rest: string } {
  const bytes = Buffer.from(text);
  const parts = new RowsOnTheWay();
  const rows: unknown[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes)
    for (const row of parts.take(bytes.subarray(at, at + pieceBytes))) rows.push(JSON.parse(row));
  return { rows, rest: parts.rest() };
}

const rows = fc.array(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), { maxLength: 8 });
const awkward = [{ 'a"]}': '\\' }, { b: '"data":[{"c":1}]' }, { data: [{ d: '\\"' }] }, {}, { é: '😀\\\\' }];

describe('rows on the way', () => {
  it('are those of the whole answer, wherever its pieces end', () => {
    fc.assert(
      fc.property(rows, fc.jsonValue(), fc.integer({ min: 1, max: 40 }), fc.boolean(), (data, other, bytes, isWide) => {
        const answer = { facets: other, data, $skipToken: 'next', resultTruncated: 'false' };
        const text = JSON.stringify(answer, undefined, isWide ? 2 : undefined);
        const found = apart(text, bytes);
        const understood = JSON.parse(text) as typeof answer;
        assert.deepEqual(found.rows, understood.data);
        assert.deepEqual(JSON.parse(found.rest), { ...understood, data: [] });
      }),
    );
  });

  it('may hold quotes, brackets and the word data in their texts', () => {
    const text = JSON.stringify({ facets: [{ data: [1] }, 'data'], data: awkward, count: 5 });
    for (let bytes = 1; bytes < text.length; bytes++) assert.deepEqual(apart(text, bytes).rows, awkward);
  });

  it('come out as soon as they are whole', () => {
    const parts = new RowsOnTheWay();
    assert.deepEqual([...parts.take(Buffer.from('{"data":[{"a":1},{"b'))], ['{"a":1}']);
    assert.deepEqual([...parts.take(Buffer.from('":2'))], []);
    assert.deepEqual([...parts.take(Buffer.from('}'))], ['{"b":2}']);
    assert.deepEqual([...parts.take(Buffer.from(']}'))], []);
    assert.equal(parts.rest(), '{"data":[]}');
  });

  it('leave an answer without a list of rows as it is', () => {
    for (const text of ['{"error":{"data":[{"a":1}]}}', '{"data":{"rows":[[1]]}}', '[]', '', 'no JSON at all'])
      assert.deepEqual(apart(text, 3), { rows: [], rest: text });
  });

  for (const text of ['{"data":[{} {}]}', '{"data":[1]}', '{"data":[{},]}', '{"data":[[1]]}', '{"data":[,{}]}'])
    it(`are refused where they are no list of objects: ${text}`, () => {
      assert.throws(() => apart(text, 100), SyntaxError);
    });
});
