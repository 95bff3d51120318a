import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { withLastRights } from '../../src/azure/last-rights.ts';
import { TurnTime } from '../../src/azure/turn-time.ts';
import { CatalogueError, type ErrorCode } from '../../src/errors.ts';
import { ManualClock } from './support/ports.ts';

const start = '2026-03-01T08:00:00.000Z';
const ana = { oid: 'oid-ana' };
const group = '/subscriptions/s1/resourceGroups/rg-sql';
const vm = `${group}/providers/Microsoft.Compute/virtualMachines/sql-01`;
const read = { action: 'Microsoft.Compute/virtualMachines/read', scope: group };

/** Access that answers as the test says; an error code is thrown. */
function asked(first: boolean | ErrorCode | 'nothing' = true) {
  const clock = new ManualClock(start);
  const azure = { says: first };
  const access = withLastRights(
    {
      async holds() {
        if (azure.says === 'nothing') return await Promise.withResolvers<boolean>().promise;
        if (typeof azure.says === 'boolean') return azure.says;
        throw new CatalogueError(azure.says);
      },
      isMember: async () => false,
      knowsGroup: async () => false,
    },
    { now: clock.now, turnTime: new TurnTime() },
  );
  return { access, azure, clock };
}

describe('the last known rights', () => {
  for (const code of ['azure-unavailable', 'azure-throttled'] as const)
    it(`stand in for reads at ${code}, with their time, for less than an hour`, async () => {
      const { access, azure, clock } = asked();
      assert.deepEqual(await access.holdsForReading(ana, read), { held: true });
      azure.says = code;
      clock.advance(50 * 60);
      assert.deepEqual(await access.holdsForReading(ana, read), { held: true, asOf: start });
      clock.advance(10 * 60);
      await assert.rejects(access.holdsForReading(ana, read), { code });
    });

  it('are a no where Azure said no', async () => {
    const { access, azure } = asked(false);
    await access.holdsForReading(ana, read);
    azure.says = 'azure-unavailable';
    assert.deepEqual(await access.holdsForReading(ana, read), { held: false, asOf: start });
  });

  it('never stand in for what decides about a change, fresh or not', async () => {
    const { access, azure } = asked();
    await access.holds(ana, read);
    azure.says = 'azure-unavailable';
    await assert.rejects(access.holds(ana, read), { code: 'azure-unavailable' });
    await assert.rejects(access.holds(ana, read, { fresh: true }), { code: 'azure-unavailable' });
  });

  it('hold for what lies in the scope, and for no other right, scope or person', async () => {
    const { access, azure } = asked();
    await access.holds(ana, read);
    azure.says = 'azure-unavailable';
    assert.equal((await access.holdsForReading(ana, { ...read, scope: vm })).held, true);
    const elsewhere = { ...read, scope: `${group}-2` };
    const wider = { ...read, scope: '/subscriptions/s1' };
    for (const right of [elsewhere, wider, { ...read, action: 'Microsoft.Compute/snapshots/read' }])
      await assert.rejects(access.holdsForReading(ana, right), { code: 'azure-unavailable' });
    await assert.rejects(access.holdsForReading({ oid: 'oid-ben' }, read), { code: 'azure-unavailable' });
  });

  it('do not go by the subscription where the group said no', async () => {
    const { access, azure } = asked();
    await access.holds(ana, { ...read, scope: '/subscriptions/s1' });
    azure.says = false;
    await access.holds(ana, read);
    azure.says = 'azure-unavailable';
    await assert.rejects(access.holdsForReading(ana, { ...read, scope: vm }), { code: 'azure-unavailable' });
    assert.equal((await access.holdsForReading(ana, { ...read, scope: `${group}-2` })).held, true);
  });

  it('do not hide what Azure refuses', async () => {
    const { access, azure } = asked();
    await access.holds(ana, read);
    azure.says = 'azure-forbidden';
    await assert.rejects(access.holdsForReading(ana, read), { code: 'azure-forbidden' });
  });

  it('end with Azure’s next answer', async () => {
    const { access, azure } = asked();
    await access.holds(ana, read);
    azure.says = 'azure-unavailable';
    await access.holdsForReading(ana, read);
    azure.says = false;
    assert.deepEqual(await access.holdsForReading(ana, read), { held: false });
  });

  it('are waited for once where Azure is silent, and not by the next', async () => {
    const { access, azure } = asked();
    await access.holds(ana, read);
    azure.says = 'nothing';
    assert.equal((await access.holdsForReading(ana, read)).asOf, start);
    const started = performance.now();
    assert.equal((await access.holdsForReading(ana, read)).asOf, start);
    assert.ok(performance.now() - started < 2000);
  }).timeout(20_000);
});
