import assert from 'node:assert/strict';
import { backupJobList } from '../../src/operations/status/backup-job-list.ts';
import { aJobSummary, ids, now, stubContext } from '../support/stub-azure.ts';

const asOf = now.toISOString();

describe('backup-job.list', () => {
  it('counts what runs and what failed, and leaves out jobs of Site Recovery', async () => {
    const value = [
      aJobSummary(),
      aJobSummary({ status: 'Failed' }),
      aJobSummary({ service: 'replication', status: 'Failed' }),
    ];
    const context = stubContext({ inventory: { jobs: async () => ({ value, asOf }) } });
    const { items, lead, tone } = await backupJobList.answer(context, {});
    assert.equal(items?.length, 2);
    assert.deepEqual(lead, { message: 'backup-job.list.lead', values: { running: 1, failed: 1 } });
    assert.equal(tone, 'warning');
    assert.deepEqual(items?.[0]?.opens, { operation: 'backup-job.show', parameters: { job: ids.job } });
  });

  it('shows the jobs of one VM where one is named, and says so', async () => {
    const value = [aJobSummary(), aJobSummary({ target: 'mon-01' })];
    const vm = ids.vm.replace(/[^/]+$/, 'MON-01');
    const context = stubContext({ inventory: { jobs: async () => ({ value, asOf }) } });
    const { items, title } = await backupJobList.answer(context, { vm });
    assert.deepEqual(
      [items?.length, title],
      [1, { message: 'backup-job.list.heading', values: { count: 1, vm: 'MON-01' } }],
    );
  });

  it('shows an unknown word of Azure’s as it is', async () => {
    const value = [aJobSummary({ operation: 'MoveToArchive', status: 'Paused' })];
    const { items } = await backupJobList.answer(
      stubContext({ inventory: { jobs: async () => ({ value, asOf }) } }),
      {},
    );
    assert.match(JSON.stringify(items), /"operation":"MoveToArchive".*"status":"Paused"/);
  });

  it('says that there is more than it shows', async () => {
    const value = Array.from({ length: 30 }, () => aJobSummary());
    const { items, notes } = await backupJobList.answer(
      stubContext({ inventory: { jobs: async () => ({ value, asOf }) } }),
      {},
    );
    assert.equal(items?.length, 25);
    assert.match(JSON.stringify(notes), /backup-job.list.more/);
  });
});
