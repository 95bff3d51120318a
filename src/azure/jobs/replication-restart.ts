import type { JobRef } from '../types.ts';
import { isOver, type JobSource, type JobView } from './job-view.ts';

type Restart = Extract<JobRef, { kind: 'replication-restart' }>;

/**
 * A job that was begun again under its old name. While Azure may still tell how it ended before (`mayBeOld`), that end is taken for running;
 * afterwards it means that the restart did not happen.
 */
export async function restartedView(
  source: JobSource,
  { vaultId, jobId, restartedAt }: Restart,
  { mayBeOld }: { readonly mayBeOld: boolean },
): Promise<JobView> {
  const view = await source.get(vaultId, jobId);
  const old = isOver(view) && view.endedAt !== undefined && Date.parse(view.endedAt) < Date.parse(restartedAt);
  if (!old) return view;
  const { fault: _fault, endedAt: _end, ...rest } = view;
  if (mayBeOld) return { ...rest, state: 'running', recommendations: [] };
  return { ...rest, state: 'failed', fault: { status: 200, code: 'JobNotRestarted', message: notRestarted } };
}

const notRestarted = 'The job did not begin again';
