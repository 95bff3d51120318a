import type { JobTask, ReplicationPart } from '../types.ts';
import { isOver, type JobView } from './job-view.ts';
import type { Look } from './paced.ts';

interface Share {
  readonly name: string;
  readonly look: Look<JobView>;
}

/**
 * Jobs that were begun together, seen as one with a task per VM. It has failed when one of them has, but not before all are over: the others are
 * worth waiting for. A part that Azure refused counts as failed from the start.
 */
export async function partsLook(
  parts: readonly ReplicationPart[],
  ask: (jobId: string) => Promise<Look<JobView>>,
): Promise<Look<JobView>> {
  const shares = await Promise.all(parts.map(async (part) => ({ name: part.name, look: await lookAt(part, ask) })));
  const waits = shares.filter(({ look }) => !isOver(look.value)).map(({ look }) => look.nextLookSeconds);
  return { value: together(shares), nextLookSeconds: Math.min(...waits, Number.MAX_SAFE_INTEGER) };
}

async function lookAt(part: ReplicationPart, ask: (jobId: string) => Promise<Look<JobView>>): Promise<Look<JobView>> {
  if ('jobId' in part) return await ask(part.jobId);
  return { value: { state: 'failed', fault: part.fault, recommendations: [] }, nextLookSeconds: 0 };
}

function together(shares: readonly Share[]): JobView {
  const views = shares.map(({ look }) => look.value);
  const fault = views.find((view) => view.fault !== undefined)?.fault;
  const starts = views.flatMap(({ startedAt }) => startedAt ?? []).toSorted();
  const ends = views.flatMap(({ endedAt }) => endedAt ?? []).toSorted();
  const over = views.every(isOver);
  return {
    state: over ? worst(views) : 'running',
    tasks: shares.map(taskOf),
    ...(starts[0] !== undefined && { startedAt: starts[0] }),
    ...(over && ends.length > 0 && { endedAt: ends.at(-1) ?? '' }),
    ...(fault !== undefined && { fault }),
    recommendations: [...new Set(views.flatMap(({ recommendations }) => recommendations))],
  };
}

const fromWorst = ['failed', 'cancelled', 'succeeded-with-warnings', 'succeeded'] as const;

function worst(views: readonly JobView[]): JobView['state'] {
  return fromWorst.find((state) => views.some((view) => view.state === state)) ?? 'succeeded';
}

const taskStates = {
  running: 'running',
  succeeded: 'succeeded',
  'succeeded-with-warnings': 'succeeded',
  failed: 'failed',
  cancelled: 'skipped',
} as const;

function taskOf({ name, look }: Share): JobTask {
  return { name, state: taskStates[look.value.state] };
}
