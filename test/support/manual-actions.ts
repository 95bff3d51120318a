import type { PracticeWorld } from './practice-world.ts';

/** Somebody does what the jobs of recovery plans wait for, until none of them waits. */
export async function actOnWaitingJobs({ ports, simulator }: PracticeWorld): Promise<void> {
  const { value } = await ports.inventory.jobs();
  for (const { id } of value.filter((one) => /replicationJobs/i.test(one.id))) {
    for (let job = await ports.recovery.job(id); job.allowedActions.includes('Resume'); ) {
      const clientRequestId = 'c0000000-0000-4000-8000-000000000001';
      await ports.recovery.actOnJob(id, { action: 'Resume', comments: 'done', clientRequestId });
      await simulator.control.advance(50);
      job = await ports.recovery.job(id);
    }
  }
}
