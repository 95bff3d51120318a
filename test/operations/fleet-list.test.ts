import assert from 'node:assert/strict';
import { fleetList } from '../../src/operations/status/fleet-list.ts';
import { aVm, ids, now, stubContext } from '../support/stub-azure.ts';

const asOf = now.toISOString();

function contextOf(count: number) {
  const vms = Array.from({ length: count }, (_, nth) => aVm({ id: `${ids.vm}-${nth}`, name: `sql-${nth}` }));
  return stubContext({ inventory: { vms: async () => ({ value: vms, asOf }) } });
}

describe('fleet.list', () => {
  it('offers every number of the summary when none was said', async () => {
    const choices = (await fleetList.choices?.(contextOf(1), 'part', {})) ?? [];
    assert.equal(choices.length, 14);
    for (const { value } of choices) assert.ok(fleetList.parameters.safeParse({ part: value }).success);
  });

  it('shows a card full of lines, each of which opens its VM, and says that there are more', async () => {
    const { items, notes } = await fleetList.answer(contextOf(300), { part: 'unprotected' });
    assert.equal(items?.length, 25);
    assert.deepEqual(items?.[3]?.opens, { operation: 'protection.show', parameters: { vm: `${ids.vm}-3` } });
    assert.deepEqual(notes?.at(-1), { message: 'fleet.list.more', values: { most: 25 } });
  });

  it('says that there are none', async () => {
    const { items, tone } = await fleetList.answer(contextOf(1), { part: 'tests' });
    assert.deepEqual([items, tone], [[], 'good']);
  });
});
