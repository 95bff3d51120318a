import assert from 'node:assert/strict';
import { namesIn } from '../../src/azure/names.ts';
import type { Inventory, NamesInAzure } from '../../src/azure/ports.ts';
import { knownNames } from '../../src/dialogs/known-names.ts';
import { estate } from '../language/estate.ts';
import { anItem, aReplica, aVm, ids } from '../support/azure-samples.ts';

const asOf = '2026-03-02T08:00:00.000Z';
const aged = <T>(...value: readonly T[]) => Promise.resolve({ value, asOf });

function lists(change: Partial<Inventory> = {}) {
  const plan = { id: `${ids.vault}/replicationRecoveryPlans/erp-plan`, vaultId: ids.vault, name: 'erp-plan' };
  const vault = {
    id: ids.vault,
    name: 'rsv-prod',
    resourceGroup: 'rg-backup',
    subscriptionId: 's',
    location: 'westeurope',
  };
  const gone = anItem({ vmId: ids.vm.replace('sql-01', 'old-01'), friendlyName: 'old-01' });
  return {
    vms: () => aged(aVm()),
    vaults: () => aged(vault),
    recoveryPlans: () => aged(plan),
    protectedItems: () => aged(anItem(), gone),
    replicatedItems: () => aged(aReplica()),
    subscriptions: () => aged({ id: 's', name: 'Contoso Prod' }),
    ...change,
  } as Inventory;
}

describe('the names of an estate', () => {
  it('are those of VMs, vaults and plans, and of VMs that only a vault still holds', async () => {
    const { things, subscriptions } = await namesIn(lists());
    const shown = things.map(({ kind, name, resourceGroup }) => `${kind} ${name} in ${resourceGroup}`);
    assert.ok(shown.includes('vm sql-01 in rg-sql'), shown.join());
    assert.ok(shown.includes('vm old-01 in rg-sql'), shown.join());
    assert.ok(shown.includes('vault rsv-prod in rg-backup'), shown.join());
    assert.ok(shown.includes('plan erp-plan in rg-backup'), shown.join());
    assert.equal(shown.filter((one) => one.startsWith('vm sql-01')).length, 1);
    assert.deepEqual(subscriptions, [{ id: 's', name: 'Contoso Prod' }]);
  });

  it('are told without plans where Azure does not tell those', async () => {
    const recoveryPlans = () => Promise.reject(new Error('away'));
    const { things } = await namesIn(lists({ recoveryPlans }));
    assert.deepEqual([...new Set(things.map(({ kind }) => kind))], ['vm', 'vault']);
  });
});

describe('the names that a conversation knows', () => {
  const found: NamesInAzure = { things: estate, subscriptions: [] };
  let now = new Date(asOf);

  it('are read once, kept while Azure is away, and read again behind a question', async () => {
    let reads = 0;
    const names = async () => {
      reads += 1;
      if (reads > 1) throw new Error('away');
      return found;
    };
    const known = knownNames({ names }, () => now);
    assert.equal((await known()).size, estate.length);
    await known();
    assert.equal(reads, 1);
    now = new Date(now.getTime() + 61_000);
    assert.equal((await known()).size, estate.length);
    assert.equal((await known()).size, estate.length);
    assert.equal(reads, 2);
  });

  it('do not keep the first question waiting for long', async () => {
    const never = knownNames({ names: () => new Promise(() => undefined) }, () => now, 5);
    assert.equal((await never()).size, 0);
  });
});
