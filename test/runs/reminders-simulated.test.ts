import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { JobRef } from '../../src/azure/types.ts';
import { changingOperations } from '../../src/operations/index.ts';
import type { StillOpen } from '../../src/operations/left-open.ts';
import { openPracticeWorld, type PracticeWorld } from '../support/practice-world.ts';

/** The reminders' question to Azure, over the real clients and the simulated Site Recovery. */
describe('what Azure says of what is left open', () => {
  let world: PracticeWorld;

  before(async function () {
    this.timeout(60_000);
    world = await openPracticeWorld();
  });

  after(async () => await world.simulator.close());

  const ask = async (operation: string, vm: string): Promise<StillOpen['open'] | undefined> => {
    const leftOpen = changingOperations.get(operation)?.leftOpen;
    const seen = await leftOpen?.stillOpen(world.context, { vm }, { endedAt: new Date().toISOString() });
    return seen?.open;
  };
  const done = async (job: Promise<JobRef>): Promise<void> => await world.follow(await job);
  const request = () => ({ clientRequestId: randomUUID() });

  it('changes with a test failover and its cleanup, a failover and its commit', async () => {
    const { recovery } = world.ports;
    const { id, vmId } = await world.replica('erp-prod-01');
    assert.deepEqual([await ask('failover.test', vmId), await ask('failover.start', vmId)], [false, false]);
    await done(recovery.testFailover(id, request()));
    assert.equal(await ask('failover.test', vmId), true);
    await done(recovery.cleanUpTestFailover(id, { comments: 'done', ...request() }));
    assert.equal(await ask('failover.test', vmId), false);
    await done(recovery.failOver(id, { shutDownSource: true, ...request() }));
    assert.equal(await ask('failover.start', vmId), true);
    await done(recovery.commit(id, request()));
    assert.deepEqual([await ask('failover.test', vmId), await ask('failover.start', vmId)], [false, false]);
  }).timeout(60_000);
});
