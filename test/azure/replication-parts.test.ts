import assert from 'node:assert/strict';
import { nameOf } from '../../src/azure/arm-id.ts';
import type { JobView } from '../../src/azure/jobs/job-view.ts';
import { partsLook } from '../../src/azure/jobs/replication-parts.ts';
import type { JobRef, ReplicationPart } from '../../src/azure/types.ts';
import { type Simulated, withSimulator } from './support/simulated.ts';

const clientRequestId = 'c0000000-0000-4000-8000-000000000001';
const part = (name: string): ReplicationPart => ({ itemName: name, name, jobId: name });
const refused: ReplicationPart = {
  itemName: 'x',
  name: 'x',
  fault: { status: 409, code: 'Conflict', message: 'It is busy' },
};

async function looked(parts: readonly ReplicationPart[], states: Readonly<Record<string, JobView['state']>>) {
  return await partsLook(parts, async (jobId) => ({
    value: { state: states[jobId] ?? 'running', recommendations: [] },
    nextLookSeconds: jobId === 'a' ? 30 : 60,
  }));
}

describe('jobs that were begun together', () => {
  it('go on while one of them does, though another has failed', async () => {
    const { value, nextLookSeconds } = await looked([part('a'), part('b'), refused], { b: 'failed' });
    assert.equal(value.state, 'running');
    assert.equal(nextLookSeconds, 30);
    assert.deepEqual(
      value.tasks?.map(({ name, state }) => `${name} ${state}`),
      ['a running', 'b failed', 'x failed'],
    );
  });

  it('have failed when one has, and tell why', async () => {
    const { value } = await looked([part('a'), refused], { a: 'succeeded' });
    assert.deepEqual([value.state, value.fault?.code], ['failed', 'Conflict']);
    assert.equal((await looked([part('a')], { a: 'succeeded' })).value.state, 'succeeded');
  });
});

describe('a job of Site Recovery that somebody acts on', () => {
  async function begun(simulated: Simulated): Promise<{ readonly ref: JobRef; readonly jobId: string }> {
    const { ports, advance } = simulated;
    const item = await simulated.replicatedNamed('erp-prod-01');
    const ref = await ports.recovery.testFailover(item.id, { clientRequestId });
    await advance(5);
    assert.ok(ref.kind === 'replication');
    return { ref, jobId: `${ref.vaultId}/replicationJobs/${ref.jobId}` };
  }

  it('is cancelled when it has ended so', async () => {
    await withSimulator(async (simulated) => {
      const { ref, jobId } = await begun(simulated);
      const act = { action: 'Cancel', comments: '', clientRequestId } as const;
      const cancel = await simulated.ports.recovery.actOnJob(jobId, act);
      assert.equal(cancel.kind, 'replication-cancel');
      assert.equal((await simulated.follow(cancel)).at(-1)?.state, 'succeeded');
      assert.equal((await simulated.follow(ref)).at(-1)?.state, 'cancelled');
    });
  });

  it('is followed to its new end after a restart, though its failure was seen before', async () => {
    await withSimulator(async (simulated) => {
      await simulated.simulator.control.failJob({ verb: 'TestFailover', code: '28031' });
      const { ref, jobId } = await begun(simulated);
      assert.equal((await simulated.follow(ref)).at(-1)?.state, 'failed');
      const act = { action: 'Restart', comments: '', clientRequestId } as const;
      const again = await simulated.ports.recovery.actOnJob(jobId, act);
      const seen = await simulated.follow(again);
      assert.equal(seen[0]?.state, 'running');
      assert.equal(seen.at(-1)?.state, 'succeeded');
      assert.equal(nameOf(jobId), again.kind === 'replication-restart' ? again.jobId : '');
    });
  });

  it('has failed when Azure still tells its old end long after the restart', async () => {
    await withSimulator(async (simulated) => {
      await simulated.simulator.control.failJob({ verb: 'TestFailover', code: '28031' });
      const { ref } = await begun(simulated);
      await simulated.follow(ref);
      await simulated.advance(1);
      assert.ok(ref.kind === 'replication');
      const restartedAt = simulated.clock.now().toISOString();
      const never: JobRef = { ...ref, kind: 'replication-restart', restartedAt };
      const seen = await simulated.follow(never);
      assert.equal(seen[0]?.state, 'running');
      assert.equal(seen.at(-1)?.fault?.code, 'JobNotRestarted');
    });
  });
});
