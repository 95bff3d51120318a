import assert from 'node:assert/strict';
import { protectionListUnprotected } from '../../src/operations/status/protection-list-unprotected.ts';
import { anItem, aVm, ids, stubContext } from '../support/stub-azure.ts';

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

  it('leads from each line to that VM', async () => {
    const { items } = await protectionListUnprotected.answer(stubContext(), {});
    assert.deepEqual(items?.[0]?.opens, { operation: 'protection.show', parameters: { vm: ids.vm } });
  });
});
