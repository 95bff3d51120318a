import assert from 'node:assert/strict';
import type { Reply, Script } from './support/fake-arm.ts';
import { refusal, vaultId, withArm } from './support/ports.ts';

const backup = { kind: 'backup', vaultId, operationId: 'op-1' } as const;
const backupJob = { ...backup, jobId: 'job-1' } as const;
const otherVault = vaultId.replace('11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222');
const elsewhere = { ...backupJob, vaultId: otherVault } as const;

function job(properties: object): Reply {
  return {
    body: {
      id: `${vaultId}/backupJobs/job-1`,
      name: 'job-1',
      properties: { jobType: 'AzureIaaSVMJob', ...properties },
    },
  };
}

const running = job({ status: 'InProgress', startTime: '2026-01-10T08:00:00Z' });
const jobPath = /\/backupJobs\//;

describe("a backup's operation", () => {
  it('is running until it names its job, and then the reference knows it', async () => {
    let body: object = { status: 'InProgress', endTime: '0001-01-01T00:00:00' };
    const script: Script = ({ path }) => (jobPath.test(path) ? running : { body });
    await withArm(script, async ({ arm, clock, ports }) => {
      const first = await ports.jobs.progress(backup);
      assert.deepEqual([first.state, first.ref, first.nextLookSeconds], ['running', backup, 30]);
      body = { status: 'Succeeded', properties: { objectType: 'OperationStatusJobExtendedInfo', jobId: 'job-1' } };
      await ports.jobs.progress(backup);
      assert.equal(arm.received.length, 1, 'nothing is asked before its time');
      clock.advance(30);
      const second = await ports.jobs.progress(backup);
      assert.deepEqual([second.state, second.ref], ['running', backupJob]);
      assert.match(arm.received[1]?.path ?? '', /\/vaults\/rsv-weu\/backupOperations\/op-1$/);
    });
  });

  it('may be unknown to Azure at first, but not for long', async () => {
    await withArm(
      () => ({ status: 404, body: refusal('NotFound', 'no such operation') }),
      async ({ clock, ports }) => {
        assert.equal((await ports.jobs.progress(backup)).state, 'running');
        clock.advance(121);
        await assert.rejects(ports.jobs.progress(backup), { code: 'azure-not-found' });
      },
    );
  });

  it('that failed is a failed job with its own words', async () => {
    const error = { code: 'UserErrorVmNotInDesirableState', message: 'The VM is not in a state that allows backups.' };
    await withArm(
      () => ({ body: { status: 'Failed', error } }),
      async ({ ports }) => {
        const { state, fault } = await ports.jobs.progress(backup);
        assert.deepEqual([state, fault], ['failed', { status: 200, ...error }]);
      },
    );
  });

  it('can be cancelled before there is a job', async () => {
    await withArm(
      () => ({ body: { status: 'Canceled' } }),
      async ({ ports }) => assert.equal((await ports.jobs.progress(backup)).state, 'cancelled'),
    );
  });
});

