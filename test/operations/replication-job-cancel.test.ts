import assert from 'node:assert/strict';
import { replicationJobCancel } from '../../src/operations/recovery/replication-job-cancel.ts';
import { aJobSummary, aReplica, execution, now, stubContext } from '../support/stub-azure.ts';
import { aReplicationEnd, aReplicationJob, recoveryIds, sentBy } from './support/recovery.ts';

const parameters = { job: recoveryIds.job };
const contextWith = (job = aReplicationJob(), more: object = {}) =>
  stubContext({ recovery: { job: async () => job, ...more } });

describe('replication-job.cancel', () => {
  it('goes by what the job allows', async () => {
    const severity = async (job: ReturnType<typeof aReplicationJob>) =>
      (
        await replicationJobCancel.checks(
          contextWith(job),
          parameters,
          await replicationJobCancel.preview(contextWith(job), parameters),
        )
      )[0]?.severity;
    assert.equal(await severity(aReplicationJob()), 'passed');
    assert.equal(await severity(aReplicationJob({ allowedActions: ['Resume'] })), 'blocks');
  });

  it('is confirmed by the name of what the job works on, not by the job’s', async () => {
    const { target } = await replicationJobCancel.preview(contextWith(aReplicationJob({ target: 'erp' })), parameters);
    assert.equal(target, 'erp');
  });

  it('touches what the job works on, and leaves open what the job does', async () => {
    const { vmId, friendlyName, id } = aReplica();
    const job = aReplicationJob({ target: friendlyName, scenario: 'UnplannedFailover' });
    const { resources, continues, holds } = await replicationJobCancel.preview(contextWith(job), parameters);
    assert.deepEqual(resources, [job.id, id, vmId]);
    assert.deepEqual(continues, { operation: 'failover.start', parameters: { vm: vmId }, anew: false });
    assert.equal(holds, undefined, 'the run that follows the job holds them');
  });

  it('offers the jobs that are going on', async () => {
    const job = (id: string, status: string) => aJobSummary({ id, service: 'replication', status });
    const jobs = async () => ({ value: [job('/a', 'InProgress'), job('/b', 'Failed')], asOf: now.toISOString() });
    const choices = await replicationJobCancel.choices?.(stubContext({ inventory: { jobs } }), 'job', {});
    assert.deepEqual(
      choices?.map(({ value }) => value),
      ['/a'],
    );
  });

  it('sends one cancel, and knows one that is under way', async () => {
    const { sent, stub } = sentBy('actOnJob');
    await replicationJobCancel.submit(contextWith(aReplicationJob(), stub), parameters, execution);
    assert.match(JSON.stringify(sent), /"action":"Cancel"/);
    const find = (status: string) =>
      replicationJobCancel.findSubmitted(contextWith(aReplicationJob({ status })), parameters, execution);
    assert.equal(await find('InProgress'), 'nothing');
    assert.deepEqual(await find('Cancelling'), { kind: 'replication-cancel', vaultId: recoveryIds.vault, jobId: 'j1' });
  });

  it('tells when the job ended before it was cancelled', async () => {
    const end = async (state: 'succeeded' | 'failed') =>
      (await replicationJobCancel.result(contextWith(), parameters, execution, aReplicationEnd(state))).sentence
        .message;
    assert.deepEqual(
      [await end('succeeded'), await end('failed')],
      ['replication-job.cancel.done', 'replication-job.cancel.failed'],
    );
  });
});
