import assert from 'node:assert/strict';
import { z } from 'zod';
import type { Inventory } from '../../src/azure/ports.ts';
import type { Received } from './support/fake-arm.ts';
import { diskId, replicatedId, subscriptionId, vaultId, vmId, withArm } from './support/ports.ts';

const query = z.object({
  subscriptions: z.array(z.string()),
  query: z.string(),
  options: z.object({ $top: z.number(), $skipToken: z.string().optional(), resultFormat: z.string() }),
});

function queryOf(request: Received | undefined) {
  return query.parse(request?.body);
}

async function answerTo<T>(row: object, ask: (inventory: Inventory) => Promise<T>): Promise<T> {
  const answers: T[] = [];
  await withArm(
    () => ({ body: { totalRecords: 1, count: 1, data: [row], facets: [], resultTruncated: 'false' } }),
    async ({ ports }) => {
      answers.push(await ask(ports.inventory));
    },
  );
  const [only] = answers;
  assert.ok(only);
  return only;
}

const named = { id: vmId, name: 'sql-01', resourceGroup: 'rg-sql', subscriptionId, location: 'westeurope' };

describe('the inventory', () => {
  it('keeps what many rows say once, and changes none of it', async () => {
    const rows = ['a', 'b'].map((name) => ({
      ...named,
      id: `${vmId}-${name}`,
      tags: { environment: 'production', owner: 'a team with a long name' },
    }));
    await withArm(
      () => ({ body: { data: rows } }),
      async ({ ports }) => {
        const [first, second] = (await ports.inventory.vms()).value;
        assert.deepEqual(first?.tags, { environment: 'production', owner: 'a team with a long name' });
        assert.equal(first?.tags, second?.tags, 'one object for both');
        assert.deepEqual([first?.id, second?.id], [`${vmId}-a`, `${vmId}-b`]);
      },
    );
  });

  it('asks Resource Graph for the configured subscriptions, a thousand rows at a time, by name', async () => {
    await withArm(
      () => ({ body: { data: [] } }),
      async ({ arm, ports }) => {
        const { inventory } = ports;
        await inventory.vms();
        await inventory.vaults();
        await inventory.protectedItems();
        await inventory.replicatedItems();
        await inventory.snapshotsOf([diskId]);
        await inventory.networks('northeurope');
        const asked = arm.received.map(queryOf);
        assert.deepEqual(
          asked.map((one) => one.query.split('\n')[0]),
          ['virtual-machines', 'vaults', 'protected-items', 'replicated-items', 'snapshots', 'networks'].map(
            (name) => `// q:${name}`,
          ),
        );
        for (const one of asked) {
          assert.deepEqual(one.subscriptions, [subscriptionId]);
          assert.deepEqual([one.options.$top, one.options.resultFormat], [1000, 'objectArray']);
        }
      },
    );
  });

  it('holds a VM that reads the same again once, and one that has changed anew', async () => {
    let power = 'PowerState/running';
    const rowsNow = () => [
      { ...named, tags: { env: 'prod' }, diskIds: ['os'] },
      { ...named, id: `${vmId}-b`, powerState: power },
    ];
    await withArm(
      () => ({ body: { data: rowsNow() } }),
      async ({ ports, clock }) => {
        const [first, second] = (await ports.inventory.vms()).value;
        power = 'PowerState/deallocated';
        clock.advance(60);
        const [again, changed] = (await ports.inventory.vms()).value;
        assert.equal(again, first);
        assert.deepEqual([second?.powerState, changed?.powerState], ['PowerState/running', power]);
      },
    );
  });

  it('asks once for what several ask at the same time, and again later', async () => {
    await withArm(
      () => ({ body: { data: [] } }),
      async ({ arm, ports, clock }) => {
        await Promise.all([ports.inventory.vms(), ports.inventory.vms(), ports.inventory.vaults()]);
        assert.equal(arm.received.length, 2);
        clock.advance(15);
        await ports.inventory.vms();
        assert.equal(arm.received.length, 3);
      },
    );
  });

  it('knows a VM with the tags it has and the disks in order', async () => {
    const row = {
      ...named,
      osType: 'windows',
      powerState: 'PowerState/running',
      vmSize: 's',
      tags: null,
      diskIds: ['os', 'data', ''],
    };
    const { value } = await answerTo(row, (inventory) => inventory.vms());
    assert.deepEqual(value, [
      { ...named, osType: 'Windows', powerState: 'PowerState/running', tags: {}, diskIds: ['os', 'data'] },
    ]);
  });

  it('knows a protected item, and takes empty texts and the year 1 as unknown', async () => {
    const row = {
      id: 'item',
      vaultId,
      datasourceId: vmId.toLowerCase(),
      friendlyName: 'sql-01',
      protectionState: 'IRPending',
      healthStatus: '',
      lastBackupStatus: '',
      lastBackupTime: '0001-01-01T00:00:00',
      lastRecoveryPoint: '',
      policyName: 'DefaultPolicy',
      isScheduledForDeferredDelete: null,
      deferredDeleteTimeInUTC: '',
    };
    const { value } = await answerTo(row, (inventory) => inventory.protectedItems());
    assert.deepEqual(value, [
      {
        id: 'item',
        vaultId,
        vmId: vmId.toLowerCase(),
        friendlyName: 'sql-01',
        protectionState: 'IRPending',
        policyName: 'DefaultPolicy',
        softDeleted: false,
      },
    ]);
  });

  it('knows a soft-deleted item and when it was deleted', async () => {
    const row = {
      id: 'item',
      vaultId,
      datasourceId: vmId,
      protectionState: 'ProtectionStopped',
      isScheduledForDeferredDelete: 'true',
      deferredDeleteTimeInUTC: '2026-01-20T00:00:00Z',
    };
    const { value } = await answerTo(row, (inventory) => inventory.protectedItems());
    assert.deepEqual(
      [value[0]?.softDeleted, value[0]?.deletedAt, value[0]?.friendlyName],
      [true, '2026-01-20T00:00:00.000Z', 'sql-01'],
    );
  });

  it('knows a replicated item, of which the RPO may not be measured yet', async () => {
    const row = {
      id: replicatedId,
      vaultId,
      name: 'erp-01',
      friendlyName: 'erp-prod-01',
      datasourceId: vmId,
      protectionState: 'Protected',
      replicationHealth: 'Normal',
      testFailoverState: 'None',
      activeLocation: 'Primary',
      rpoInSeconds: null,
      lastSuccessfulTestFailoverTime: '2026-01-01T10:00:00Z',
    };
    const { value } = await answerTo(row, (inventory) => inventory.replicatedItems());
    const { datasourceId, rpoInSeconds, lastSuccessfulTestFailoverTime, ...same } = row;
    assert.deepEqual(value, [{ ...same, vmId: datasourceId, lastTestFailover: '2026-01-01T10:00:00.000Z' }]);
    assert.deepEqual([rpoInSeconds, lastSuccessfulTestFailoverTime], [null, '2026-01-01T10:00:00Z']);
  });

  it('gives the snapshots of the disks that were asked for, newest first, in any casing', async () => {
    const row = (name: string, sourceResourceId: string, timeCreated: string) => ({
      ...{
        ...named,
        id: name,
        name,
        sourceResourceId,
        timeCreated,
        diskSizeGB: 128,
        incremental: 1,
        tags: { run: '4F7K' },
      },
    });
    const data = [
      row('old', diskId.toUpperCase(), '2026-01-01T00:00:00Z'),
      row('new', diskId, '2026-01-02T00:00:00Z'),
      row('alien', `${diskId}-other`, '2026-01-03T00:00:00Z'),
    ];
    await withArm(
      () => ({ body: { data } }),
      async ({ arm, ports }) => {
        const { value } = await ports.inventory.snapshotsOf([diskId]);
        assert.deepEqual(
          value.map(({ name, incremental, sizeGib }) => [name, incremental, sizeGib]),
          [
            ['new', true, 128],
            ['old', true, 128],
          ],
        );
        assert.match(queryOf(arm.received[0]).query, /in~ \('\/subscriptions\/[^']+sql-01-os'\)/);
      },
    );
  });

  it('asks nothing when there are no disks, and in parts when there are many', async () => {
    await withArm(
      () => ({ body: { data: [] } }),
      async ({ arm, ports }) => {
        assert.deepEqual((await ports.inventory.snapshotsOf([])).value, []);
        assert.equal(arm.received.length, 0);
        await ports.inventory.snapshotsOf(Array.from({ length: 250 }, (_, nth) => `${diskId}-${nth}`));
        assert.equal(arm.received.length, 3);
      },
    );
  });

  it('knows the networks of a region with the names of their subnets, as Azure and as the simulator nest them', async () => {
    const subnets = [
      { name: 'snet-a', addressPrefix: '10.0.0.0/24' },
      { name: 'snet-b', properties: { addressPrefix: '10.0.1.0/24' } },
    ];
    const row = { ...named, tags: {}, subnets };
    const { value } = await answerTo(row, (inventory) => inventory.networks('WestEurope'));
    assert.deepEqual(value[0]?.subnets, ['snet-a', 'snet-b']);
  });
});
