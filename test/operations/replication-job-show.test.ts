import assert from 'node:assert/strict';
import { replicationJobShow } from '../../src/operations/status/replication-job-show.ts';
import { aJobSummary, now, stubContext } from '../support/stub-azure.ts';
import { aReplicationJob, recoveryIds } from './support/recovery.ts';

const answerFor = (change: Parameters<typeof aReplicationJob>[0]) =>
  replicationJobShow.answer(stubContext({ recovery: { job: async () => aReplicationJob(change) } }), {
    job: recoveryIds.job,
  });

describe('replication-job.show', () => {
  it('tells the tree of tasks, and first what a person has to do', async () => {
    const { sections, tone } = await answerFor({});
    assert.equal(tone, 'warning');
    assert.match(
      JSON.stringify(sections),
      /fact.waits-for.*Look at the database.*show.task".*Group 1.*inner-task.*Check.*show.waits/,
    );
  });

  it('tells why a job failed in Azure’s words, with the correlation id', async () => {
    const fault = { status: 200, code: '28031', message: 'Quota is used up', correlationId: 'abc' };
    const { sections, notes } = await answerFor({ status: 'Failed', fault, recommendations: ['Ask for quota'] });
    assert.match(JSON.stringify(sections), /Quota is used up.*abc/);
    assert.deepEqual(notes, ['Ask for quota']);
  });

  it('offers what Azure lets be done with the job, and nothing else', async () => {
    const offered = async (allowedActions: readonly string[]) =>
      (await answerFor({ allowedActions })).suggestions?.map(({ wish }) => wish.operation);
    const list = 'replication-job.list';
    assert.deepEqual(await offered(['Cancel', 'Resume']), ['replication-job.resume', 'replication-job.cancel', list]);
    assert.deepEqual(await offered(['Restart']), ['replication-job.restart', list]);
    assert.deepEqual(await offered([]), [list]);
  });

  it('offers the newest replication jobs and asks for the right at the job’s vault', async () => {
    const value = [aJobSummary(), aJobSummary({ id: recoveryIds.job, service: 'replication' })];
    const inventory = { jobs: async () => ({ value, asOf: now.toISOString() }) };
    const choices = await replicationJobShow.choices?.(stubContext({ inventory }), 'job', {});
    assert.deepEqual(
      choices?.map((choice) => choice.value),
      [recoveryIds.job],
    );
    const [right] = await replicationJobShow.rights(stubContext(), { job: recoveryIds.job });
    assert.equal(right?.scope, recoveryIds.vault);
  });
});
