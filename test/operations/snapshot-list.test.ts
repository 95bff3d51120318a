import assert from 'node:assert/strict';
import { usualPrices } from '../../src/operations/prices.ts';
import { snapshotList } from '../../src/operations/status/snapshot-list.ts';
import { aSnapshot, ids, now, stubContext } from '../support/stub-azure.ts';

const asOf = now.toISOString();

async function listed(...value: ReturnType<typeof aSnapshot>[]) {
  return await snapshotList.answer(stubContext({ inventory: { snapshots: async () => ({ value, asOf }) } }), {});
}

describe('snapshot.list', () => {
  it('says which snapshot is orphaned, which has expired and which never will', async () => {
    const { items } = await listed(
      aSnapshot({ sourceDiskId: ids.disk('gone') }),
      aSnapshot({ tags: { 'vaultkeeper-expires': '2026-03-01T00:00:00.000Z' } }),
      aSnapshot({ tags: { 'vaultkeeper-expires': '2026-03-03T00:00:00.000Z' } }),
    );
    const [orphaned, expired, expiring] = (items ?? []).map((item) => JSON.stringify(item));
    assert.match(orphaned ?? '', /snapshot.list.orphaned.*snapshot.list.forever/);
    assert.match(expired ?? '', /snapshot.list.of-disk.*snapshot.list.expired/);
    assert.match(expiring ?? '', /snapshot.list.expires/);
  });

  it('adds up what incremental snapshots cost at most, and says where the price is from', async () => {
    const { lead, notes } = await listed(aSnapshot(), aSnapshot(), aSnapshot({ incremental: false }));
    assert.match(JSON.stringify(lead), /"cost":12.8/);
    assert.match(
      JSON.stringify(notes),
      /snapshot.list.list-price.*"price":0.05,"when":"2025-10-01".*azure.microsoft.com/,
    );
  });

  it('says of each what it costs at most, that Azure tells no used size, and which are not in the sum', async () => {
    const { items, lead, notes } = await listed(aSnapshot(), aSnapshot({ incremental: false }));
    const details = items?.map((item) => JSON.stringify(item.details));
    assert.match(details?.[0] ?? '', /"snapshot.list.each","values":\{"cost":6.4\}/);
    assert.match(details?.[1] ?? '', /snapshot.list.each-unknown/);
    assert.match(JSON.stringify(lead), /"snapshot.list.cost","values":\{"cost":6.4\}/);
    assert.match(JSON.stringify(notes), /"snapshot.list.uncounted","values":\{"count":1\}/);
    for (const { messages } of Object.values(snapshotList.texts))
      assert.match(messages.cost ?? '', /Azure .*(used|usado|usato)/);
  });

  it('counts with a company’s own prices where there are some, and says so', async () => {
    const inventory = { snapshots: async () => ({ value: [aSnapshot()], asOf }) };
    const prices = { ...usualPrices, snapshot: 0.1, source: 'our contract' };
    const { lead, notes } = await snapshotList.answer({ ...stubContext({ inventory }), prices }, {});
    assert.match(JSON.stringify(lead), /"cost":12.8/);
    assert.match(JSON.stringify(notes), /snapshot.list.own-price.*our contract/);
  });

  it('lists those of one VM when a VM is named', async () => {
    const context = stubContext({ inventory: { snapshotsOf: async () => ({ value: [aSnapshot()], asOf }) } });
    const { title } = await snapshotList.answer(context, { vm: ids.vm });
    assert.deepEqual(title, { message: 'snapshot.list.title-of', values: { count: 1, vm: 'sql-01' } });
  });
});
