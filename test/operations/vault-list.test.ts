import assert from 'node:assert/strict';
import { vaultList } from '../../src/operations/status/vault-list.ts';
import { anItem, aVault, ids, now, stubContext } from '../support/stub-azure.ts';

const asOf = now.toISOString();

describe('vault.list', () => {
  const inventory = {
    vaults: async () => ({ value: [aVault({ name: 'rsv-z' }), aVault()], asOf }),
    protectedItems: async () => ({ value: [anItem(), anItem({ softDeleted: true })], asOf }),
  };

  it('lists vaults by name with how many VMs they protect, soft-deleted ones apart', async () => {
    const { items } = await vaultList.answer(stubContext({ inventory }), {});
    assert.deepEqual(
      items?.map(({ title }) => title),
      ['rsv-prod', 'rsv-z'],
    );
    assert.match(
      JSON.stringify(items?.[0]?.details),
      /"vault.list.items","values":\{"count":1\}.*"vault.list.deleted"/,
    );
    assert.deepEqual(items?.[0]?.opens, { operation: 'vault.show', parameters: { vault: ids.vault } });
  });

  it('shows nobody a vault that Azure would not show them', async () => {
    const access = { holds: async () => false };
    const { items } = await vaultList.answer(stubContext({ inventory, access }), {});
    assert.deepEqual(items, []);
  });
});
