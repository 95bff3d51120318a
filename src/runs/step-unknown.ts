import { asCatalogueError, type CatalogueError } from '../errors.ts';
import { say } from '../message.ts';
import { type Change, changeByStep } from './change.ts';
import { contextOf, executionOf, later, operationOf } from './engine.ts';
import { isPassing } from './faults.ts';
import { runMessages } from './messages.ts';
import type { Step } from './step.ts';
import { runningWith, submitOnce } from './submit.ts';
import { secondsSince, waitFor } from './waiting.ts';

/** Azure's lists show a request some seconds after it was taken; so long "nothing" proves nothing. */
const listLagSeconds = 20;
/** More tries than this say that something is wrong which another try does not cure. */
const mostSubmissions = 3;
/** How long records that cannot be read are asked for again before a person is. */
const unreadableSeconds = 1800;

/**
 * Asks Azure's own records what became of a request whose answer was lost. It is repeated only when they twice show nothing,
 * with the lag of Azure's lists between; what they leave unclear goes to a person.
 */
export async function reconcileUnknown(step: Step): Promise<void> {
  const { engine, job, run } = step;
  await engine.killPoint('before-find-submitted', run);
  const found = await findSubmitted(step);
  await engine.killPoint('after-find-submitted', run);
  if (found === 'nothing' && maySubmitAgain(step)) return submitOnce(step);
  const wanted = typeof found === 'object' ? found : afterNothing(step);
  await changeByStep(engine, job, run, wanted);
  if (wanted.to === 'running') await engine.killPoint('after-running-written', run);
}

/** What Azure's own records say of the run's request: nothing of it, or how the run goes on with what they say. */
export async function findSubmitted(step: Step): Promise<'nothing' | Change> {
  const { engine, run } = step;
  try {
    const operation = operationOf(engine, run.operation);
    const found = await operation.findSubmitted(contextOf(engine, run), run.parameters, executionOf(run));
    if (found === 'nothing') return found;
    return found === 'unclear' ? unclear() : runningWith(step, found);
  } catch (thrown) {
    return afterFault(step, asCatalogueError(thrown));
  }
}

/** The second look, which the queue has kept back for the lag, in the first attempt of its job: a later one cannot know whether an earlier called. */
function maySubmitAgain({ job, run }: Step): boolean {
  return run.nothingFoundAt !== undefined && job.attempt === 0 && run.submissions < mostSubmissions;
}

function afterNothing({ engine, run }: Step): Change {
  if (run.submissions >= mostSubmissions) return unclear();
  const now = engine.now();
  const nextStep = listLagSeconds * engine.pace;
  const since = run.waiting?.since ?? now.toISOString();
  const waiting = { since, why: say(runMessages.lookingForRequest), nextLookAt: later(now, nextStep) };
  return { to: 'unknown', patch: { nothingFoundAt: now.toISOString(), waiting }, nextStep };
}

function unclear(): Change {
  const patch = { why: say(runMessages.unclear), advice: say(runMessages.unclearAdvice) };
  return { to: 'needs-attention', patch, clear: ['waiting'] };
}

function afterFault({ engine, run }: Step, error: CatalogueError): Change {
  const since = run.waiting?.since;
  const long = since !== undefined && secondsSince(since, engine.now()) > unreadableSeconds * engine.pace;
  return isPassing(error) || !long ? waitFor(engine, run, error) : unclear();
}
