import assert from 'node:assert/strict';
import { protectionListUnprotected } from '../../src/operations/status/protection-list-unprotected.ts';
import { anItem, aVault, aVm, ids, stubContext } from '../support/stub-azure.ts';

const asOf = '2026-03-02T08:00:00.000Z';
const other = { id: ids.vm.replace('sql-01', 'web-01'), name: 'web-01' };

describe('protection.list-unprotected', () => {
  it('lists what has no item, a stopped one or a deleted one, and not a failed last backup', async () => {
    for (const [item, listed] of [
      [anItem(), false],
      [anItem({ lastBackupStatus: 'Failed' }), false],
      [anItem({ protectionState: 'ProtectionStopped' }), true],
      [anItem({ softDeleted: true }), true],
    ] as const) {
      const { items } = await protectionListUnprotected.answer(
        stubContext({ inventory: { protectedItems: async () => ({ value: [item], asOf }) } }),
        {},
      );
      assert.equal(items?.length, listed ? 1 : 0, item.protectionState);
    }
  });

  it('names only what the person may read', async () => {
    const vms = async () => ({ value: [aVm(), aVm({ ...other, id: other.id.replace('rg-sql', 'rg-secret') })], asOf });
    const holds = async (_: unknown, right: { readonly scope: string }) => right.scope.endsWith('rg-sql');
    const { items, title } = await protectionListUnprotected.answer(
      stubContext({ inventory: { vms }, access: { holds } }),
      {},
    );
    assert.deepEqual(
      items?.map((item) => item.title),
      ['sql-01'],
    );
    assert.deepEqual(title, { message: 'protection.list-unprotected.some', values: { count: 1, total: 1 } });
  });

  it('tells how long deleted data can be brought back: its vault’s own days after the deletion, or that it is not known', async () => {
    const detailsOf = async (change: Partial<ReturnType<typeof anItem>>) => {
      const item = anItem({ softDeleted: true, ...change });
      const vault = aVault({ safeguards: { softDeleteDays: 30 } });
      const inventory = {
        protectedItems: async () => ({ value: [item], asOf }),
        vaultsAndSnapshots: async () => ({ value: { vaults: [vault], snapshots: [] }, asOf }),
      };
      const { items } = await protectionListUnprotected.answer(stubContext({ inventory }), {});
      return items?.[0]?.details?.[1];
    };
    assert.deepEqual(await detailsOf({ deletedAt: '2026-03-01T00:00:00.000Z' }), {
      message: 'protection.list-unprotected.deleted',
      values: { until: { age: '2026-03-31T00:00:00.000Z' } },
    });
    assert.deepEqual(await detailsOf({}), { message: 'protection.list-unprotected.deleted-unsaid', values: {} });
  });

  it('leads from each line to that VM', async () => {
    const { items } = await protectionListUnprotected.answer(stubContext(), {});
    assert.deepEqual(items?.[0]?.opens, { operation: 'protection.show', parameters: { vm: ids.vm } });
  });
});
