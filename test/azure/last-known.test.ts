import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { lastKnown } from '../../src/azure/last-known.ts';
import type { Aged } from '../../src/azure/types.ts';
import { CatalogueError } from '../../src/errors.ts';
import { ManualClock } from './support/ports.ts';

const start = '2026-03-01T08:00:00.000Z';

describe('a list with a memory', () => {
  function list() {
    const clock = new ManualClock(start);
    const answers: (Error | string)[] = [];
    let asked = 0;
    const ask = async (): Promise<Aged<string>> => {
      asked += 1;
      const next = answers.shift() ?? 'empty';
      if (next instanceof Error) throw next;
      return { value: next, asOf: clock.now().toISOString() };
    };
    const read = lastKnown(ask, { freshSeconds: 15, standInSeconds: 3600, now: clock.now });
    return { clock, answers, read, asked: () => asked };
  }

  it('is asked once by those that ask at once, and again when it is no longer fresh', async () => {
    const { clock, answers, read, asked } = list();
    answers.push('first', 'second');
    await Promise.all([read(), read()]);
    clock.advance(14);
    assert.equal((await read()).value, 'first');
    assert.equal(asked(), 1);
    clock.advance(1);
    assert.equal((await read()).value, 'second');
  });

  for (const code of ['azure-unavailable', 'azure-throttled'] as const) {
    it(`stands in with its age on ${code}, until it is too old`, async () => {
      const { clock, answers, read } = list();
      answers.push('first', new CatalogueError(code), new CatalogueError(code), 'third');
      await read();
      clock.advance(600);
      assert.deepEqual(await read(), { value: 'first', asOf: start, standsIn: true });
      clock.advance(3000);
      await assert.rejects(read(), { code });
      assert.equal((await read()).standsIn, undefined);
    });
  }

  it('tells what Azure refuses, and what fails before anything is known', async () => {
    const { clock, answers, read } = list();
    answers.push(new CatalogueError('azure-unavailable'), 'first', new CatalogueError('azure-forbidden'));
    await assert.rejects(read(), { code: 'azure-unavailable' });
    await read();
    clock.advance(60);
    await assert.rejects(read(), { code: 'azure-forbidden' });
  });
});
