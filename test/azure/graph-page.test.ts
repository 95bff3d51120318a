import assert from 'node:assert/strict';
import { z } from 'zod';
import type { Reply } from './support/fake-arm.ts';
import { subscriptionId, vmId, withArm } from './support/ports.ts';

const asked = z.object({ options: z.object({ $skipToken: z.string().optional() }) });
const named = { id: vmId, name: 'sql-01', resourceGroup: 'rg-sql', subscriptionId, location: 'westeurope' };

describe('a list of Resource Graph', () => {
  it('reads on until there is no token for a next page, over an empty page too, and is as old as its first', async () => {
    const row = (nth: number) => ({ ...named, name: `vm-${nth}`, osType: 'Linux', diskIds: [] });
    const pages: readonly object[] = [
      { data: [row(1), row(2)], $skipToken: 'a' },
      { data: [], $skipToken: 'b' },
      { data: [row(3)] },
    ];
    await withArm(
      (_request, nth): Reply => ({ body: pages[nth - 1] }),
      async ({ arm, ports }) => {
        const { value, asOf } = await ports.inventory.vms();
        assert.deepEqual(
          value.map(({ name }) => name),
          ['vm-1', 'vm-2', 'vm-3'],
        );
        assert.equal(asOf, '2026-01-10T08:00:00.000Z');
        assert.deepEqual(
          arm.received.map(({ body }) => asked.parse(body).options.$skipToken),
          [undefined, 'a', 'b'],
        );
      },
    );
  });

  it('is no answer when the list was cut off without a way to its rest', async () => {
    await withArm(
      () => ({ body: { data: [], resultTruncated: 'true' } }),
      async ({ ports }) => {
        await assert.rejects(ports.inventory.protectedItems(), { code: 'azure-unavailable' });
      },
    );
  });

  it('does not read the same page for ever', async () => {
    await withArm(
      () => ({ body: { data: [], $skipToken: 'again' } }),
      async ({ ports }) => {
        await assert.rejects(ports.inventory.vms(), { code: 'azure-unavailable' });
      },
    );
  });

  it('lets the quota of Resource Graph fill between two pages, and does not wait for what is said too long or behind the last page', async () => {
    const pauses: number[] = [];
    const quota = (left: string, resets: string) => ({
      'x-ms-user-quota-remaining': left,
      'x-ms-user-quota-resets-after': resets,
    });
    const replies: readonly Reply[] = [
      { body: { data: [], $skipToken: 'a' }, headers: quota('14', '00:00:05') },
      { body: { data: [], $skipToken: 'b' }, headers: quota('0', '00:00:03') },
      { body: { data: [], $skipToken: 'c' }, headers: quota('1', '01:00:00') },
      { body: { data: [], $skipToken: 'd' } },
      { body: { data: [] }, headers: quota('0', '00:00:05') },
    ];
    await withArm(
      (_request, nth): Reply => replies[nth - 1] ?? {},
      async ({ ports }) => {
        await ports.inventory.vms();
        assert.deepEqual(pauses, [3, 10]);
      },
      { pause: async (seconds) => void pauses.push(seconds) },
    );
  });

  it('asks again for a page of which only the beginning came, and takes no row twice', async () => {
    const rows = ['a', 'b'].map((name) => ({ ...named, name, id: `${vmId}-${name}` }));
    await withArm(
      (_request, nth): Reply => (nth === 1 ? { body: { data: rows }, cutAfterBytes: 300 } : { body: { data: rows } }),
      async ({ arm, ports }) => {
        const { value } = await ports.inventory.vms();
        assert.deepEqual(
          value.map(({ name }) => name),
          ['a', 'b'],
        );
        assert.equal(arm.received.length, 2);
      },
    );
  });

  for (const body of ['{"data":[{"id":', '{"data":[]', '{"data":{}}', '{"data":[{}]}', '<html>', ''])
    it(`does not believe a page that is none: ${body === '' ? 'nothing' : body}`, async () => {
      await withArm(
        () => ({ body }),
        async ({ arm, ports }) => {
          await assert.rejects(ports.inventory.vms(), { code: 'azure-unavailable' });
          assert.equal(arm.received.length, 1, 'it was an answer');
        },
      );
    });
});
