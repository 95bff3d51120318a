import assert from 'node:assert/strict';
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
    assert.match(JSON.stringify(notes), /azure.microsoft.com/);
  });

  it('lists those of one VM when a VM is named', async () => {
    const context = stubContext({ inventory: { snapshotsOf: async () => ({ value: [aSnapshot()], asOf }) } });
    const { title } = await snapshotList.answer(context, { vm: ids.vm });
    assert.deepEqual(title, { message: 'snapshot.list.title-of', values: { count: 1, vm: 'sql-01' } });
  });
});
