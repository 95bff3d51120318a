import assert from 'node:assert/strict';
import { NameIndex } from '../../src/language/names.ts';
import { createRecognizer } from '../../src/language/recognize.ts';
import { operations } from '../../src/operations/index.ts';
import { estate, named } from './estate.ts';

const roles = ['web', 'sql', 'app', 'erp', 'crm', 'dc', 'batch'];
const stages = ['prod', 'test', 'dev'];

/** As many names as a large estate has. */
function manyNames() {
  const more = Array.from({ length: 50_000 }, (_, n) =>
    named(`${roles[n % 7]}-${stages[n % 3]}-${n}`, `rg-${n % 200}`),
  );
  return [...estate, ...more];
}

describe('with fifty thousand names', () => {
  const list = manyNames();

  it('the index adds less than 60 MB to the names', () => {
    const before = process.memoryUsage();
    const index = new NameIndex(list);
    const after = process.memoryUsage();
    const grown = after.heapUsed + after.external - before.heapUsed - before.external;
    assert.equal(index.size, list.length);
    assert.ok(grown < 60e6, `${grown} bytes`);
  });

  it('half of all sentences are understood within a millisecond', () => {
    const names = new NameIndex(list);
    const recognizer = createRecognizer(operations);
    const speaker = { locale: 'en', timeZone: 'UTC', now: new Date('2026-11-21T13:02:00Z'), names };
    const sentences = [
      'is sql-prod-01 protected?',
      'back up web-prod-02, keep it for 60 days',
      'what is not protected?',
      'fai uno snapshot di sql01',
      'approve 4F7K',
      'recovery points of erp-prod-01 since yesterday',
    ];
    const times = Array.from({ length: 600 }, (_, n) => {
      const begun = performance.now();
      recognizer.understand(sentences[n % sentences.length] ?? '', speaker);
      return performance.now() - begun;
    });
    const median = times.slice(300).sort((a, b) => a - b)[150] ?? 0;
    assert.ok(median < 1, `${median} ms`);
  });
});
