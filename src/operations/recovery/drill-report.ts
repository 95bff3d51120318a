import type { PlanPoint, ReplicationJob } from '../../azure/recovery-types.ts';
import type { Consistency, JobProgress, JobRef, ReplicatedItem } from '../../azure/types.ts';
import type { Context } from '../context.ts';
import { fact, moment } from '../facts.ts';
import { daysFrom } from '../keeping.ts';
import type { Execution } from '../operation.ts';
import type { Fact } from '../screen.ts';
import { failedSteps, failedTasks, measuredTimes, timesOf } from './plan-report.ts';

/** A test failover that has ended. */
export interface Drill {
  readonly items: readonly ReplicatedItem[];
  readonly execution: Execution;
  readonly progress: JobProgress;
  /** The moment of the point that was chosen; without it the newest one of each VM before the start was used. */
  readonly pointTime?: string;
  /** Of a plan: the kind of point that each VM went to the newest one of. */
  readonly kind?: PlanPoint;
}

/** What a drill has measured, and who did it: kept with its run. */
export async function drillReport(context: Context, drill: Drill): Promise<readonly Fact[]> {
  const { execution, progress } = drill;
  return [
    fact('drilled-by', execution.requester.name),
    ...(await measuredTimes(context, progress)),
    ...(await rpoUsed(context, drill)),
    ...failedSteps(progress),
  ];
}

/** The worst of the VMs: how far before the start the point lay that was used. */
async function rpoUsed(context: Context, { items, progress, pointTime, kind }: Drill): Promise<readonly Fact[]> {
  const { startedAt } = progress;
  if (startedAt === undefined) return [];
  const lags = await Promise.all(
    items.map(async (item) => {
      const points = pointTime === undefined ? await pointTimes(context, item, kind) : [pointTime];
      const used = points
        .filter((time) => time <= startedAt)
        .toSorted()
        .at(-1);
      return used === undefined ? [] : [Math.round((Date.parse(startedAt) - Date.parse(used)) / 1000)];
    }),
  );
  const all = lags.flat();
  return all.length === 0 ? [] : [fact('rpo-used', { seconds: Math.max(...all) })];
}

/** What the newest point is among; every point for the kinds that are not named. */
const among: Partial<Record<PlanPoint, Consistency>> = {
  'application-consistent': 'application',
  'crash-consistent': 'crash',
};

async function pointTimes(
  context: Context,
  { id }: ReplicatedItem,
  kind: PlanPoint = 'latest',
): Promise<readonly string[]> {
  const points = await context.azure.recovery.recoveryPoints(id).catch(() => []);
  const wanted = among[kind];
  return points.filter(({ consistency }) => wanted === undefined || consistency === wanted).map(({ time }) => time);
}

/** A cleanup that has ended, with the jobs that may have been the drill that it cleans up. */
export interface Cleanup {
  readonly drills: readonly JobRef[];
  readonly execution: Execution;
  readonly progress: JobProgress;
  /** Empty: none. */
  readonly notes: string;
}

/** How far back a drill is looked for that is cleaned up now. */
export function lastMonth(context: Context): string {
  return daysFrom(context.now(), -30);
}

/** Reading a job costs of the budget; the drill is among the newest few. */
const looked = 3;

/** The report of the drill that a cleanup ends: what the drill measured by Azure's own record, who cleaned up, and the notes. */
export async function cleanupReport(
  context: Context,
  { drills, execution, progress, notes }: Cleanup,
): Promise<readonly Fact[]> {
  const drill = await newestOf(context, drills);
  const failed = drill === undefined ? [] : failedTasks(drill);
  return [
    ...(drill?.startedAt === undefined ? [] : [fact('last-test', moment(drill.startedAt)), ...timesOf(drill)]),
    ...(failed.length === 0 ? [] : [fact('failed-steps', failed)]),
    fact('drilled-by', execution.requester.name),
    ...(notes === '' ? [] : [fact('notes', notes)]),
    ...(failed.length === 0 ? failedSteps(progress) : []),
  ];
}

async function newestOf(context: Context, refs: readonly JobRef[]): Promise<ReplicationJob | undefined> {
  const ids = refs.flatMap((ref) =>
    ref.kind === 'replication' ? [`${ref.vaultId}/replicationJobs/${ref.jobId}`] : [],
  );
  const read = ids.slice(0, looked).map((id) => context.azure.recovery.job(id).catch(() => undefined));
  const jobs = (await Promise.all(read)).flatMap((job) => job ?? []);
  return jobs.toSorted((a, b) => (b.startedAt ?? '').localeCompare(a.startedAt ?? ''))[0];
}
