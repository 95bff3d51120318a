import assert from 'node:assert/strict';
import { policyList } from '../../src/operations/status/policy-list.ts';
import { anItem, aPolicy, ids, now, stubContext } from '../support/stub-azure.ts';

describe('policy.list', () => {
  it('says how often a policy backs up, how long it keeps, and how many VMs of this vault use it', async () => {
    const elsewhere = anItem({ vaultId: `${ids.vault}-2` });
    const context = stubContext({
      backup: { policies: async () => [aPolicy('daily'), aPolicy('yearly', { frequency: 'Yearly' })] },
      inventory: { protectedItems: async () => ({ value: [anItem(), elsewhere], asOf: now.toISOString() }) },
    });
    const { items } = await policyList.answer(context, { vault: ids.vault });
    assert.match(JSON.stringify(items?.[0]), /policy.list.Daily.*policy.list.kept.*30.*policy.list.used-by.*"count":1/);
    assert.match(JSON.stringify(items?.[1]), /"Yearly".*"count":0/);
  });
});
