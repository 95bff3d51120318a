import { changeByStep } from './change.ts';
import { operationOf } from './engine.ts';
import type { Step } from './step.ts';
import { findSubmitted } from './step-unknown.ts';
import { submitOnce } from './submit.ts';

/**
 * The first attempt calls Azure. A later one cannot know whether the earlier did: the run is unknown until Azure's records tell. After a wait somebody may
 * have done it by hand, so Azure's records are read first.
 */
export async function submitStarting(step: Step): Promise<void> {
  const { engine, job, run } = step;
  if (job.attempt === 0) return run.waiting === undefined || isAboutToSend(step) ? submitOnce(step) : lookFirst(step);
  const patch = { submissions: run.submissions + 1 };
  await changeByStep(engine, job, run, { to: 'unknown', patch, clear: ['waiting', 'nothingFoundAt'], nextStep: 0 });
  await engine.killPoint('after-unknown-written', run);
}

/** The mark is written before the call: from then on nobody takes the run over (`mayBeTakenOver`). */
async function lookFirst(step: Step): Promise<void> {
  const { engine, job, run } = step;
  const unlooked = operationOf(engine, run.operation).sentAgainUnlooked === true;
  const found = unlooked ? 'nothing' : await findSubmitted(step);
  const at = engine.now().toISOString();
  const nothing = { to: run.state, patch: { nothingFoundAt: at }, nextStep: 0 };
  await changeByStep(engine, job, run, found === 'nothing' ? nothing : found);
}

function isAboutToSend({ run }: Step): boolean {
  return run.nothingFoundAt !== undefined;
}
