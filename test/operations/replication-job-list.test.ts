import assert from 'node:assert/strict';
import { replicationJobList } from '../../src/operations/status/replication-job-list.ts';
import { aJobSummary, now, stubContext } from '../support/stub-azure.ts';
import { recoveryIds } from './support/recovery.ts';

const job = (change: Parameters<typeof aJobSummary>[0]) =>
  aJobSummary({ id: recoveryIds.job, service: 'replication', operation: 'TestFailover', ...change });

describe('replication-job.list', () => {
  it('counts what runs, waits for a person and failed, and leaves backup jobs out', async () => {
    const value = [
      job({ status: 'InProgress' }),
      job({ status: 'Suspended' }),
      job({ status: 'Failed' }),
      aJobSummary(),
    ];
    const inventory = { jobs: async () => ({ value, asOf: now.toISOString() }) };
    const { items, lead } = await replicationJobList.answer(stubContext({ inventory }), {});
    assert.equal(items?.length, 3);
    assert.deepEqual(lead, { message: 'replication-job.list.lead', values: { running: 1, waiting: 1, failed: 1 } });
    assert.deepEqual(
      items.map(({ tone }) => tone),
      ['neutral', 'warning', 'bad'],
    );
    assert.equal(items[0]?.opens?.operation, 'replication-job.show');
  });
});
