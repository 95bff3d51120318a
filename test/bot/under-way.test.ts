import assert from 'node:assert/strict';
import { UnderWay } from '../../src/bot/turn/under-way.ts';

/** So many turns that end when they are told to. */
function begin(underWay: UnderWay, count: number) {
  const turns = Array.from({ length: count }, () => Promise.withResolvers<void>());
  const all = turns.map(({ promise }) => underWay.during(() => promise));
  return { end: (nth: number) => turns[nth]?.resolve(), all: Promise.all(all) };
}

/** Whether it has resolved once everything that was ready has been done. */
async function resolved(promise: Promise<void>): Promise<boolean> {
  let is = false;
  void promise.then(() => {
    is = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  return is;
}

const longMilliseconds = 60_000;

describe('work that nobody waits for', () => {
  it('goes on at once beside a few turns', async () => {
    const underWay = new UnderWay(longMilliseconds);
    const turns = begin(underWay, 8);
    assert.equal(await resolved(underWay.calm()), true);
    for (let nth = 0; nth < 8; nth++) turns.end(nth);
    await turns.all;
  });

  it('lets a crowd of turns go first, and goes on when it has become few', async () => {
    const underWay = new UnderWay(longMilliseconds);
    const turns = begin(underWay, 10);
    const [first, second] = [underWay.calm(), underWay.calm()];
    turns.end(0);
    assert.equal(await resolved(first), false);
    turns.end(1);
    assert.deepEqual([await resolved(first), await resolved(second)], [true, true]);
    for (let nth = 2; nth < 10; nth++) turns.end(nth);
    await turns.all;
    assert.equal(underWay.count, 0);
  });

  it('goes on in the end however many turns there are, and waits again for the next', async () => {
    const underWay = new UnderWay(1);
    const turns = begin(underWay, 20);
    await underWay.calm();
    assert.equal(underWay.count, 20);
    const next = underWay.calm();
    assert.equal(await resolved(next), false);
    await next;
    for (let nth = 0; nth < 20; nth++) turns.end(nth);
    await turns.all;
  });

  it('counts a turn that fails as ended', async () => {
    const underWay = new UnderWay();
    await assert.rejects(
      underWay.during(() => Promise.reject(new RangeError('on purpose'))),
      /on purpose/,
    );
    assert.equal(underWay.count, 0);
  });
});
