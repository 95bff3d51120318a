import assert from 'node:assert/strict';
import { answerReader } from '../../src/language/answer.ts';
import type { ParameterKind } from '../../src/operations/parameters.ts';
import { names } from './estate.ts';

const read = answerReader();

function answer(kind: ParameterKind, words: string, locale = 'en') {
  const now = new Date('2026-11-21T13:02:00Z');
  return read(kind, words, { locale, timeZone: 'Europe/Rome', now, names });
}

describe('an answer to a question', () => {
  it('needs to say no more than was asked for', () => {
    assert.equal(answer('expiry', '90 days')?.value, '2027-02-19T13:02:00.000Z');
    assert.equal(answer('expiry', '31 gennaio', 'it')?.value, '2027-01-31T22:59:00.000Z');
    assert.equal(answer('expiry', 'in two weeks')?.value, '2026-12-05T13:02:00.000Z');
    assert.equal(answer('vm', 'sql-prod-01')?.match, 'exact');
    assert.equal(answer('run', '4f7k')?.value, '4F7K');
    assert.equal(answer('network', 'none')?.said, 'none');
  });

  it('may be any word where a name is asked for, and offers similar ones', () => {
    assert.equal(answer('vm', 'mercury')?.match, 'exact');
    assert.equal(answer('vm', 'sql-prod')?.candidates?.length, 2);
    assert.equal(answer('vm', 'nothing-like-it')?.match, 'none');
  });

  it('is kept as it was said where words are asked for', () => {
    assert.equal(answer('words', ' The disk is full. ')?.value, 'The disk is full.');
  });

  it('is none when it says nothing of the kind', () => {
    assert.equal(answer('expiry', 'blue'), undefined);
    assert.equal(answer('words', '   '), undefined);
    assert.equal(answer('vm', 'x'.repeat(200)), undefined);
  });
});
