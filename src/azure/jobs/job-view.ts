import type { AzureFault } from '../../errors.ts';
import type { ArmId, Instant, JobProgress, JobTask, ManualStep, TaskState } from '../types.ts';

/** A job as one answer of Azure shows it. */
export interface JobView {
  readonly state: JobProgress['state'];
  /** Missing where the answer does not tell tasks: lists never do. */
  readonly tasks?: readonly JobTask[];
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  readonly percent?: number;
  readonly fault?: AzureFault;
  readonly recommendations: readonly string[];
  /** See `JobProgress`. */
  readonly waitsFor?: readonly ManualStep[];
}

/** One service's jobs: what the tracker of jobs needs from it. Both cost of the read budget. */
export interface JobSource {
  /** With tasks. Throws `azure-not-found` while Azure does not know the job. */
  get(vaultId: ArmId, jobId: string): Promise<JobView>;
  /** All jobs of the vault that began after the moment, by name in lower case, without tasks. */
  list(vaultId: ArmId, since: Date): Promise<ReadonlyMap<string, JobView>>;
}

/** Nothing is known yet. */
export const unseen: JobView = { state: 'running', tasks: [], recommendations: [] };

/** Whether nothing will change any more. */
export function isOver(view: JobView): boolean {
  return view.state !== 'running';
}

/** What is known after another look: an answer without tasks leaves those that were told before, and a success means that all of them are done. */
export function seenAgain(before: JobView, now: JobView): JobView {
  if (now.tasks !== undefined && now.tasks.length > 0) return now;
  const tasks = (before.tasks ?? []).map((task) => (isSuccess(now) ? { ...task, state: 'succeeded' as const } : task));
  const waitsFor = now.waitsFor === undefined ? {} : { waitsFor: before.waitsFor ?? now.waitsFor };
  return { ...now, tasks, ...waitsFor };
}

function isSuccess({ state }: JobView): boolean {
  return state === 'succeeded' || state === 'succeeded-with-warnings';
}

const taskStates: Readonly<Record<string, TaskState>> = {
  notstarted: 'waiting',
  pending: 'waiting',
  inprogress: 'running',
  suspended: 'running',
  other: 'running',
  succeeded: 'succeeded',
  completed: 'succeeded',
  completedwithwarnings: 'succeeded',
  completedwithinformation: 'succeeded',
  failed: 'failed',
  cancelled: 'skipped',
  canceled: 'skipped',
  aborted: 'skipped',
  skipped: 'skipped',
};

/** A task's state from either service's words; an unknown word on a task counts as running. */
export function taskState(word: string | undefined): TaskState {
  return taskStates[word?.toLowerCase() ?? ''] ?? 'running';
}

const jobStates: Readonly<Record<string, JobProgress['state']>> = {
  completed: 'succeeded',
  succeeded: 'succeeded',
  completedwithwarnings: 'succeeded-with-warnings',
  completedwithinformation: 'succeeded-with-warnings',
  failed: 'failed',
  cancelled: 'cancelled',
  canceled: 'cancelled',
};

/** A job's state from either service's words. Whatever is not an end is running: Suspended waits for a manual action, Cancelling for its end. */
export function jobState(word: string | undefined): JobProgress['state'] {
  return jobStates[word?.toLowerCase() ?? ''] ?? 'running';
}
