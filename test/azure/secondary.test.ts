import assert from 'node:assert/strict';
import { nameOf, resourceGroupScopeOf } from '../../src/azure/arm-id.ts';
import { type Simulated, withSimulator } from './support/simulated.ts';

const clientRequestId = 'c0000000-0000-4000-8000-000000000001';

async function asked(simulated: Simulated) {
  const { ports } = simulated;
  const vm = await simulated.vmNamed('sql-prod-01');
  const { itemId = '' } = await ports.backup.protectionOf(vm);
  const [point] = await ports.backup.secondaryPoints(itemId);
  const [account] = await ports.backup.storageAccounts(vm.subscriptionId, 'northeurope');
  const common = { pointName: point?.name ?? '', vmId: vm.id, region: 'northeurope' };
  const target = { kind: 'disks', groupId: resourceGroupScopeOf(vm.id) } as const;
  const request = { ...common, stagingAccountId: account?.id ?? '', target, clientRequestId };
  return { vm, itemId, request };
}

describe('restores in the paired region', () => {
  it('begin from what has reached the vault; points that are only beside the disk are not there', async () => {
    await withSimulator(async (simulated) => {
      const { ports } = simulated;
      const { vm, itemId } = await asked(simulated);
      assert.equal(await ports.backup.pairedRegion(vm.subscriptionId, vm.location), 'northeurope');
      const [here, there] = [await ports.backup.recoveryPoints(itemId), await ports.backup.secondaryPoints(itemId)];
      assert.ok(there.length > 0 && there.every(({ tiers }) => !tiers.includes('instant')));
      const vaulted = here.filter(({ tiers }) => tiers.includes('vault')).map(({ id }) => nameOf(id));
      assert.deepEqual(
        there.map(({ id }) => nameOf(id)),
        vaulted,
      );
    });
  });

  it('are followed in that region, where the vault’s own list does not show them', async () => {
    await withSimulator(async (simulated) => {
      const { ports, follow, clock } = simulated;
      const since = clock.now().toISOString();
      const { itemId, request } = await asked(simulated);
      const ref = await ports.backup.restoreSecondary(itemId, request);
      const seen = await follow(ref);
      assert.deepEqual([seen[0]?.state, seen.at(-1)?.state], ['running', 'succeeded']);
      const last = seen.at(-1)?.ref;
      const found = await ports.backup.secondaryRestoresSince(itemId, 'northeurope', since);
      assert.deepEqual(
        found.map((one) => 'jobId' in one && one.jobId),
        [last !== undefined && 'jobId' in last && last.jobId],
      );
      assert.equal((await follow(found[0] ?? assert.fail())).at(-1)?.state, 'succeeded');
      const later = new Date(clock.now().getTime() + 1000).toISOString();
      assert.deepEqual(await ports.backup.secondaryRestoresSince(itemId, 'northeurope', later), []);
    });
  });

  it('send the token on and keep it nowhere', async () => {
    const lines: string[] = [];
    const azure = { log: (entry: object) => void lines.push(JSON.stringify(entry)) };
    await withSimulator(
      async (simulated) => {
        const { itemId, request } = await asked(simulated);
        const ref = await simulated.ports.backup.restoreSecondary(itemId, request);
        assert.ok(lines.some((line) => line.includes('accessToken')));
        for (const text of [JSON.stringify(ref), ...lines]) assert.doesNotMatch(text, /simulated\.[0-9a-f-]{36}/);
      },
      { azure },
    );
  });

  it('are refused by Azure where the vault keeps no copy to restore from', async () => {
    await withSimulator(async (simulated) => {
      const { ports } = simulated;
      const items = (await ports.inventory.protectedItems()).value;
      const refusals = await Promise.all(
        items.map(async ({ id, vaultId }) => {
          const { crossRegionRestore } = await ports.backup.vault(vaultId);
          if (crossRegionRestore) return undefined;
          return await ports.backup.secondaryPoints(id).then(
            () => 'none',
            (error: Error) => error.message,
          );
        }),
      );
      const told = refusals.filter((one) => one !== undefined);
      assert.ok(told.length > 0);
      for (const one of told) assert.match(one, /CrossRegionRestoreNotEnabled/);
    });
  });
});
