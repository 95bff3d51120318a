import assert from 'node:assert/strict';
import { backupJobShow } from '../../src/operations/status/backup-job-show.ts';
import { aBackupJob, aJobSummary, ids, now, stubContext } from '../support/stub-azure.ts';

describe('backup-job.show', () => {
  it('tells tasks and progress of a running job', async () => {
    const job = async () => aBackupJob({ percent: 40, tasks: [{ name: 'Take Snapshot', state: 'succeeded' }] });
    const { sections, tone } = await backupJobShow.answer(stubContext({ backup: { job } }), { job: ids.job });
    assert.equal(tone, 'neutral');
    assert.match(JSON.stringify(sections), /Take Snapshot.*backup-job.show.succeeded.*"percent":40/);
  });

  it('tells no percentage where Azure gives none, whatever its tasks say', async () => {
    const job = async () => aBackupJob({ tasks: [{ name: 'Take Snapshot', state: 'succeeded' }] });
    const { sections } = await backupJobShow.answer(stubContext({ backup: { job } }), { job: ids.job });
    assert.doesNotMatch(JSON.stringify(sections), /percent/);
  });

  it('tells why a job failed in our words and Azure’s, with what Azure recommends and the correlation id', async () => {
    const fault = { status: 200, code: '400094', message: 'VM not found', correlationId: 'abc' };
    const job = async () => aBackupJob({ status: 'Failed', fault, recommendations: ['Look for the VM'] });
    const { sections, notes } = await backupJobShow.answer(stubContext({ backup: { job } }), { job: ids.job });
    assert.match(JSON.stringify(sections), /VM not found.*abc/);
    assert.deepEqual(notes, [{ message: 'azure-code.vm-gone.advice' }, 'Look for the VM']);
  });

  it('offers to cancel only while Azure’s job says so', async () => {
    for (const cancellable of [true, false]) {
      const job = async () => aBackupJob({ cancellable });
      const { suggestions } = await backupJobShow.answer(stubContext({ backup: { job } }), { job: ids.job });
      assert.equal(
        suggestions?.some(({ wish }) => wish.operation === 'backup-job.cancel'),
        cancellable,
      );
    }
  });

  it('offers the newest jobs and asks for the right at the job’s vault', async () => {
    const inventory = { jobs: async () => ({ value: [aJobSummary()], asOf: now.toISOString() }) };
    const choices = await backupJobShow.choices?.(stubContext({ inventory }), 'job', {});
    assert.deepEqual(
      choices?.map(({ value }) => value),
      [ids.job],
    );
    const [right] = await backupJobShow.rights(stubContext(), { job: ids.job });
    assert.equal(right?.scope, ids.vault);
  });
});
