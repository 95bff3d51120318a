import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { describe, it } from 'mocha';
import { lastKnown } from '../../src/azure/last-known.ts';
import { Silence } from '../../src/azure/silence.ts';
import { TurnTime } from '../../src/azure/turn-time.ts';
import type { Aged } from '../../src/azure/types.ts';
import { CatalogueError } from '../../src/errors.ts';
import { ManualClock } from './support/ports.ts';

const start = '2026-03-01T08:00:00.000Z';

describe('a list with a memory', () => {
  function list() {
    const clock = new ManualClock(start);
    const answers: (Error | string | Promise<string>)[] = [];
    let asked = 0;
    const ask = async (): Promise<Aged<string>> => {
      asked += 1;
      const next = answers.shift() ?? 'empty';
      if (next instanceof Error) throw next;
      const asOf = clock.now().toISOString();
      return { value: await next, asOf };
    };
    const [turnTime, silence] = [new TurnTime(), new Silence(clock.now)];
    const memory = { freshSeconds: 15, standInSeconds: 3600, patienceSeconds: 0.02 };
    const read = lastKnown(ask, { ...memory, now: clock.now, turnTime, silence });
    return { clock, answers, read, turnTime, asked: () => asked };
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

  const never = (): Promise<string> => Promise.withResolvers<string>().promise;

  it('stands in when the answer takes too long, and at once for those that ask within half a minute', async () => {
    const { clock, answers, read, asked } = list();
    const late = Promise.withResolvers<string>();
    answers.push('first', late.promise);
    await read();
    clock.advance(60);
    assert.deepEqual(await read(), { value: 'first', asOf: start, standsIn: true });
    const timer = setTimeout(() => assert.fail('the second one waits'), 15);
    assert.equal((await read()).standsIn, true);
    clearTimeout(timer);
    assert.equal(asked(), 2, 'one question is under way');
    late.resolve('second');
    await setImmediate();
    assert.deepEqual(await read(), { value: 'second', asOf: '2026-03-01T08:01:00.000Z' });
  });

  it('is waited for again when the half minute is over', async () => {
    const { clock, answers, read } = list();
    const late = Promise.withResolvers<string>();
    answers.push('first', late.promise);
    await read();
    clock.advance(60);
    await read();
    clock.advance(31);
    const reading = read();
    late.resolve('second');
    assert.equal((await reading).value, 'second');
  });

  it('is not waited for longer than the turn may last, and not asked in vain: what comes later is kept', async () => {
    const { answers, read, turnTime, asked } = list();
    const late = Promise.withResolvers<string>();
    answers.push(late.promise);
    await assert.rejects(
      turnTime.during(0.02, async () => await read()),
      { code: 'azure-unavailable' },
    );
    late.resolve('first');
    assert.equal((await read()).value, 'first');
    assert.equal(asked(), 1);
  });

  it('that nobody waits for any more may fail', async () => {
    const { clock, answers, read } = list();
    const late = Promise.withResolvers<string>();
    answers.push('first', late.promise, never());
    await read();
    clock.advance(60);
    await read();
    late.reject(new CatalogueError('azure-forbidden'));
    await assert.rejects(late.promise);
    assert.equal((await read()).value, 'first');
  });
});
