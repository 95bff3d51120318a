import assert from 'node:assert/strict';
import type { BackupJob } from '../../src/azure/types.ts';
import { backupJobCancel } from '../../src/operations/backup/backup-job-cancel.ts';
import { aBackupJob, aJob, aJobSummary, anItem, execution, ids, now, stubContext } from '../support/stub-azure.ts';

const parameters = { job: ids.job };

async function finding(change: Partial<BackupJob>) {
  const context = stubContext({ backup: { job: async () => aBackupJob(change) } });
  const preview = await backupJobCancel.preview(context, parameters);
  return (await backupJobCancel.checks(context, parameters, preview)).map(({ id }) => id);
}

describe('backup-job.cancel', () => {
  it('is possible only while the job says so, and not during the transfer', async () => {
    assert.deepEqual(await finding({}), ['ready']);
    assert.deepEqual(await finding({ cancellable: false }), ['not-cancellable']);
    assert.deepEqual(await finding({ status: 'Completed', cancellable: false }), ['not-running']);
    const tasks = [{ name: 'Transfer data to vault', state: 'running' }] as const;
    assert.deepEqual(await finding({ tasks }), ['transferring']);
  });

  it('is called by the VM, not by the job’s own id', async () => {
    const context = stubContext({ backup: { job: async () => aBackupJob({ target: 'sql-prod-01' }) } });
    assert.equal((await backupJobCancel.preview(context, parameters)).target, 'sql-prod-01');
  });

  it('touches the VM and the vault of the job, so that every rule about them counts', async () => {
    const item = anItem({ friendlyName: 'SQL-01' });
    const other = anItem({ friendlyName: 'sql-02' });
    const context = stubContext({
      backup: { job: async () => aBackupJob({ target: 'sql-01' }) },
      inventory: { protectedItems: async () => ({ value: [item, other], asOf: now.toISOString() }) },
    });
    const { resources } = await backupJobCancel.preview(context, parameters);
    assert.deepEqual(resources.slice(1), [ids.vault, item.id, item.vmId]);
  });

  it('offers running backups and restores only', async () => {
    const value = [
      aJobSummary(),
      aJobSummary({ status: 'Completed' }),
      aJobSummary({ operation: 'ConfigureBackup' }),
      aJobSummary({ service: 'replication' }),
    ];
    const context = stubContext({ inventory: { jobs: async () => ({ value, asOf: now.toISOString() }) } });
    assert.equal((await backupJobCancel.choices?.(context, 'job', {}))?.length, 1);
  });

  it('says at once when no job can be cancelled, instead of asking which', async () => {
    const value = [aJobSummary({ status: 'Completed' })];
    const context = stubContext({ inventory: { jobs: async () => ({ value, asOf: now.toISOString() }) } });
    await assert.rejects(Promise.resolve(backupJobCancel.choices?.(context, 'job', {})), {
      code: 'no-backup-job-running',
    });
  });

  it('finds out from the job itself whether the request arrived', async () => {
    const found = async (status: string) =>
      await backupJobCancel.findSubmitted(
        stubContext({ backup: { job: async () => aBackupJob({ status }) } }),
        parameters,
        execution,
      );
    assert.equal(await found('InProgress'), 'nothing');
    const ref = { kind: 'backup-cancel', vaultId: ids.vault, operationId: '', jobId: 'j' };
    assert.deepEqual(await found('Cancelling'), ref);
  });

  it('reminds of the missing point after a backup, not after a restore', async () => {
    const left = async (operation: string) =>
      (
        await backupJobCancel.result(
          stubContext({ backup: { job: async () => aBackupJob({ operation }) } }),
          parameters,
          execution,
          aJob('succeeded'),
        )
      ).leftToDo.length;
    assert.deepEqual([await left('Backup'), await left('Restore')], [1, 0]);
  });
});
