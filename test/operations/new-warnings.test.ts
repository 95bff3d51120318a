import assert from 'node:assert/strict';
import { finding } from '../../src/operations/checks/check.ts';
import { changingOperations } from '../../src/operations/index.ts';
import { newWarnings } from '../../src/runs/drift.ts';
import { anItem, aReplica, aSnapshot, aVm, ids, now, someSettings, stubContext } from '../support/stub-azure.ts';
import { aCommitted, aPlan, aPlanOf, recoveryIds } from './support/recovery.ts';

type World = Parameters<typeof stubContext>[0];

/** What is true when it is agreed to, what is true at the start, and the warning that nobody has seen. */
interface Case {
  readonly operation: string;
  readonly warning: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly was?: World;
  readonly is: World;
}

const asOf = now.toISOString();
const scope = ids.vm.split('/providers')[0] ?? '';
const network = `${scope}/providers/Microsoft.Network/virtualNetworks/vnet-test`;
const point = 'latest-processed';
const vm = { vm: ids.vm };
const plan = { plan: recoveryIds.plan };

const replica = (change: Parameters<typeof aReplica>[0]): World => {
  const item = aReplica(change);
  return {
    inventory: { replicatedItems: async () => ({ value: [item], asOf }) },
    recovery: { item: async () => item, items: async () => [item], plan: async () => aPlan() },
  };
};
const power = (powerState: string): World => ({ compute: { vm: async () => aVm({ powerState }) } });
const snapshots = (others: number): World => ({
  compute: { snapshot: async () => aSnapshot() },
  inventory: {
    snapshotsOf: async () => ({
      value: [0, 1, 2].slice(0, others + 1).map((number) => aSnapshot({ id: `${ids.snapshot}${number || ''}` })),
      asOf,
    }),
  },
});
const homonym: World = {
  inventory: { vms: async () => ({ value: [aVm(), aVm({ id: ids.vm.replace('rg-sql', 'rg-b') })], asOf }) },
};
const committed = (uncommitted: boolean): World => {
  const items = [aCommitted(1), aCommitted(2, uncommitted ? { allowedOperations: ['Commit'] } : {})];
  return { recovery: { plan: async () => aPlanOf(items), items: async () => items } };
};

const cases: readonly Case[] = [
  {
    operation: 'failover.start',
    warning: 'still-up',
    parameters: { ...vm, source: 'gone', point: 'latest' },
    was: power('PowerState/deallocated'),
    is: power('PowerState/running'),
  },
  {
    operation: 'failover.start',
    warning: 'unhealthy',
    parameters: { ...vm, source: 'shut-down', point: 'latest' },
    is: replica({ replicationHealth: 'Critical' }),
  },
  {
    operation: 'failover.test',
    warning: 'unhealthy',
    parameters: { ...vm, point: 'latest', network },
    is: replica({ replicationHealth: 'Critical' }),
  },
  {
    operation: 'failover.test',
    warning: 'into-production',
    parameters: { ...vm, point: 'latest', network },
    is: replica({ recoveryNetworkId: network }),
  },
  {
    operation: 'plan.test-failover',
    warning: 'into-production',
    parameters: { ...plan, point, network },
    was: replica({}),
    is: replica({ recoveryNetworkId: network }),
  },
  {
    operation: 'plan.failover',
    warning: 'old-point',
    parameters: { ...plan, source: 'shut-down', point },
    was: replica({ policyId: '/p' }),
    is: replica({ policyId: '/p', rpoSeconds: 9000 }),
  },
  {
    operation: 'plan.reprotect',
    warning: 'not-committed',
    parameters: { ...plan, items: ['r1'] },
    was: committed(false),
    is: committed(true),
  },
  {
    operation: 'snapshot.delete',
    warning: 'only',
    parameters: { snapshot: ids.snapshot },
    was: snapshots(1),
    is: snapshots(0),
  },
  {
    operation: 'backup.start',
    warning: 'same-name',
    parameters: { ...vm, keepUntil: '2026-03-20T00:00:00.000Z' },
    is: homonym,
  },
  {
    operation: 'backup.start',
    warning: 'last-failed',
    parameters: { ...vm, keepUntil: '2026-03-20T00:00:00.000Z' },
    is: { backup: { item: async () => anItem({ lastBackupStatus: 'Failed' }) } },
  },
  {
    operation: 'protection.stop-delete',
    warning: 'final',
    parameters: vm,
    was: { backup: { vault: async () => someSettings({ softDelete: 'on', immutability: 'off' }) } },
    is: { backup: { vault: async () => someSettings({ softDelete: 'off', immutability: 'off' }) } },
  },
];

async function findings({ operation: id, parameters }: Case, world: World = {}) {
  const operation = changingOperations.get(id) ?? assert.fail(id);
  const context = stubContext(world);
  return await operation.checks(context, parameters, await operation.preview(context, parameters));
}

describe('a warning that came since it was agreed to', () => {
  for (const one of cases)
    it(`supersedes ${one.operation}: ${one.warning}`, async () => {
      const [was, is] = [await findings(one, one.was), await findings(one, one.is)];
      assert.deepEqual(newWarnings(was, was), [], 'nothing is new without it');
      const told = newWarnings(was, is).map(({ now: text }) => text.message.split('.').at(-1));
      assert.deepEqual(told, [one.warning]);
      assert.deepEqual(newWarnings(is, was), [], 'that it went away is no reason to stop');
    });

  it('is none where nobody could look this time', () => {
    const unread = finding('not-looked', { why: 'Azure is silent', where: 'the quota' });
    assert.deepEqual(newWarnings([], [{ ...unread, unseen: true }]), []);
    assert.equal(newWarnings([], [unread]).length, 1);
  });

  it('is the same one with an older point, or with less left of a limit', async () => {
    const [old = assert.fail('no case')] = cases.filter(({ warning }) => warning === 'old-point');
    const was = await findings(old, old.is);
    const is = await findings(old, replica({ policyId: '/p', rpoSeconds: 9900 }));
    assert.notDeepEqual(was, is);
    assert.deepEqual(newWarnings(was, is), []);
  });
});
