import assert from 'node:assert/strict';
import { refusal, vaultId, withArm } from './support/ports.ts';
import { type Simulated, withSimulator } from './support/simulated.ts';

async function vaultNamed({ ports }: Simulated, name: string): Promise<string> {
  const found = (await ports.inventory.vaults()).value.find((vault) => vault.name === name);
  return found?.id ?? assert.fail(`no vault ${name}`);
}

describe('what Azure Backup tells of a vault', () => {
  it('its redundancy, soft delete and immutability come from the vault itself', async () => {
    await withSimulator(async (simulated) => {
      const vault = await simulated.ports.backup.vault(await vaultNamed(simulated, 'rsv-prod-weu'));
      const { redundancy, crossRegionRestore, softDelete, softDeleteDays, immutability } = vault;
      assert.deepEqual(
        { redundancy, crossRegionRestore, softDelete, softDeleteDays, immutability },
        {
          redundancy: 'GeoRedundant',
          crossRegionRestore: true,
          softDelete: 'always',
          softDeleteDays: 14,
          immutability: 'unlocked',
        },
      );
    });
  });

  it('a setting that the answer lacks is not taken for its absence', async () => {
    await withArm(
      () => ({ body: { id: vaultId, name: 'rsv-weu', location: 'westeurope', properties: {} } }),
      async ({ ports }) => {
        const { softDelete, redundancy } = await ports.backup.vault(vaultId);
        assert.deepEqual([softDelete, redundancy], ['unknown', undefined]);
      },
    );
  });

  it('its Resource Guard is named with what it protects, and there is none where multi-user authorization is off', async () => {
    await withSimulator(async (simulated) => {
      assert.equal(await simulated.ports.backup.guardOf(await vaultNamed(simulated, 'rsv-prod-weu')), undefined);
    });
    const guard = '/subscriptions/s/resourceGroups/rg-guard/providers/Microsoft.DataProtection/resourceGuards/rg-prod';
    const vaultCriticalOperation =
      'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/delete';
    const properties = { resourceGuardResourceId: guard, resourceGuardOperationDetails: [{ vaultCriticalOperation }] };
    await withArm(
      () => ({ body: { value: [{ id: `${vaultId}/backupResourceGuardProxies/VaultProxy`, properties }] } }),
      async ({ ports }) => {
        assert.deepEqual(await ports.backup.guardOf(vaultId), {
          id: guard,
          name: 'rg-prod',
          protects: [vaultCriticalOperation],
        });
      },
    );
  });

  it('its policies tell how often and how long', async () => {
    await withSimulator(async (simulated) => {
      const policies = await simulated.ports.backup.policies(await vaultNamed(simulated, 'rsv-prod-weu'));
      assert.deepEqual(
        policies.map(({ name, enhanced, frequency, retentionDays, instantDays }) => [
          name,
          enhanced,
          frequency,
          retentionDays,
          instantDays,
        ]),
        [
          ['DefaultPolicy', false, 'Daily', 30, 5],
          ['EnhancedPolicy', true, 'Hourly', 30, 7],
          ['prod-daily-30d', false, 'Daily', 30, 5],
        ],
      );
    });
  });
});

describe('what Azure Backup tells of its jobs', () => {
  it('a running backup may be cancelled and has tasks when it is read alone; one that is over may not', async () => {
    await withSimulator(async (simulated) => {
      const { ports, clock, vmNamed, follow } = simulated;
      const { itemId = '' } = await ports.backup.protectionOf(await vmNamed('sql-prod-01'));
      const since = clock.now().toISOString();
      const expiresAt = new Date(clock.now().getTime() + 86_400_000 * 30).toISOString();
      const vault = await vaultNamed(simulated, 'rsv-prod-weu');
      const started = await ports.backup.start(itemId, {
        expiresAt,
        clientRequestId: 'c0000000-0000-4000-8000-000000000001',
      });
      const [job] = await ports.backup.jobs(vault, since);
      assert.deepEqual(
        [job?.operation, job?.status, job?.target, job?.cancellable],
        ['Backup', 'InProgress', 'sql-prod-01', true],
      );
      const alone = await ports.backup.job(job?.id ?? '');
      assert.deepEqual(
        alone.tasks.map(({ name }) => name),
        ['Take Snapshot', 'Transfer data to vault'],
      );
      await follow(started);
      const over = await ports.backup.job(job?.id ?? '');
      assert.deepEqual([over.status, over.cancellable], ['Completed', false]);
      assert.ok(over.endedAt);
    });
  });

  it('Azure’s number for "cancellable" counts like the word', async () => {
    const properties = { jobType: 'AzureIaaSVMJob', status: 'InProgress', operation: 'Backup', actionsInfo: [1] };
    await withArm(
      () => ({ body: { id: `${vaultId}/backupJobs/j`, name: 'j', properties } }),
      async ({ ports }) => assert.equal((await ports.backup.job(`${vaultId}/backupJobs/j`)).cancellable, true),
    );
  });

  it('are not asked for when Azure has said that it is enough', async () => {
    await withArm(
      () => ({ status: 429, headers: { 'retry-after': '300' }, body: refusal('ResourceRequestsThrottled', 'enough') }),
      async ({ arm, ports }) => {
        const ask = () => ports.backup.jobs(vaultId, '2026-01-10T00:00:00Z');
        await assert.rejects(ask(), { code: 'azure-throttled' });
        await assert.rejects(ask(), { code: 'azure-throttled' });
        assert.equal(arm.received.length, 1);
      },
    );
  });
});

describe('all snapshots', () => {
  it('come newest first, those of disks that are gone too', async () => {
    await withSimulator(async ({ ports }) => {
      const { value } = await ports.inventory.snapshots();
      assert.deepEqual(
        value.map(({ name }) => name),
        ['web-prod-01-before-patch', 'legacy-fs-01-before-patch'],
      );
    });
  });
});

describe('the jobs of all vaults', () => {
  it('come from Resource Graph, of both services, newest first, and cost no read of jobs', async () => {
    await withSimulator(async ({ ports, simulator, vmNamed, clock }) => {
      const { itemId = '' } = await ports.backup.protectionOf(await vmNamed('sql-prod-01'));
      const expiresAt = new Date(clock.now().getTime() + 86_400_000).toISOString();
      await ports.backup.start(itemId, { expiresAt, clientRequestId: 'c0000000-0000-4000-8000-000000000001' });
      const { value } = await ports.inventory.jobs();
      const [newest] = value;
      assert.deepEqual([newest?.service, newest?.operation, newest?.target], ['backup', 'Backup', 'sql-prod-01']);
      assert.match(newest?.vaultId ?? '', /\/vaults\/rsv-prod-weu$/);
      const reads = (await simulator.control.log()).filter(({ path }) => /\/(backup|replication)Jobs/i.test(path));
      assert.equal(reads.length, 0);
    });
  });
});
