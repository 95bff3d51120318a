import assert from 'node:assert/strict';
import type { Context } from '../../src/operations/context.ts';
import { failoverReprotect } from '../../src/operations/recovery/failover-reprotect.ts';
import { failoverStart } from '../../src/operations/recovery/failover-start.ts';
import { failoverTest } from '../../src/operations/recovery/failover-test.ts';
import { planFailover } from '../../src/operations/recovery/plan-failover.ts';
import { planTestFailover } from '../../src/operations/recovery/plan-test-failover.ts';
import { restoreDisks } from '../../src/operations/restore/restore-disks.ts';
import type { Finding } from '../../src/operations/screen.ts';
import { anAccount, aPoint, aReplica, aVm, ids, now, stubContext } from '../support/stub-azure.ts';
import { aFailedOver, aPlan, recoveryIds } from './support/recovery.ts';

const empty = async () => ({ value: [], asOf: now.toISOString() });
const of = { vm: ids.vm, point: 'latest', network: ids.network('vnet-dr-test'), source: 'shut-down' } as const;
const ofPlan = { ...of, plan: recoveryIds.plan } as const;

const there = stubContext({
  recovery: { item: async () => aReplica(), items: async () => [aReplica()], plan: async () => aPlan() },
  inventory: { recoveryPlans: empty },
});
const back = stubContext({
  recovery: { item: async () => aFailedOver({ allowedOperations: ['SwitchProtection'] }) },
  backup: { storageAccounts: async () => [{ id: '/accounts/st', name: 'stasrcache', location: 'northeurope' }] },
  compute: { vm: async (id) => aVm({ id }) },
  inventory: { recoveryPlans: empty },
});

/** What is done with a region that was said, in which way. */
type Asked = (region: string) => Promise<readonly Finding[]>;

const overTo: Readonly<Record<string, Asked>> = {
  'failover.start': async (region) =>
    await failoverStart.checks(there, { ...of, region }, await failoverStart.preview(there, of)),
  'failover.test': async (region) =>
    await failoverTest.checks(there, { ...of, region }, await failoverTest.preview(there, of)),
  'plan.failover': async (region) =>
    await planFailover.checks(there, { ...ofPlan, region }, await planFailover.preview(there, ofPlan)),
  'plan.test-failover': async (region) =>
    await planTestFailover.checks(there, { ...ofPlan, region }, await planTestFailover.preview(there, ofPlan)),
};

async function blocks(asked: Asked, region: string): Promise<boolean> {
  return (await asked(region)).some(({ id, severity }) => id === 'other-region' && severity === 'blocks');
}

describe('a region that was said', () => {
  for (const [operation, asked] of Object.entries(overTo))
    it(`blocks ${operation} where Azure goes to another one, and is no matter where it is the same`, async () => {
      assert.equal(await blocks(asked, 'brazilsouth'), true);
      assert.equal(await blocks(asked, 'westeurope'), true);
      assert.equal(await blocks(asked, 'northeurope'), false);
    });

  it('is where a restore goes: the VM’s own region, or the one that its vault is paired with', async () => {
    for (const [region, to, blocked] of [
      [undefined, 'westeurope', false],
      [undefined, 'brazilsouth', true],
      ['secondary', 'northeurope', false],
      ['secondary', 'brazilsouth', true],
    ] as const) {
      const asked: Asked = async (said) => await restoreTo(said, region);
      assert.equal(await blocks(asked, to), blocked, `${region} ${to}`);
    }
  });

  it('is where a reprotect replicates back to', async () => {
    const asked: Asked = async (region) => await reprotectTo(back, region);
    assert.equal(await blocks(asked, 'northeurope'), true);
    assert.equal(await blocks(asked, 'westeurope'), false);
  });
});

const paired = stubContext({
  backup: {
    pairedRegion: async () => 'northeurope',
    secondaryPoints: async () => [aPoint({ tiers: ['vault'] })],
  },
});

async function restoreTo(to: string, region?: 'secondary'): Promise<readonly Finding[]> {
  const asked = { vm: ids.vm, point: ids.point, staging: anAccount('stbackup').id, region };
  return await restoreDisks.checks(paired, { ...asked, to }, await restoreDisks.preview(paired, asked));
}

async function reprotectTo(context: Context, region: string): Promise<readonly Finding[]> {
  const preview = await failoverReprotect.preview(context, { vm: ids.vm });
  return await failoverReprotect.checks(context, { vm: ids.vm, region }, preview);
}
