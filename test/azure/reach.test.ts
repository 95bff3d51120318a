import assert from 'node:assert/strict';
import type { AzureOptions } from '../../src/azure/index.ts';
import { Reach } from '../../src/azure/reach.ts';
import type { Reply } from './support/fake-arm.ts';
import { refusal, vmId, withArm } from './support/ports.ts';

const now = () => new Date('2026-11-21T13:00:00Z');

/** Asks for a VM as often as there are answers; a read is tried three times where Azure does not answer. */
async function asking(replies: readonly Reply[], options: Partial<AzureOptions> = {}): Promise<Reach> {
  const reach = new Reach(now);
  const left = [...replies];
  await withArm(
    () => left.shift() ?? { status: 404, body: refusal('ResourceNotFound', 'none') },
    async ({ ports }) => {
      while (left.length > 0) await ports.compute.vm(vmId).catch(() => undefined);
    },
    { reach, ...options },
  );
  return reach;
}

const down: Reply = { status: 503, body: refusal('ServiceUnavailable', 'busy') };
const silence = [{ part: 'Microsoft.Compute', since: '2026-11-21T13:00:00.000Z' }];

describe('what is known of Azure without asking it', () => {
  it('is which part does not answer, and since when, after one read with all its repetitions', async () => {
    assert.deepEqual((await asking([down, down, down])).silent(), silence);
  });

  it('is nothing while a repetition helps', async () => {
    assert.deepEqual((await asking([down, down, { body: {} }])).silent(), []);
  });

  it('is that a part answers again with its first answer, be it a refusal or “too many”', async () => {
    for (const status of [200, 403, 404, 429])
      assert.deepEqual((await asking([down, down, down, { status, body: {} }])).silent(), [], `${status}`);
  });

  it('is of each part by itself', () => {
    const reach = new Reach(now);
    for (let time = 0; time < 3; time += 1) reach.note('Microsoft.ResourceGraph', false);
    reach.note('Microsoft.Compute', true);
    assert.deepEqual(
      reach.silent().map(({ part }) => part),
      ['Microsoft.ResourceGraph'],
    );
  });

  it('is that there are no tokens, which no request would show', async () => {
    const getToken = () => Promise.reject(new Error('no token'));
    const reach = new Reach(now);
    await assert.rejects(async () => await reach.watching({ getToken }).getToken('scope'));
    assert.deepEqual(
      reach.silent().map(({ part }) => part),
      ['Microsoft Entra'],
    );
    await reach.watching({ getToken: () => Promise.resolve(null) }).getToken('scope');
    assert.deepEqual(reach.silent(), []);
  });
});
