import { azureTime } from '../clock.ts';
import type { World } from '../exchange.ts';
import { stableGuid } from '../identity.ts';
import type { Vault } from '../state.ts';
import { type Progress, progressOf } from '../timeline.ts';
import { siteId } from './names.ts';
import type { RecoveryError, RecoveryJob, RecoveryTask } from './state.ts';

/** Site Recovery's words for how far a job or a task is. */
const states = {
  NotStarted: 'NotStarted',
  InProgress: 'InProgress',
  Waiting: 'Suspended',
  Completed: 'Succeeded',
  Failed: 'Failed',
  Cancelled: 'Cancelled',
} as const;

const descriptions: Readonly<Record<string, string>> = {
  NotStarted: 'Not started',
  InProgress: 'In progress',
  Suspended: 'Waiting for user input',
  Succeeded: 'Completed',
  Failed: 'Failed',
  Cancelled: 'Cancelled',
};

/** Site Recovery's word for how far a job is. */
export function jobState(job: RecoveryJob, world: World): string {
  return states[progressOf(job.timeline, world.now).status];
}

/** What may be done with a job now. */
export function allowedActions(job: RecoveryJob, world: World): string[] {
  const state = jobState(job, world);
  if (state === 'Suspended') return ['Resume', 'Cancel'];
  if (state === 'InProgress' && job.cancellable) return ['Cancel'];
  return state === 'Failed' ? ['Restart'] : [];
}

/** A job in a list: without its tasks. */
export function renderListedJob(vault: Vault, job: RecoveryJob, world: World): Record<string, unknown> {
  return render(vault, job, { world, tasks: [], customDetails: null });
}

/** A job with its tasks. */
export function renderJob(vault: Vault, job: RecoveryJob, world: World): Record<string, unknown> {
  const progress = progressOf(job.timeline, world.now);
  const tasks = job.tasks.map((task, index) => renderTask({ vault, job, progress }, task, String(index)));
  return render(vault, job, { world, tasks, customDetails: { affectedObjectDetails: {}, ...job.details } });
}

function render(
  vault: Vault,
  job: RecoveryJob,
  of: { world: World; tasks: unknown[]; customDetails: unknown },
): Record<string, unknown> {
  const progress = progressOf(job.timeline, of.world.now);
  const state = states[progress.status];
  const failed = state === 'Failed' && job.error !== undefined;
  return {
    id: `${siteId(vault)}/replicationJobs/${job.name}`,
    name: job.name,
    type: 'Microsoft.RecoveryServices/vaults/replicationJobs',
    properties: {
      activityId: `${job.activityId} ActivityId: ${stableGuid(job.activityId)}`,
      scenarioName: job.scenario,
      friendlyName: job.friendlyName,
      state,
      stateDescription: descriptions[state],
      tasks: of.tasks,
      errors: failed && job.error !== undefined ? [renderError(job.error, { job, at: progress.end ?? 0 })] : [],
      startTime: azureTime(job.timeline.start),
      endTime: progress.end === undefined ? null : azureTime(progress.end),
      allowedActions: allowedActions(job, of.world),
      targetObjectId: job.target.id,
      targetObjectName: job.target.name,
      targetInstanceType: job.target.type,
      customDetails: of.customDetails,
    },
  };
}

function renderError(error: RecoveryError, of: { job: RecoveryJob; at: number }): Record<string, unknown> {
  const { code, message, causes, action } = error;
  const details = { code, message, possibleCauses: causes, recommendedAction: action, activityId: of.job.activityId };
  return {
    serviceErrorDetails: details,
    providerErrorDetails: null,
    errorLevel: 'Error',
    creationTime: azureTime(of.at),
    taskId: '',
  };
}

interface Within {
  readonly vault: Vault;
  readonly job: RecoveryJob;
  readonly progress: Progress;
}

function renderTask(within: Within, task: RecoveryTask, path: string): Record<string, unknown> {
  const { job, progress } = within;
  const { state, start, end } = spanOf(progress, task);
  return {
    taskId: stableGuid(`${job.name}:${path}`),
    name: task.name,
    startTime: start === undefined ? null : azureTime(start),
    endTime: end === undefined ? null : azureTime(end),
    allowedActions: state === 'Suspended' ? ['Resume'] : [],
    friendlyName: task.friendlyName,
    state,
    stateDescription: descriptions[state],
    taskType: task.type,
    customDetails: task.details ?? { instanceType: 'JobTaskDetails' },
    groupTaskCustomDetails: groupDetails(within, task, path),
    errors: state === 'Failed' && job.error !== undefined ? [renderError(job.error, { job, at: end ?? 0 })] : [],
  };
}

function groupDetails(within: Within, task: RecoveryTask, path: string): Record<string, unknown> | null {
  if (task.children === undefined) return null;
  const childTasks = task.children.map((child, index) => renderTask(within, child, `${path}.${index}`));
  return { instanceType: task.group ?? 'InlineWorkflowTaskDetails', childTasks };
}

/** A task over several steps runs while one of them does, and is over with the last. */
function spanOf(progress: Progress, task: RecoveryTask): { state: string; start?: number; end?: number } {
  const steps = progress.steps.slice(task.from, task.to + 1);
  const first = steps[0];
  const last = steps.at(-1);
  const telling =
    steps.find((one) => ['Waiting', 'Failed', 'Cancelled', 'InProgress'].includes(one.status)) ??
    (last?.status === 'NotStarted' && first?.status === 'Completed' ? { status: 'InProgress' as const } : last);
  return {
    state: states[telling?.status ?? 'NotStarted'],
    ...(first?.start === undefined ? {} : { start: first.start }),
    ...(last?.end === undefined ? {} : { end: last.end }),
  };
}
