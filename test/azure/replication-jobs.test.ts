import assert from 'node:assert/strict';
import type { JobProgress } from '../../src/azure/types.ts';
import { refusal, vaultId, withArm } from './support/ports.ts';

const ref = { kind: 'replication', vaultId, jobId: '58776d0b-3141-48b2-a377-9ad863eb160d' } as const;

async function seen(properties: object): Promise<JobProgress> {
  const found: JobProgress[] = [];
  await withArm(
    () => ({ body: { name: ref.jobId, properties: { scenarioName: 'TestFailover', ...properties } } }),
    async ({ ports }) => {
      found.push(await ports.jobs.progress(ref));
    },
  );
  const [only] = found;
  assert.ok(only);
  return only;
}

const task = (friendlyName: string, state: string, more: object = {}) => ({ name: 'T', friendlyName, state, ...more });
const group = (instanceType: string, childTasks: readonly object[]) => ({
  groupTaskCustomDetails: { instanceType, childTasks },
});

describe("a job of Site Recovery's", () => {
  it('shows its tasks in a row, those inside groups after their group', async () => {
    const { state, tasks } = await seen({
      state: 'InProgress',
      tasks: [
        task('Prerequisites check', 'Succeeded'),
        task(
          'Recovery plan failover',
          'InProgress',
          group('InlineWorkflowTaskDetails', [
            task(
              'Group 1: Start (1)',
              'InProgress',
              group('RecoveryPlanGroupTaskDetails', [
                task('erp-db-01', 'Succeeded', { customDetails: { instanceType: 'VirtualMachineTaskDetails' } }),
                task('Check the ledger', 'Suspended', { customDetails: { instanceType: 'ManualActionTaskDetails' } }),
              ]),
            ),
          ]),
        ),
        task('Finalizing the recovery plan', 'NotStarted'),
      ],
    });
    assert.equal(state, 'running');
    assert.deepEqual(tasks, [
      { name: 'Prerequisites check', state: 'succeeded' },
      { name: 'Recovery plan failover', state: 'running' },
      { name: 'Group 1: Start (1)', state: 'running' },
      { name: 'erp-db-01', state: 'succeeded' },
      { name: 'Check the ledger', state: 'running' },
      { name: 'Finalizing the recovery plan', state: 'waiting' },
    ]);
  });

  it('names the step that waits for a person and what that person is told, and not the group around it', async () => {
    const manual = { instanceType: 'ManualActionTaskDetails', instructions: 'Look at the ledger' };
    const steps = [task('erp-db-01', 'Succeeded'), task('Check the ledger', 'Suspended', { customDetails: manual })];
    const around = task('Group 1', 'Suspended', group('RecoveryPlanGroupTaskDetails', steps));
    const { waitsFor } = await seen({ state: 'Suspended', tasks: [around] });
    const jobId = `${vaultId}/replicationJobs/${ref.jobId}`;
    assert.deepEqual(waitsFor, [{ jobId, name: 'Check the ledger', instructions: 'Look at the ledger' }]);
    assert.equal((await seen({ state: 'InProgress', tasks: [around] })).waitsFor, undefined);
    assert.deepEqual((await seen({ state: 'Suspended', tasks: [] })).waitsFor, []);
  });

  for (const [word, state] of [
    ['NotStarted', 'running'],
    ['InProgress', 'running'],
    ['Suspended', 'running'],
    ['Other', 'running'],
    ['Succeeded', 'succeeded'],
    ['CompletedWithInformation', 'succeeded-with-warnings'],
    ['Failed', 'failed'],
    ['Cancelled', 'cancelled'],
    ['AWordOfNextYear', 'running'],
  ] as const) {
    it(`in the state ${word} is ${state}`, async () => {
      assert.equal((await seen({ state: word })).state, state);
    });
  }

  for (const spelling of ['serviceErrorDetails', 'seriveErrorDetails']) {
    it(`that failed tells code, message and advice from ${spelling}`, async () => {
      const details = { code: '28031', message: 'Cannot create the VM.', recommendedAction: 'Raise the quota.' };
      const { state, fault, recommendations } = await seen({
        state: 'Failed',
        activityId: 'activity-2',
        errors: [{ [spelling]: details, providerErrorDetails: null, errorLevel: 'error' }],
      });
      assert.equal(state, 'failed');
      assert.deepEqual(fault, {
        status: 200,
        code: '28031',
        message: 'Cannot create the VM.',
        correlationId: 'activity-2',
      });
      assert.deepEqual(recommendations, ['Raise the quota.']);
    });
  }

  it("falls back to the provider's error, and to an error of a task inside a group", async () => {
    const provider = {
      providerErrorDetails: { errorCode: 70038, errorMessage: 'Agent is old.', recommendedAction: 'Update it.' },
    };
    const inner = task('erp-db-01', 'Failed', { errors: [provider] });
    const { fault, recommendations } = await seen({
      state: 'Failed',
      tasks: [task('Group 1', 'Failed', group('RecoveryPlanGroupTaskDetails', [inner]))],
    });
    assert.deepEqual([fault?.code, fault?.message, recommendations], ['70038', 'Agent is old.', ['Update it.']]);
  });

  it('that succeeded with an error inside is a success with a warning, and shows the error', async () => {
    const errors = [{ serviceErrorDetails: { code: '28175', message: 'A name was taken.' } }];
    const { state, fault } = await seen({ state: 'Succeeded', errors });
    assert.deepEqual([state, fault?.code], ['succeeded-with-warnings', '28175']);
  });

  it('may be unknown for a moment after it was asked for', async () => {
    await withArm(
      () => ({ status: 404, body: refusal('NotFound', 'not yet') }),
      async ({ arm, ports }) => {
        assert.equal((await ports.jobs.progress(ref)).state, 'running');
        assert.match(arm.received[0]?.path ?? '', /\/vaults\/rsv-weu\/replicationJobs\/58776d0b/);
      },
    );
  });

  it('takes from the same budget as backup jobs', async () => {
    await withArm(
      () => ({ body: { name: ref.jobId, properties: { state: 'InProgress' } } }),
      async ({ arm, ports }) => {
        await ports.jobs.progress(ref);
        const other = await ports.jobs.progress({ kind: 'backup', vaultId, operationId: 'op', jobId: 'job-1' });
        assert.ok(other.nextLookSeconds > 1000, String(other.nextLookSeconds));
        assert.equal(arm.received.length, 1);
      },
      { jobReadsPerHour: 2 },
    );
  });
});
