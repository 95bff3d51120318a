import assert from 'node:assert/strict';
import type { Received, Reply } from './support/fake-arm.ts';
import { itemId, replicatedId, vaultId, withArm } from './support/ports.ts';

const since = '2026-01-10T07:59:30.500Z';

function job(name: string, properties: object) {
  return { id: `${vaultId}/backupJobs/${name}`, name, properties: { jobType: 'AzureIaaSVMJob', ...properties } };
}

const containerName = 'iaasvmcontainerv2;RG-SQL;sql-01';
const startTime = '2026-01-10T07:59:45Z';

describe('backups that somebody has started since a moment', () => {
  it('are those of the item, by a user, not older: by the container, because names of VMs repeat', async () => {
    const value = [
      job('ours', { containerName, startTime, isUserTriggered: true, entityFriendlyName: 'sql-01' }),
      job('of-the-schedule', { containerName, startTime, isUserTriggered: false }),
      job('does-not-say', { containerName, startTime }),
      job('of-the-same-name', {
        containerName: 'iaasvmcontainerv2;rg-crm;sql-01',
        startTime,
        entityFriendlyName: 'sql-01',
      }),
      job('by-friendly-name', { startTime, entityFriendlyName: 'SQL-01' }),
      job('of-another', { startTime, entityFriendlyName: 'l-01' }),
      job('too-early', { containerName, startTime: '2026-01-10T07:59:30.400Z' }),
      job('without-start', { containerName, startTime: '0001-01-01T00:00:00' }),
    ];
    await withArm(
      () => ({ body: { value } }),
      async ({ arm, ports }) => {
        const found = await ports.backup.backupsSince(itemId, since);
        assert.deepEqual(
          found.map((ref) => ref.kind === 'backup' && ref.jobId),
          ['ours', 'does-not-say', 'by-friendly-name'],
        );
        assert.deepEqual(found[0], { kind: 'backup', vaultId, operationId: '', jobId: 'ours' });
        assert.equal(
          arm.received[0]?.query.get('$filter'),
          "operation eq 'Backup' and backupManagementType eq 'AzureIaasVM' and startTime eq '2026-01-10 07:59:30 AM' and endTime eq '2026-01-11 08:00:00 AM'",
        );
      },
    );
  });

  it('are looked for on every page', async () => {
    const nextLink = `https://management.azure.com${vaultId}/backupJobs?api-version=2023-06-01&$skipToken=2`;
    const pages = [
      { value: [], nextLink },
      { value: [job('late', { containerName, startTime })], nextLink: null },
    ];
    await withArm(
      ({ query }): Reply => ({ body: query.has('$skipToken') ? pages[1] : pages[0] }),
      async ({ ports }) => assert.equal((await ports.backup.backupsSince(itemId, since)).length, 1),
    );
  });

  it('cannot be looked for when the reads of the hour are used up, and nobody pretends that there are none', async () => {
    await withArm(
      () => ({ body: { value: [] } }),
      async ({ arm, ports }) => {
        await ports.backup.backupsSince(itemId, since);
        await assert.rejects(ports.backup.backupsSince(itemId, since), { code: 'azure-throttled' });
        assert.equal(arm.received.length, 1);
      },
      { jobReadsPerHour: 2 },
    );
  });
});

describe('Site Recovery jobs since a moment', () => {
  const replication = (name: string, properties: object) => ({
    name,
    properties: { scenarioName: 'TestFailover', startTime, ...properties },
  });
  const jobs = [
    replication('by-id', { targetObjectId: replicatedId.toUpperCase() }),
    replication('by-name', { targetObjectId: 'ERP-01' }),
    replication('by-vm', { targetObjectId: 'some-guid', targetObjectName: 'erp-prod-01' }),
    replication('of-another', { targetObjectId: 'other', targetObjectName: 'erp-prod-02' }),
    replication('another-scenario', { targetObjectId: 'erp-01', scenarioName: 'TestFailoverCleanup' }),
    replication('too-early', { targetObjectId: 'erp-01', startTime: '2026-01-10T07:59:30.400Z' }),
  ];
  const answer = ({ path }: Received): Reply =>
    path.endsWith('/replicationJobs')
      ? { body: { value: jobs } }
      : { body: { id: replicatedId, name: 'erp-01', properties: { friendlyName: 'erp-prod-01' } } };

  it('are those of the item and the scenario, not older', async () => {
    await withArm(answer, async ({ arm, ports }) => {
      const found = await ports.recovery.jobsSince(replicatedId, 'TestFailover', since);
      assert.deepEqual(
        found.map((ref) => ref.kind === 'replication' && ref.jobId),
        ['by-id', 'by-name', 'by-vm'],
      );
      const list = arm.received.find(({ path }) => path.endsWith('/replicationJobs'));
      assert.equal(
        list?.query.get('$filter'),
        "StartTime eq '2026-01-10T07:59:30.500Z' and EndTime eq '2026-01-11T08:00:00.000Z'",
      );
    });
  });
});

