import type { JobRef } from '../azure/types.ts';
import { asCatalogueError, type CatalogueError } from '../errors.ts';
import { type Change, changeByStep } from './change.ts';
import { actingContextOf, executionOf, operationOf } from './engine.ts';
import { verdictOf } from './faults.ts';
import type { Step } from './step.ts';
import { failure } from './step-approved.ts';
import { waitFor } from './waiting.ts';

/** Azure has just begun: the first look comes soon. */
const firstLookSeconds = 2;

/**
 * Calls Azure, at most once. It is called only in the first attempt of a job: pg-boss writes the attempt down before it
 * hands the job out, so a second attempt means that somebody may have called already.
 */
export async function submitOnce(step: Step): Promise<void> {
  const { engine, job, run } = step;
  if (!(await engine.store.jobs.holds(job))) return;
  await engine.killPoint('before-submit', run);
  const wanted = await call(step);
  await engine.killPoint('after-submit', run);
  await changeByStep(engine, job, run, wanted);
  await engine.killPoint('after-running-written', run);
}

async function call(step: Step): Promise<Change> {
  const { engine, run } = step;
  try {
    const operation = operationOf(engine, run.operation);
    const context = actingContextOf(engine, run);
    const send = () => operation.submit(context, run.parameters, executionOf(run));
    const job = await engine.whileHeld(() => engine.store.jobs.holds(step.job), send);
    return runningWith(step, job);
  } catch (thrown) {
    return afterRefusal(step, asCatalogueError(thrown));
  }
}

/** Azure has it: the run is followed by this reference from now on. */
export function runningWith({ engine, run }: Step, job: JobRef): Change {
  const details = { job, clientRequestId: run.clientRequestId, startingAt: run.startingAt };
  return {
    to: 'running',
    patch: { job, submissions: run.submissions + 1 },
    clear: ['waiting', 'nothingFoundAt'],
    event: { kind: 'run-changed', details },
    nextStep: firstLookSeconds * engine.pace,
  };
}

function afterRefusal({ engine, run }: Step, error: CatalogueError): Change {
  switch (verdictOf(error)) {
    case 'refused':
      return { to: 'failed', patch: failure(error), clear: ['waiting', 'nothingFoundAt'] };
    case 'later':
      return { ...waitFor(engine, run, error), clear: ['nothingFoundAt'] };
    case 'unproved':
      engine.log.warn({ error, run: run.code }, 'a call to Azure ended without an answer');
      return {
        to: 'unknown',
        patch: { submissions: run.submissions + 1 },
        clear: ['waiting', 'nothingFoundAt'],
        nextStep: 0,
      };
  }
}
