import assert from 'node:assert/strict';
import type { Reply } from './support/fake-arm.ts';
import { refusal, snapshotId, withArm } from './support/ports.ts';

describe('snapshots as a job', () => {
  const ids = [snapshotId, `${snapshotId}-data`];
  const ref = { kind: 'snapshots', snapshotIds: ids } as const;
  const snapshot = (properties: object): Reply => ({ body: { name: 's', location: 'l', properties } });

  it('is done when all of them are, a background copy included', async () => {
    let copied = 40;
    await withArm(
      ({ path }) =>
        snapshot({
          provisioningState: 'Succeeded',
          timeCreated: '2026-01-10T08:00:01Z',
          ...(path.endsWith('-data') ? { completionPercent: copied } : {}),
        }),
      async ({ clock, ports }) => {
        const first = await ports.jobs.progress(ref);
        assert.deepEqual([first.state, first.percent], ['running', 40]);
        assert.deepEqual(first.tasks, [
          { name: 'sql-01-os-4F7K', state: 'succeeded' },
          { name: 'sql-01-os-4F7K-data', state: 'running' },
        ]);
        copied = 100;
        clock.advance(first.nextLookSeconds);
        assert.equal((await ports.jobs.progress(ref)).state, 'succeeded');
      },
    );
  });

  it('has failed when one has, but not while another is still under way', async () => {
    let other = 'Updating';
    await withArm(
      ({ path }) => snapshot({ provisioningState: path.endsWith('-data') ? other : 'Failed' }),
      async ({ clock, ports }) => {
        assert.equal((await ports.jobs.progress(ref)).state, 'running');
        other = 'Succeeded';
        clock.advance(60);
        const { state, fault } = await ports.jobs.progress(ref);
        assert.deepEqual([state, fault?.code], ['failed', 'ProvisioningFailed']);
      },
    );
  });

  it('waits for one that Azure does not know yet, and gives up on one that never comes', async () => {
    await withArm(
      () => ({ status: 404, body: refusal('ResourceNotFound', 'not there') }),
      async ({ clock, ports }) => {
        assert.equal((await ports.jobs.progress(ref)).state, 'running');
        clock.advance(600);
        const { state, fault } = await ports.jobs.progress(ref);
        assert.deepEqual([state, fault?.status], ['failed', 404]);
      },
    );
  });
});