describe('durations of the past', () => {
  const value = [
    job('a', { startTime: '2026-01-08T01:00:00Z', endTime: '2026-01-08T01:40:00Z' }),
    job('b', { startTime: '2026-01-09T01:00:00Z', endTime: '2026-01-09T01:30:00Z' }),
    job('c', { startTime: '2026-01-09T02:00:00Z', endTime: '0001-01-01T00:00:00' }),
  ];

  it('are those of completed jobs, newest first, and kept for ten minutes', async () => {
    await withArm(
      () => ({ body: { value } }),
      async ({ arm, clock, ports }) => {
        assert.deepEqual(await ports.backup.pastDurations(vaultId, 'Backup'), [1800, 2400]);
        assert.match(
          arm.received[0]?.query.get('$filter') ?? '',
          /^operation eq 'Backup' and status eq 'Completed' and /,
        );
        clock.advance(590);
        await ports.backup.pastDurations(vaultId.toUpperCase(), 'Backup');
        assert.equal(arm.received.length, 1);
        await ports.backup.pastDurations(vaultId, 'Restore');
        clock.advance(11);
        await ports.backup.pastDurations(vaultId, 'Backup');
        assert.equal(arm.received.length, 3);
      },
    );
  });

  it('are of the scenario that was asked for, of single VMs or of whole plans', async () => {
    const jobs = [
      { name: 'a', properties: { scenarioName: 'TestFailover', startTime, endTime: '2026-01-10T08:01:45Z' } },
      { name: 'b', properties: { scenarioName: 'EnableDr', startTime, endTime: '2026-01-10T08:59:45Z' } },
      {
        name: 'c',
        properties: {
          scenarioName: 'TestFailover',
          targetInstanceType: 'RecoveryPlan',
          startTime,
          endTime: '2026-01-10T08:03:45Z',
        },
      },
    ];
    await withArm(
      () => ({ body: { value: jobs } }),
      async ({ ports }) => {
        assert.deepEqual(await ports.recovery.pastDurations(vaultId, 'TestFailover', 'vms'), [120]);
        assert.deepEqual(await ports.recovery.pastDurations(vaultId, 'TestFailover', 'plans'), [240]);
      },
    );
  });

  it('are read from one page only, and are unknown when the budget is lean', async () => {
    const nextLink = `https://management.azure.com${vaultId}/backupJobs?api-version=2023-06-01&$skipToken=2`;
    await withArm(
      () => ({ body: { value, nextLink } }),
      async ({ arm, ports }) => {
        assert.equal((await ports.backup.pastDurations(vaultId, 'Backup')).length, 2);
        assert.equal(arm.received.length, 1);
        assert.deepEqual(await ports.backup.pastDurations(vaultId, 'Restore'), []);
        assert.equal(arm.received.length, 1);
      },
      { jobReadsPerHour: 3 },
    );
  });
});

describe('recovery points in a range', () => {
  const point = (name: string, recoveryPointTime: string, more: object = {}) => ({
    id: `${itemId}/recoveryPoints/${name}`,
    name,
    properties: { objectType: 'IaasVMRecoveryPoint', recoveryPointType: 'CrashConsistent', recoveryPointTime, ...more },
  });
  const deleted = { recoveryPointTierDetails: [{ type: 'InstantRP', status: 'Deleted' }] };
  const value = [
    point('1', '2026-01-01T12:00:00Z'),
    point('3', '2026-01-03T12:00:00.5Z'),
    point('2', '2026-01-02T12:00:00Z', { recoveryPointTierDetails: [{ type: 'ArchivedRP', status: 'Rehydrated' }] }),
    point('gone', '2026-01-02T13:00:00Z', deleted),
  ];

  it('are newest first, with both ends, without those that no tier holds any longer', async () => {
    await withArm(
      () => ({ body: { value } }),
      async ({ arm, ports }) => {
        const until = '2026-01-03T12:00:00.500Z';
        const found = await ports.backup.recoveryPoints(itemId, { since: '2026-01-02T12:00:00.000Z', until });
        assert.deepEqual(
          found.map(({ name, tiers }) => [name, tiers]),
          [
            ['3', []],
            ['2', ['archive']],
          ],
        );
        assert.equal(
          arm.received[0]?.query.get('$filter'),
          "startDate eq '2026-01-02 12:00:00 PM' and endDate eq '2026-01-03 12:00:01 PM'",
        );
      },
    );
  });

  it('are all of them when no end is given', async () => {
    await withArm(
      () => ({ body: { value } }),
      async ({ arm, ports }) => {
        assert.equal((await ports.backup.recoveryPoints(itemId)).length, 3);
        assert.equal(arm.received[0]?.query.get('$filter'), null);
      },
    );
  });

  for (const [time, written] of [
    ['2026-01-02T00:00:00Z', '2026-01-02 12:00:00 AM'],
    ['2026-01-02T00:59:59Z', '2026-01-02 12:59:59 AM'],
    ['2026-01-02T11:05:09Z', '2026-01-02 11:05:09 AM'],
    ['2026-01-02T13:00:00Z', '2026-01-02 01:00:00 PM'],
    ['2026-01-02T23:00:00Z', '2026-01-02 11:00:00 PM'],
  ] as const) {
    it(`writes ${time} as Azure Backup's filters want it`, async () => {
      await withArm(
        () => ({ body: { value: [] } }),
        async ({ arm, ports }) => {
          await ports.backup.recoveryPoints(itemId, { since: time });
          assert.ok(arm.received[0]?.query.get('$filter')?.startsWith(`startDate eq '${written}' and `));
        },
      );
    });
  }
});
