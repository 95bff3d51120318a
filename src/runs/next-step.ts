import type { JobProgress } from '../azure/types.ts';
import { asCatalogueError, type CatalogueError } from '../errors.ts';
import { say } from '../message.ts';
import type { Change } from './change.ts';
import { actingContextOf, executionOf, operationOf } from './engine.ts';
import { verdictOf } from './faults.ts';
import { runMessages } from './messages.ts';
import type { Step } from './step.ts';
import { secondsSince, waitFor } from './waiting.ts';

/** Azure has just begun: the first look comes soon. */
const firstLookSeconds = 2;
/** How long a step whose answer does not come is asked for again before a person is. */
const unansweredSeconds = 1800;

/**
 * What follows on a job that has succeeded, when its operation takes several: the run goes on with the next job; undefined when it was the last one.
 * An answer that proves nothing is no reason to stop: the operation is asked again and goes by what Azure has. A refusal is returned.
 */
export async function nextStepOf(
  { engine, job: held, run }: Step,
  progress: JobProgress,
): Promise<Change | CatalogueError | undefined> {
  const operation = operationOf(engine, run.operation);
  if (operation.advance === undefined || !progress.state.startsWith('succeeded')) return undefined;
  try {
    const context = actingContextOf(engine, run);
    const send = async () => await operation.advance?.(context, run.parameters, executionOf(run));
    const job = await engine.whileHeld(() => engine.store.jobs.holds(held), send);
    if (job === undefined) return undefined;
    return {
      to: 'running',
      patch: { job, progress: { ...progress, state: 'running', ref: job } },
      clear: ['waiting'],
      event: { kind: 'run-progressed', details: { job, tasks: progress.tasks } },
      nextStep: firstLookSeconds * engine.pace,
    };
  } catch (thrown) {
    return afterFault({ engine, run }, asCatalogueError(thrown));
  }
}

function afterFault({ engine, run }: Pick<Step, 'engine' | 'run'>, error: CatalogueError): Change | CatalogueError {
  // Nothing was sent, and the requester can still sign in.
  const mayGoOn = error.code === 'sign-in-needed';
  if (!mayGoOn && verdictOf(error) === 'refused') return error;
  engine.log.warn({ error, run: run.code }, 'the next step of a run got no answer');
  const since = run.waiting?.since;
  const long = since !== undefined && secondsSince(since, engine.now()) > unansweredSeconds * engine.pace;
  if (!long) return waitFor(engine, run, error);
  const why = say(runMessages.unreadable, { reason: error.text });
  return { to: 'needs-attention', patch: { why, advice: say(runMessages.unreadableAdvice) }, clear: ['waiting'] };
}