describe('a backup job', () => {
  it('may be unknown to Azure for a moment', async () => {
    let answer: Reply = { status: 404, body: refusal('ResourceNotFound', 'not yet') };
    await withArm(
      () => answer,
      async ({ clock, ports }) => {
        const first = await ports.jobs.progress(backupJob);
        assert.deepEqual([first.state, first.nextLookSeconds], ['running', 30]);
        answer = running;
        clock.advance(30);
        assert.equal((await ports.jobs.progress(backupJob)).startedAt, '2026-01-10T08:00:00.000Z');
      },
    );
  });

  it('that Azure never knew is an error in the end', async () => {
    await withArm(
      () => ({ status: 404, body: refusal('ResourceNotFound', 'never') }),
      async ({ clock, ports }) => {
        await ports.jobs.progress(backupJob);
        clock.advance(150);
        await assert.rejects(ports.jobs.progress(backupJob), { code: 'azure-not-found' });
      },
    );
  });

  it('shows its tasks, the part that is done, and none of the times of year 1', async () => {
    const extendedInfo = {
      progressPercentage: 40,
      tasksList: [
        { taskId: 'Take Snapshot', status: 'Completed' },
        { taskId: 'Transfer data to vault', status: 'InProgress', endTime: '0001-01-01T00:00:00' },
        { taskId: 'Tidy up', status: 'NotStarted' },
      ],
    };
    const found = job({
      status: 'InProgress',
      startTime: '0001-01-01T00:00:00',
      endTime: '0001-01-01T00:00:00',
      extendedInfo,
    });
    await withArm(
      () => found,
      async ({ ports }) => {
        const { ref, nextLookSeconds, ...seen } = await ports.jobs.progress(backupJob);
        assert.deepEqual([ref, nextLookSeconds], [backupJob, 30]);
        assert.deepEqual(seen, {
          state: 'running',
          percent: 40,
          recommendations: [],
          tasks: [
            { name: 'Take Snapshot', state: 'succeeded' },
            { name: 'Transfer data to vault', state: 'running' },
            { name: 'Tidy up', state: 'waiting' },
          ],
        });
      },
    );
  });

  it('that failed carries the error and what Azure recommends', async () => {
    const errorDetails = [
      {
        errorCode: 400094,
        errorTitle: 'VM not found',
        errorString: 'Azure Backup could not find the VM.',
        recommendations: ['Ensure the VM exists.', 'Stop the backup.'],
      },
    ];
    const found = job({ status: 'Failed', activityId: 'activity-1', endTime: '2026-01-10T08:10:00Z', errorDetails });
    await withArm(
      () => found,
      async ({ arm, ports }) => {
        const { state, fault, recommendations, nextLookSeconds } = await ports.jobs.progress(backupJob);
        assert.deepEqual([state, nextLookSeconds], ['failed', 0]);
        assert.deepEqual(fault, {
          status: 200,
          code: '400094',
          message: 'VM not found: Azure Backup could not find the VM.',
          correlationId: 'activity-1',
        });
        assert.deepEqual(recommendations, ['Ensure the VM exists.', 'Stop the backup.']);
        await ports.jobs.progress(backupJob);
        assert.equal(arm.received.length, 1, 'what is over is not asked for again');
      },
    );
  });

  it('of a type that nobody knows yet is read all the same', async () => {
    const found = job({
      jobType: 'AzureIaaSVMJobV9',
      status: 'CompletedWithWarnings',
      endTime: '2026-01-10T09:00:00Z',
    });
    await withArm(
      () => found,
      async ({ ports }) => {
        const { state, endedAt } = await ports.jobs.progress(backupJob);
        assert.deepEqual([state, endedAt], ['succeeded-with-warnings', '2026-01-10T09:00:00.000Z']);
      },
    );
  });

  it('is looked at less and less often', async () => {
    await withArm(
      () => running,
      async ({ clock, ports }) => {
        const intervals: number[] = [];
        for (const age of [0, 120, 600, 1800]) {
          clock.advance(age - (clock.now().getTime() - Date.parse('2026-01-10T08:00:00Z')) / 1000);
          intervals.push((await ports.jobs.progress(backupJob)).nextLookSeconds);
        }
        assert.deepEqual(intervals, [30, 60, 120, 300]);
      },
    );
  });
});

describe('when Azure asks to be left alone', () => {
  const tooMany: Reply = {
    status: 429,
    headers: { 'retry-after': '324' },
    body: refusal('ResourceRequestsThrottled', 'x'),
  };

  it('the job is still running as far as is known, and the next look is then', async () => {
    let answer = running;
    await withArm(
      () => answer,
      async ({ arm, clock, ports }) => {
        await ports.jobs.progress(backupJob);
        answer = tooMany;
        clock.advance(30);
        const waiting = await ports.jobs.progress(backupJob);
        assert.deepEqual([waiting.state, waiting.nextLookSeconds], ['running', 324]);
        assert.equal(waiting.startedAt, '2026-01-10T08:00:00.000Z');
        clock.advance(300);
        await ports.jobs.progress(backupJob);
        assert.equal(arm.received.length, 2);
        answer = job({ status: 'Completed' });
        clock.advance(24);
        assert.equal((await ports.jobs.progress(backupJob)).state, 'succeeded');
      },
    );
  });

  it('other jobs of the subscription wait too, those of another one do not', async () => {
    await withArm(
      ({ path }) => (path.startsWith(vaultId) ? tooMany : running),
      async ({ arm, ports }) => {
        await ports.jobs.progress(backupJob);
        const sibling = await ports.jobs.progress({ ...backupJob, jobId: 'job-2' });
        assert.equal(sibling.nextLookSeconds, 324);
        assert.equal(arm.received.length, 1);
        assert.equal((await ports.jobs.progress(elsewhere)).nextLookSeconds, 30);
        assert.equal(arm.received.length, 2);
      },
    );
  });

  it('the time may stand in the words only', async () => {
    const body = refusal('ResourceRequestsThrottled', "Please try again after '200' seconds.");
    await withArm(
      () => ({ status: 429, body }),
      async ({ ports }) => assert.equal((await ports.jobs.progress(backupJob)).nextLookSeconds, 200),
    );
  });
});

describe('when Azure does not answer', () => {
  it('says so, keeps saying it without asking, and goes on when it is back', async () => {
    let answer: Reply = { cut: true };
    await withArm(
      () => answer,
      async ({ arm, clock, ports }) => {
        await assert.rejects(ports.jobs.progress(backupJob), { code: 'azure-unavailable' });
        clock.advance(10);
        await assert.rejects(ports.jobs.progress(backupJob), { code: 'azure-unavailable' });
        assert.equal(arm.received.length, 1);
        answer = running;
        clock.advance(20);
        assert.equal((await ports.jobs.progress(backupJob)).state, 'running');
      },
    );
  });

  it('names the right that is missing when it is a refusal', async () => {
    await withArm(
      () => ({ status: 403, body: refusal('AuthorizationFailed', 'no') }),
      async ({ ports }) => {
        await assert.rejects(ports.jobs.progress(backupJob), { code: 'azure-forbidden' });
      },
    );
  });
});
