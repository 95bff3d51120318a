import { isDeepStrictEqual } from 'node:util';
import type { JobProgress } from '../azure/types.ts';
import { asCatalogueError, type CatalogueError } from '../errors.ts';
import { say } from '../message.ts';
import { type Change, changeByStep, lookAgain } from './change.ts';
import { type Ended, endWith } from './end.ts';
import { contextOf } from './engine.ts';
import { isPassing } from './faults.ts';
import { runMessages } from './messages.ts';
import type { StoredRun } from './run.ts';
import type { Step } from './step.ts';
import { secondsSince, waitFor } from './waiting.ts';

/** How long a job that Azure refuses to show is asked for again before a person is. */
const unreadableSeconds = 1800;

/** Looks at Azure's job once. The run is written only when something that people see has changed. */
export async function track(step: Step): Promise<void> {
  const { engine, run } = step;
  await engine.killPoint('before-progress-read', run);
  const seen = await progressOf(step);
  if ('to' in seen) return write(step, seen);
  if (hasEnded(seen)) return endWith(step, seen);
  if (isNews(run, seen)) return write(step, progressed(step, seen));
  await lookAgain(engine, step.job, run, seen.nextLookSeconds);
}

async function progressOf(step: Step): Promise<JobProgress | Change> {
  const { engine, run } = step;
  try {
    if (run.job === undefined) throw new TypeError('a running run has no job');
    return await contextOf(engine, run).azure.jobs.progress(run.job);
  } catch (thrown) {
    return afterFault(step, asCatalogueError(thrown));
  }
}

function hasEnded(progress: JobProgress): progress is Ended {
  return progress.state !== 'running';
}

async function write({ engine, job, run }: Step, wanted: Change): Promise<void> {
  await engine.killPoint('before-progress-written', run);
  await changeByStep(engine, job, run, wanted);
  await engine.killPoint('after-progress-written', run);
}

function progressed({ engine, run }: Step, progress: JobProgress): Change {
  const news = !isDeepStrictEqual(run.progress?.tasks, progress.tasks);
  const details = { job: progress.ref, tasks: progress.tasks };
  const event = news ? { event: { kind: 'run-progressed' as const, details } } : {};
  const stood = isDeepStrictEqual(stepsOf(run.progress), stepsOf(progress)) ? run.stoodSince : undefined;
  const stoodSince = stood ?? engine.now().toISOString();
  return {
    to: 'running',
    patch: { progress, job: progress.ref, ...(progress.waitsFor !== undefined && { stoodSince }) },
    clear: ['waiting', 'stoodSince'],
    nextStep: progress.nextLookSeconds,
    ...event,
  };
}

/** What a job waits for people to do. */
function stepsOf(progress: JobProgress | undefined): readonly string[] {
  return (progress?.waitsFor ?? []).map(({ jobId, name }) => `${jobId}/${name}`);
}

/** When we look again is no news; that we can look again, is. */
function isNews(run: StoredRun, progress: JobProgress): boolean {
  if (run.waiting !== undefined || run.progress === undefined) return true;
  // An earlier version followed it, and called for nobody.
  if (progress.waitsFor !== undefined && run.stoodSince === undefined) return true;
  const { nextLookSeconds: _was, ...before } = run.progress;
  const { nextLookSeconds: _now, ...after } = progress;
  return !isDeepStrictEqual(before, JSON.parse(JSON.stringify(after)));
}

function afterFault({ engine, run }: Step, error: CatalogueError): Change {
  const since = run.waiting?.since;
  const long = since !== undefined && secondsSince(since, engine.now()) > unreadableSeconds * engine.pace;
  if (isPassing(error) || !long) return waitFor(engine, run, error);
  const why = say(runMessages.unreadable, { reason: error.text });
  return { to: 'needs-attention', patch: { why, advice: say(runMessages.unreadableAdvice) }, clear: ['waiting'] };
}
