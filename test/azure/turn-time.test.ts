import assert from 'node:assert/strict';
import { it } from 'mocha';
import { TurnTime } from '../../src/azure/turn-time.ts';
import { itemId, withArm } from './support/ports.ts';

describe('the time of a turn', () => {
  it('runs out for all that the turn reads together', async () => {
    const time = new TurnTime();
    await time.during(60, async () => {
      const first = time.left();
      await Promise.resolve();
      assert.ok(first <= 60_000 && first > 50_000 && time.left() <= first);
    });
    await time.during(0, async () => assert.equal(time.left(), 0));
  });

  it('is no limit outside of turns, for what goes on behind a turn, and for what a turn leaves to be done', async () => {
    const time = new TurnTime();
    const later = Promise.withResolvers<undefined>();
    const left: Promise<number>[] = [];
    await time.during(0, async () => {
      left.push(time.beyond(async () => time.left()));
      left.push(later.promise.then(() => time.left()));
    });
    later.resolve(undefined);
    assert.deepEqual([time.left(), ...(await Promise.all(left))], Array(3).fill(Number.POSITIVE_INFINITY));
  });

  it('ends all reads of a turn together, and no change', async () => {
    const turnTime = new TurnTime();
    await withArm(
      ({ method }) => (method === 'GET' ? { hang: true } : { status: 500, body: {} }),
      async ({ ports, arm }) => {
        await turnTime.during(0.1, async () => {
          await assert.rejects(ports.backup.item(itemId), { code: 'azure-unavailable' });
          await assert.rejects(ports.backup.item(itemId), { code: 'azure-unavailable' });
          assert.ok(arm.received.length <= 2);
          const expiresAt = '2026-03-11T00:00:00.000Z';
          await assert.rejects(
            ports.backup.start(itemId, { expiresAt, clientRequestId: 'c0000000-0000-4000-8000-000000000001' }),
          );
        });
        assert.equal(arm.received.filter(({ method }) => method === 'POST').length, 1);
      },
      { turnTime },
    );
  }).timeout(10_000);
});
