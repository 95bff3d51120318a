import assert from 'node:assert/strict';
import { replicatedItemList } from '../../src/operations/status/replicated-item-list.ts';
import { aReplica, now, stubContext } from '../support/stub-azure.ts';

function contextWith(items: readonly ReturnType<typeof aReplica>[]) {
  const inventory = { replicatedItems: async () => ({ value: items, asOf: now.toISOString() }) };
  return stubContext({ inventory, access: { holds: async (_, { scope }) => scope.includes('rg-dr') } });
}

describe('replicated-item.list', () => {
  it('puts those that need attention first and opens each', async () => {
    const [good, bad] = [
      aReplica({ friendlyName: 'a' }),
      aReplica({ friendlyName: 'z', replicationHealth: 'Critical' }),
    ];
    const { items, tone } = await replicatedItemList.answer(contextWith([good, bad]), {});
    assert.deepEqual(
      items?.map(({ title, tone: of }) => [title, of]),
      [
        ['z', 'bad'],
        ['a', 'good'],
      ],
    );
    assert.equal(tone, 'warning');
    assert.equal(items?.[0]?.opens?.operation, 'replicated-item.show');
  });

  it('shows nothing that Azure would not show to this person', async () => {
    const hidden = aReplica({ id: aReplica().id.replace('rg-dr', 'secret') });
    assert.deepEqual((await replicatedItemList.answer(contextWith([hidden]), {})).items, []);
  });

  it('says that a test VM waits, and that no RPO is reported', async () => {
    const { rpoSeconds: _, ...waiting } = aReplica({ testFailoverState: 'WaitingForCompletion' });
    const said = JSON.stringify((await replicatedItemList.answer(contextWith([waiting]), {})).items);
    assert.match(said, /no-rpo.*test-waits/);
  });
});
