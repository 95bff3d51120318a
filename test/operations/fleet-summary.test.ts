import assert from 'node:assert/strict';
import type { Services, VaultsAndSnapshots } from '../../src/azure/ports.ts';
import type { ProtectedItem, Vm } from '../../src/azure/types.ts';
import { CatalogueError } from '../../src/errors.ts';
import type { Context } from '../../src/operations/context.ts';
import { fleetList } from '../../src/operations/status/fleet-list.ts';
import { fleetSummary } from '../../src/operations/status/fleet-summary.ts';
import { aJobSummary, anItem, aReplica, aSnapshot, aVault, aVm, ids, now, stubContext } from '../support/stub-azure.ts';

const asOf = now.toISOString();
const daily = { id: ids.policy('daily'), everyHours: 24 };
const careful = { softDelete: true, softDeleteDays: 14, immutable: true, geoRedundant: true };
const tested = { lastTestFailover: '2026-02-01T00:00:00.000Z' };
const promised = { policyId: ids.policy('daily').toLowerCase() };

interface Estate extends Partial<Services>, Partial<VaultsAndSnapshots> {
  readonly vms?: readonly Vm[];
  readonly items?: readonly ProtectedItem[];
  readonly holds?: Context['azure']['access']['holds'];
}

function contextOf(estate: Estate): Context {
  const {
    vms = [aVm()],
    items = [anItem(promised)],
    vaults = [aVault({ safeguards: careful })],
    snapshots = [],
  } = estate;
  const { replicas = [aReplica(tested)], jobs = [], policies = [daily] } = estate;
  return stubContext({
    inventory: {
      vms: async () => ({ value: vms, asOf }),
      protectedItems: async () => ({ value: items, asOf }),
      services: async () => ({ value: { replicas, jobs, policies }, asOf }),
      vaultsAndSnapshots: async () => ({ value: { vaults, snapshots }, asOf }),
      subscriptions: async () => ({ value: [{ id: '0a1b2c3d-1111-4111-8111-000000000001', name: 'Contoso' }], asOf }),
    },
    access: { holds: estate.holds ?? (async () => true) },
  });
}

/** How many the summary counts of each part. */
async function counted(estate: Estate, scope: Readonly<Record<string, string>> = {}) {
  const answer = await fleetSummary.answer(contextOf(estate), scope);
  const counts = (answer.items ?? []).map(({ title }) => {
    assert.ok(typeof title === 'object' && 'message' in title);
    return [title.message.replace('fleet.summary.of-', ''), title.values?.count];
  });
  return { answer, counts: Object.fromEntries(counts) as Readonly<Record<string, number>> };
}

const day = 24 * 3_600_000;
const ago = (ms: number) => new Date(now.getTime() - ms).toISOString();

const troubles: Readonly<Record<string, Estate>> = {
  unprotected: { items: [] },
  'failed-backups': { items: [anItem({ ...promised, lastBackupStatus: 'Failed' })] },
  late: { items: [anItem({ ...promised, lastRecoveryPoint: ago(31 * 3_600_000) })] },
  'failed-jobs': { jobs: [aJobSummary({ status: 'Failed' })] },
  unhealthy: { replicas: [aReplica({ ...tested, replicationHealth: 'Critical' })] },
  rpo: { replicas: [aReplica({ ...tested, rpoSeconds: 901 })] },
  drills: { replicas: [aReplica({ lastTestFailover: ago(181 * day) })] },
  tests: { replicas: [aReplica({ ...tested, testFailoverState: 'WaitingForCompletion' })] },
  uncommitted: { replicas: [aReplica({ ...tested, protectionState: 'UnplannedFailoverCommitPending' })] },
  expired: { snapshots: [aSnapshot({ tags: { 'vaultkeeper-expires': ago(day) } })] },
  vaults: { vaults: [aVault({ safeguards: { ...careful, geoRedundant: false } })] },
};

