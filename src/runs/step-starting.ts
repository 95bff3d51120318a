import { changeByStep } from './change.ts';
import type { Step } from './step.ts';
import { submitOnce } from './submit.ts';

/** The first attempt calls Azure. A later one cannot know whether the earlier did: the run is unknown until Azure's records tell. */
export async function submitStarting(step: Step): Promise<void> {
  const { engine, job, run } = step;
  if (job.attempt === 0) return submitOnce(step);
  await changeByStep(engine, job, run, { to: 'unknown', patch: { submissions: run.submissions + 1 }, nextStep: 0 });
  await engine.killPoint('after-unknown-written', run);
}
