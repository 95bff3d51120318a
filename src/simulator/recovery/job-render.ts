import type { World } from '../exchange.ts';
import { progressOf } from '../timeline.ts';
import type { RecoveryJob } from './state.ts';

/** Site Recovery's word for how far a job is. */
export function jobState(job: RecoveryJob, world: World): string {
  const { status } = progressOf(job.timeline, world.now);
  return {
    InProgress: 'InProgress',
    Waiting: 'Suspended',
    Completed: 'Succeeded',
    Failed: 'Failed',
    Cancelled: 'Cancelled',
  }[status];
}
