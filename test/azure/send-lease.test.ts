import assert from 'node:assert/strict';
import { SendLease } from '../../src/azure/send-lease.ts';
import { itemId, withArm } from './support/ports.ts';

const backup = { expiresAt: '2026-03-11T00:00:00.000Z', clientRequestId: 'c0000000-0000-4000-8000-000000000001' };

/** What reaches Azure of a look and a change, with these answers to whether the work is still held. */
async function received(answers: readonly (() => Promise<boolean>)[]): Promise<readonly string[]> {
  const sendLease = new SendLease();
  const left = [...answers];
  let methods: readonly string[] = [];
  await withArm(
    () => ({ status: 500, body: {} }),
    async ({ ports, arm }) => {
      const isHeld = async () => (left.shift() ?? assert.fail('it was asked too often'))();
      await sendLease.during(isHeld, async () => await ports.backup.start(itemId, backup).catch(() => undefined));
      methods = arm.received.map(({ method }) => method).filter((method) => method !== 'GET');
      assert.equal(left.length, 0, 'it was not asked');
    },
    { sendLease },
  );
  return methods;
}

describe('a request that changes something', () => {
  it('is sent by whoever holds the work, asked at the last moment', async () => {
    assert.deepEqual(await received([async () => true]), ['POST']);
  });

  it('is not sent by whoever was frozen and lost the work meanwhile', async () => {
    assert.deepEqual(await received([async () => false]), []);
  });

  it('is not sent by whoever was frozen while asking: an old yes is asked for again', async () => {
    const clock = performance.now.bind(performance);
    let frozen = 0;
    performance.now = () => clock() + frozen;
    try {
      const slowYes = async () => {
        frozen += 60_000;
        return true;
      };
      assert.deepEqual(await received([slowYes, async () => false]), []);
      assert.deepEqual(await received([slowYes, async () => true]), ['POST']);
    } finally {
      performance.now = clock;
    }
  });

  it('is sent as ever by work that nobody else could take over', async () => {
    await withArm(
      () => ({ status: 500, body: {} }),
      async ({ ports, arm }) => {
        await ports.backup.start(itemId, backup).catch(() => undefined);
        assert.equal(arm.received.filter(({ method }) => method === 'POST').length, 1);
      },
      { sendLease: new SendLease() },
    );
  });
});
