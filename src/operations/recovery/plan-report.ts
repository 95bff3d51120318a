import type { ReplicationJob, ReplicationTask } from '../../azure/recovery-types.ts';
import type { JobProgress } from '../../azure/types.ts';
import type { Message } from '../../message.ts';
import { say } from '../../message.ts';
import type { Context } from '../context.ts';
import { fact } from '../facts.ts';
import type { Fact } from '../screen.ts';

/** How long a job took, as a whole and for each of its VMs, from its start to the last thing that was done for that VM. */
export async function measuredTimes(context: Context, progress: JobProgress): Promise<readonly Fact[]> {
  return timesOf((await jobOf(context, progress)) ?? { ...progress, tasks: [] });
}

/** See `measuredTimes`. */
export function timesOf({ tasks, startedAt, endedAt }: Pick<ReplicationJob, 'tasks' | 'startedAt' | 'endedAt'>) {
  if (startedAt === undefined || endedAt === undefined) return [];
  const vms = timesPerVm(tasks, startedAt);
  return [
    fact('rto', { seconds: secondsBetween(startedAt, endedAt) }),
    ...(vms.length === 0 ? [] : [fact('rto-vms', vms)]),
  ];
}

/** The names of a job's innermost steps that failed. */
export function failedTasks({ tasks }: Pick<ReplicationJob, 'tasks'>): readonly string[] {
  return tasks
    .flatMap(flattened)
    .flatMap((task) => (task.state === 'failed' && task.tasks.length === 0 ? [task.name] : []));
}

/** The steps that failed; what a group of steps holds is named instead of the group. */
export function failedSteps({ tasks, fault }: JobProgress): readonly Fact[] {
  const names = tasks.filter(({ state }) => state === 'failed').map(({ name }) => name);
  const why = fault === undefined ? [] : [`${fault.code}: ${fault.message}`];
  return names.length + why.length === 0 ? [] : [fact('failed-steps', [...new Set([...names, ...why])])];
}

/** Why a job did not do all that it was to do, in Azure's words: also of one that Azure calls a success. A right that is missing is told by the run itself. */
export function reasons({ fault, recommendations }: JobProgress): readonly Fact[] {
  if (fault === undefined || fault.missing !== undefined) return [];
  return [fact('failed-steps', [`${fault.code}: ${fault.message}`, ...recommendations])];
}

/** Costs one read of the budget; without it the report is shorter, not lost. */
async function jobOf(context: Context, { ref }: JobProgress): Promise<ReplicationJob | undefined> {
  if (ref.kind !== 'replication') return undefined;
  return await context.azure.recovery.job(`${ref.vaultId}/replicationJobs/${ref.jobId}`).catch(() => undefined);
}

function timesPerVm(tasks: ReplicationJob['tasks'], started: string): readonly Message[] {
  const ends = new Map<string, string>();
  for (const { vmName, endedAt } of tasks.flatMap(flattened)) {
    if (vmName !== undefined && endedAt !== undefined && (ends.get(vmName) ?? '') < endedAt) ends.set(vmName, endedAt);
  }
  return [...ends].map(([vm, ended]) => say('fact.vm-took', { vm, time: { seconds: secondsBetween(started, ended) } }));
}

function flattened(task: ReplicationTask): readonly ReplicationTask[] {
  return [task, ...task.tasks.flatMap(flattened)];
}

function secondsBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
}
