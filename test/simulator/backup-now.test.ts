import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { startTestSimulator, type TestSimulator } from '../support/simulator.ts';
import { all, clientsOf, itemOf, minutes } from './clients.ts';

const sql = itemOf('rg-sql', 'sql-prod-01');
const [vault, group] = sql;

describe('a backup through the vendor client', () => {
  let simulator: TestSimulator;
  beforeEach(async () => {
    simulator = await startTestSimulator();
  });
  afterEach(() => simulator.close());

  async function trigger(): Promise<string> {
    const { backup } = clientsOf(simulator);
    let address = '';
    const body = { properties: { objectType: 'IaasVMBackupRequest' as const } };
    await backup.backups.trigger(...sql, body, {
      onResponse: (response) => {
        assert.equal(response.status, 202);
        address = response.headers.get('azure-asyncoperation') ?? '';
      },
    });
    return new URL(address).pathname.split('/').at(-1) ?? '';
  }

  async function jobOf(operation: string): Promise<string> {
    const { backup } = clientsOf(simulator);
    await simulator.control.advance(1000);
    const status = await backup.backupOperationStatuses.get(vault, group, operation);
    assert.equal(status.status, 'Succeeded');
    assert.equal(status.properties?.objectType, 'OperationStatusJobExtendedInfo');
    const { jobId } = status.properties as { jobId?: string };
    return jobId ?? assert.fail('the operation names no job');
  }

  it('goes from operation to job to tasks, and ends with one more recovery point', async () => {
    const { backup } = clientsOf(simulator);
    const before = await all(backup.recoveryPoints.list(...sql));
    const started = await simulator.control.now();
    const operation = await trigger();
    assert.equal((await backup.backupOperationStatuses.get(vault, group, operation)).status, 'InProgress');
    const job = await jobOf(operation);
    await simulator.control.advance(minutes(1));
    const running = (await backup.jobDetails.get(vault, group, job)).properties;
    assert.equal(running?.status, 'InProgress');
    assert.equal(running?.operation, 'Backup');
    await simulator.control.advance(minutes(7));
    const points = await all(backup.recoveryPoints.list(...sql));
    assert.equal(points.length, before.length + 1);
    const [newest] = points;
    assert.deepEqual(tiers(newest), ['InstantRP']);
    await simulator.control.advance(minutes(40));
    assert.equal((await backup.jobDetails.get(vault, group, job)).properties?.status, 'Completed');
    const [done] = await all(backup.recoveryPoints.list(...sql));
    assert.deepEqual(tiers(done), ['InstantRP', 'HardenedRP']);
    const time = (done?.properties as { recoveryPointTime?: Date } | undefined)?.recoveryPointTime ?? assert.fail();
    assert.ok(time.getTime() - started.getTime() < minutes(1), 'the point has the time of its snapshot');
  });

  it('accepts a second backup while one runs, and lets its job fail', async () => {
    const { backup } = clientsOf(simulator);
    await trigger();
    const second = await jobOf(await trigger());
    await simulator.control.advance(minutes(2));
    const job = (await backup.jobDetails.get(vault, group, second)).properties as {
      status?: string;
      errorDetails?: { errorTitle?: string }[];
    };
    assert.equal(job.status, 'Failed');
    assert.equal(job.errorDetails?.[0]?.errorTitle, 'UserErrorBackupOperationInProgress');
  });

  it('shows a wished failure on the job and on the item', async () => {
    const { backup } = clientsOf(simulator);
    await simulator.control.failJob({ verb: 'Backup', entity: 'sql-prod-01', code: 'UserErrorFsFreezeFailed' });
    const job = await jobOf(await trigger());
    await simulator.control.advance(minutes(2));
    assert.equal((await backup.jobDetails.get(vault, group, job)).properties?.status, 'Failed');
    const item = (await backup.protectedItems.get(...sql)).properties as { lastBackupStatus?: string };
    assert.equal(item.lastBackupStatus, 'Failed');
  });

  it('refuses an expiry in the past and an unknown item', async () => {
    const { backup } = clientsOf(simulator);
    const past = new Date('2020-01-01');
    const body = { properties: { objectType: 'IaasVMBackupRequest' as const, recoveryPointExpiryTimeInUTC: past } };
    await assert.rejects(backup.backups.trigger(...sql, body), { statusCode: 400, code: 'BMSUserErrorInvalidInput' });
    const nobody = itemOf('rg-sql', 'nobody');
    await assert.rejects(backup.backups.trigger(...nobody, { properties: { objectType: 'IaasVMBackupRequest' } }), {
      statusCode: 404,
      code: 'BMSUserErrorDataSourceObjectNotFound',
    });
  });
});

function tiers(point: { properties?: unknown } | undefined): (string | undefined)[] {
  const details = (point?.properties as { recoveryPointTierDetails?: { type?: string }[] } | undefined)
    ?.recoveryPointTierDetails;
  return (details ?? []).map((tier) => tier.type);
}
