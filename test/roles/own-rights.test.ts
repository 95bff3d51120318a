import assert from 'node:assert/strict';
import { FixedTokenCredential } from '../../src/azure/index.ts';
import { ownObjectId } from '../../src/azure/own-identity.ts';
import { operations } from '../../src/operations/index.ts';
import { customRole } from '../../src/roles/custom-role.ts';
import { watchOwnRights } from '../../src/roles/own-rights.ts';
import { botOid, type Simulated, withSimulator } from '../azure/support/simulated.ts';
import { practiceSubscription } from '../support/simulator.ts';

const scope = `/subscriptions/${practiceSubscription}`;
const role = 'e0000000-0000-4000-8000-000000000002';
const actions = customRole({ operations, scopes: [scope], destructive: 'with' }).Actions;

function watched({ ports }: Simulated, warned: object[] = []) {
  return watchOwnRights({
    access: ports.access,
    ownId: async () => await ownObjectId(new FixedTokenCredential({ oid: botOid, tid: 't' })),
    subscriptionIds: [practiceSubscription],
    operations,
    log: { warn: (fields) => warned.push(fields) },
  });
}

async function holding({ simulator: { control } }: Simulated, held: readonly string[]): Promise<void> {
  await control.revoke(botOid);
  await control.defineRole({ name: role, roleName: 'Vaultkeeper', actions: held });
  await control.grant({ objectId: botOid, role, scope });
}

describe('the start-up check of the bot’s own rights', () => {
  it('finds nothing missing under the role that npm run role writes', async () => {
    await withSimulator(async (simulated) => {
      await holding(simulated, actions);
      assert.deepEqual(await watched(simulated).check(), { checked: true, missing: [] });
    });
  });

  it('lists what is missing, and which operations cannot work without it', async () => {
    await withSimulator(async (simulated) => {
      const warned: object[] = [];
      await holding(
        simulated,
        actions.filter((action) => !/snapshots\/write|virtualMachines\/read/.test(action)),
      );
      const rights = watched(simulated, warned);
      assert.deepEqual(rights.now(), { checked: false, missing: [] });
      const { missing } = await rights.check();
      assert.deepEqual(
        missing.map(({ action }) => action),
        ['Microsoft.Compute/snapshots/write', 'Microsoft.Compute/virtualMachines/read'],
      );
      assert.ok(missing[0]?.operations.includes('snapshot.create'));
      assert.deepEqual(rights.now().missing, missing);
      assert.match(JSON.stringify(warned), /snapshots\/write.*snapshot\.create/);
    });
  });

  it('says that it could not look when Azure does not answer, and does not throw', async () => {
    await withSimulator(async (simulated) => {
      await simulated.simulator.control.fault({ path: 'roleAssignments', status: 403 });
      const rights = await watched(simulated).check();
      assert.equal(rights.checked, false);
      assert.ok(rights.failure);
    });
  });

  it('does not read an object id out of a token that has none', async () => {
    const opaque = { getToken: () => Promise.resolve({ token: 'opaque', expiresOnTimestamp: 0 }) };
    assert.equal(await ownObjectId(opaque), undefined);
  });
});

describe('practice mode', () => {
  it('gives its bot every right that the operations need, so that a start warns of nothing', async () => {
    await withSimulator(async (simulated) => {
      const { checked, missing } = await watched(simulated).check();
      assert.ok(checked);
      assert.deepEqual(
        missing.map(({ action }) => action),
        [],
      );
    });
  });
});