describe('fleet.summary', () => {
  it('says that all is well only when there is nothing to look after', async () => {
    const { answer, counts } = await counted({});
    assert.equal(answer.tone, 'good');
    assert.deepEqual(
      Object.entries(counts).filter(([, count]) => count > 0),
      [['protected', 1]],
    );
  });

  for (const [part, estate] of Object.entries(troubles)) {
    it(`counts what needs attention, opens it, and lists it: ${part}`, async () => {
      const { answer, counts } = await counted(estate);
      assert.equal(counts[part], 1);
      assert.equal(answer.tone, 'warning');
      const [first] = answer.items ?? [];
      assert.deepEqual(first?.opens, { operation: 'fleet.list', parameters: { part } });
      const list = await fleetList.answer(contextOf(estate), { part });
      assert.equal(list.items?.length, 1);
      assert.ok(list.items?.[0]?.opens);
    });
  }

  it('counts a stopped protection as none, and soft-deleted data with the days that are left', async () => {
    assert.equal((await counted({ items: [anItem({ protectionState: 'ProtectionStopped' })] })).counts.unprotected, 1);
    const estate = { items: [anItem({ softDeleted: true, deletedAt: ago(4 * day) })] };
    assert.equal((await counted(estate)).counts.deleted, 1);
    const list = await fleetList.answer(contextOf(estate), { part: 'deleted' });
    assert.deepEqual(list.items?.[0]?.details?.[0], { message: 'fleet.summary.days-left', values: { days: 10 } });
  });

  it('gives a backup an hour of grace or a quarter of its policy’s time, and judges none whose policy it does not know', async () => {
    const lateBy = async (hours: number, everyHours?: number) => {
      const items = [anItem({ ...promised, lastRecoveryPoint: ago(hours * 3_600_000) })];
      const policies = [{ id: ids.policy('daily'), ...(everyHours !== undefined && { everyHours }) }];
      return (await counted({ items, policies })).counts.late;
    };
    assert.deepEqual([await lateBy(29.9, 24), await lateBy(30.1, 24)], [0, 1]);
    assert.deepEqual([await lateBy(2.9, 2), await lateBy(3.1, 2)], [0, 1]);
    assert.equal(await lateBy(9999), 0);
  });

  it('groups failed jobs by their cause, in our words where we know the code', async () => {
    const failed = (code: string, nth: number) =>
      aJobSummary({ id: `${ids.job}${nth}`, status: 'Failed', code, reason: 'why' });
    const jobs = [failed('400094', 1), failed('9', 2), failed('9', 3)];
    const { items } = await fleetList.answer(contextOf({ jobs }), { part: 'failed-jobs' });
    assert.deepEqual(
      items?.map(({ title }) => (typeof title === 'object' && 'values' in title ? title.values : title)),
      [
        { count: 2, cause: 'why' },
        { count: 1, cause: { message: 'azure-code.vm-gone' } },
      ],
    );
  });

  it('says of a vault what is not known of it, which is no “no”', async () => {
    const { items } = await fleetList.answer(contextOf({ vaults: [aVault()] }), { part: 'vaults' });
    assert.equal(items?.[0]?.tone, 'unknown');
    assert.equal(items?.[0]?.details?.length, 1);
  });

  it('counts nothing that Azure would not show to the person', async () => {
    const all = { ...troubles.unprotected, jobs: [aJobSummary({ status: 'Failed' })], holds: async () => false };
    const { counts } = await counted({ ...all, snapshots: [aSnapshot()] });
    assert.deepEqual(
      Object.values(counts).filter((count) => count > 0),
      [],
    );
  });

  it('does not know of a VM whose vault the person may not read, and names the vault', async () => {
    const holds: Estate['holds'] = async (_who, { action }) => !/vaults/i.test(action);
    const { answer, counts } = await counted({ holds });
    assert.deepEqual([counts.protected, counts.unprotected, counts.unknown], [0, 0, 1]);
    assert.deepEqual(answer.notes?.[1], { message: 'fleet.summary.vault-unread', values: { vault: 'rsv-prod' } });
  });

  it('knows nothing of any VM where Azure Backup could not be looked at, and says so', async () => {
    const broken = async () => {
      throw new CatalogueError('azure-unavailable');
    };
    const context = stubContext({ inventory: { protectedItems: broken } });
    const { items, tone, notes } = await fleetSummary.answer(context, {});
    assert.equal(tone, 'warning');
    assert.equal((items ?? []).find(({ tone: of }) => of === 'unknown')?.opens?.parameters.part, 'unknown');
    assert.equal(JSON.stringify(notes).includes('fact.could-not-look'), true);
  });

  it('is asked of a subscription, a group, a region or a tag, and hands them on', async () => {
    const other = aVm({
      id: ids.vm.replace('rg-sql', 'rg-web'),
      name: 'web-01',
      location: 'northeurope',
      tags: { env: 'dev' },
    });
    const estate = { vms: [aVm({ tags: { Env: 'Prod' } }), other], items: [] };
    const scopes = [{ group: 'RG-SQL' }, { region: 'westeurope' }, { tag: 'env=prod' }];
    for (const scope of scopes) {
      const { answer, counts } = await counted(estate, scope);
      assert.equal(counts.unprotected, 1, JSON.stringify(scope));
      assert.deepEqual(answer.items?.[0]?.opens?.parameters, { part: 'unprotected', ...scope });
    }
    assert.equal((await counted(estate, { subscription: 'contoso' })).counts.unprotected, 2);
    assert.equal((await counted(estate, { subscription: 'other' })).counts.unprotected, 0);
  });

  it('asks for the rights of a subscription once, whatever is in it', async () => {
    const asked: string[] = [];
    const holds: Estate['holds'] = async (_who, { action, scope }) => {
      asked.push(`${action} ${scope}`);
      return true;
    };
    const vms = Array.from({ length: 50 }, (_, nth) => aVm({ id: ids.vm.replace('rg-sql', `rg-${nth}`) }));
    await counted({ vms, items: [], holds, snapshots: [aSnapshot()] });
    assert.equal(asked.length, 3);
  });
});
