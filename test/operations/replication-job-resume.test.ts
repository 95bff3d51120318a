import assert from 'node:assert/strict';
import { replicationJobResume } from '../../src/operations/recovery/replication-job-resume.ts';
import { aJobSummary, execution, now, stubContext } from '../support/stub-azure.ts';
import { aReplicationEnd, aReplicationJob, recoveryIds, sentBy } from './support/recovery.ts';

const request = { job: recoveryIds.job, comment: 'looked at it', step: 'Check' };
const contextWith = (job = aReplicationJob()) => stubContext({ recovery: { job: async () => job } });
const over = aReplicationJob({ status: 'Succeeded', allowedActions: [], tasks: [] });

async function check(job: ReturnType<typeof aReplicationJob>) {
  const context = contextWith(job);
  const found = await replicationJobResume.checks(
    context,
    request,
    await replicationJobResume.preview(context, request),
  );
  return found.map(({ id }) => id);
}

describe('replication-job.resume', () => {
  it('names the action that is waited for, with its instructions', async () => {
    const given = await replicationJobResume.defaults?.(contextWith(), { job: recoveryIds.job });
    assert.deepEqual(given, { step: 'Check' });
    const { facts } = await replicationJobResume.preview(contextWith(), request);
    assert.match(JSON.stringify(facts), /Check.*Look at the database.*looked at it/);
  });

  it('is blocked when the job waits for nobody, or for another action', async () => {
    assert.deepEqual(await check(aReplicationJob()), ['ready']);
    assert.deepEqual(await check(over), ['not-waiting']);
    const tasks = [{ name: 'Other', state: 'running', waits: true, tasks: [] }] as const;
    assert.deepEqual(await check(aReplicationJob({ tasks })), ['not-waiting']);
  });

  it('offers the jobs that wait before any other', async () => {
    const job = aJobSummary({ service: 'replication' });
    const value = [job, { ...job, id: recoveryIds.job, status: 'Suspended' }];
    const inventory = { jobs: async () => ({ value, asOf: now.toISOString() }) };
    const choices = await replicationJobResume.choices?.(stubContext({ inventory }), 'job', {});
    assert.deepEqual(
      choices?.map((choice) => choice.value),
      [recoveryIds.job],
    );
  });

  it('leaves the comment, the run and the person in Azure’s record', async () => {
    const { sent, stub } = sentBy('actOnJob');
    await replicationJobResume.submit(stubContext({ recovery: stub }), request, execution);
    const comments = 'looked at it (Vaultkeeper run 4F7K, Ana)';
    assert.deepEqual(sent, [{ action: 'Resume', comments, clientRequestId: execution.clientRequestId }]);
  });

  it('is sent again after a crash only while the job still waits for that action', async () => {
    const found = (job: ReturnType<typeof aReplicationJob>) =>
      replicationJobResume.findSubmitted(contextWith(job), request, execution);
    assert.equal(await found(aReplicationJob()), 'nothing');
    assert.deepEqual(await found(over), { kind: 'replication', vaultId: recoveryIds.vault, jobId: 'j1' });
  });

  it('lets a second action of the same job be completed while the first run follows it', () => {
    assert.notDeepEqual(
      replicationJobResume.targets(request),
      replicationJobResume.targets({ ...request, step: 'Other' }),
    );
  });

  it('does not claim success for a job that failed', async () => {
    const outcome = await replicationJobResume.result(contextWith(over), request, execution, aReplicationEnd('failed'));
    assert.equal(outcome.sentence.message, 'replication-job.resume.failed');
  });
});
