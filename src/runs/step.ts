import type { RunState } from '../operations/run-summary.ts';
import { AttemptLapsed, type TakenJob } from '../store/index.ts';
import { traced } from '../telemetry.ts';
import { Overtaken } from './change.ts';
import type { Engine } from './engine.ts';
import type { StoredRun } from './run.ts';
import { startApproved } from './step-approved.ts';
import { submitStarting } from './step-starting.ts';
import { reconcileUnknown } from './step-unknown.ts';
import { track } from './tracker.ts';

/** A queued step in our hands, with the run at the very revision that it names. */
export interface Step {
  readonly engine: Engine;
  readonly job: TakenJob<'step'>;
  readonly run: StoredRun;
}

/**
 * Takes the next step of a run. A step of an older revision has been dealt with; one that was overtaken while it was
 * taken is given up, for whoever was faster has queued what follows.
 */
export async function takeStep(engine: Engine, job: TakenJob<'step'>): Promise<void> {
  const run = await engine.store.runs.get(job.data.runId);
  if (run === undefined || run.revision !== job.data.revision) return;
  await engine.killPoint('step-taken', run);
  try {
    await traced(`step ${run.state}`, about(run), async () => stepOf[run.state]?.({ engine, job, run }));
  } catch (error) {
    if (!(error instanceof Overtaken || error instanceof AttemptLapsed)) throw error;
    engine.log.debug({ run: run.code, reason: String(error) }, 'a step was overtaken');
  }
}

function about(run: StoredRun) {
  return { run: run.id, code: run.code, operation: run.operation, actor: run.requester.oid };
}

type StepOf = (step: Step) => Promise<void>;

/** The states in which the engine itself has the next step; in all others people have it, or nobody. */
const stepOf: Partial<Record<RunState, StepOf>> = {
  approved: startApproved,
  starting: submitStarting,
  unknown: reconcileUnknown,
  running: track,
};
