import type { JobProgress } from '../azure/types.ts';
import { explained } from '../azure-codes.ts';
import { asCatalogueError, CatalogueError } from '../errors.ts';
import { say, type Text } from '../message.ts';
import { type Change, changeByStep } from './change.ts';
import { contextOf, executionOf, operationOf } from './engine.ts';
import { isPassing } from './faults.ts';
import { runMessages } from './messages.ts';
import { nextStepOf } from './next-step.ts';
import type { Step } from './step.ts';
import { failure } from './step-approved.ts';
import { waitFor } from './waiting.ts';

/** A job that goes on no more. */
export type Ended = JobProgress & { readonly state: Exclude<JobProgress['state'], 'running'> };

/** Azure's job has ended: writes down how, with what is left to do or what Azure recommends. */
export async function endWith(step: Step, progress: Ended): Promise<void> {
  const { engine, job, run } = step;
  await engine.killPoint('before-result-read', run);
  const wanted = (await furtherOf(step, progress)) ?? (await endOf(step, progress));
  await engine.killPoint('before-end-written', run);
  await changeByStep(engine, job, run, wanted);
  await engine.killPoint('after-end-written', run);
}

/** A run of several steps goes on with the next one; a step that Azure refuses ends it as failed. */
async function furtherOf(step: Step, progress: Ended): Promise<Change | undefined> {
  const next = await nextStepOf(step, progress);
  if (!(next instanceof CatalogueError)) return next;
  const failed = { ...progress, state: 'failed' as const };
  const end = await endOf(step, failed);
  return end.to === 'failed' ? { ...end, patch: { ...end.patch, ...failure(next) } } : end;
}

const states = {
  failed: 'failed',
  cancelled: 'cancelled',
  succeeded: 'succeeded',
  'succeeded-with-warnings': 'succeeded',
} as const;

/** What has happened has happened, whatever the result says: only an Azure that does not answer is waited for. */
async function endOf({ engine, run }: Step, progress: Ended): Promise<Change> {
  const patch = { progress, job: progress.ref, ...reasonOf(progress, run.clientRequestId) };
  const end = { to: states[progress.state], clear: ['waiting'] } as const;
  try {
    const operation = operationOf(engine, run.operation);
    const outcome = await operation.result(contextOf(engine, run), run.parameters, executionOf(run), progress);
    return { ...end, patch: { ...patch, outcome } };
  } catch (thrown) {
    const error = asCatalogueError(thrown);
    if (isPassing(error)) return waitFor(engine, run, error);
    engine.log.error({ error, run: run.code }, 'the result of a run could not be read');
    return { ...end, patch };
  }
}

/**
 * Why and what to do in our words where we know the code: Azure's recommendations would say the same once more, in English; else Azure's own words and its
 * recommendations as far as it gave any. And the correlation id: the record's own, else the id that was sent with the request, under which Azure's support finds it too.
 */
function reasonOf(progress: Ended, sentId: string) {
  const { fault, recommendations, state } = progress;
  if (state === 'cancelled') return { why: say(runMessages.cancelledInAzure) };
  if (state !== 'failed') return {};
  const known = fault === undefined ? undefined : explained(fault);
  const why: { why?: Text } = fault === undefined ? {} : { why: known?.text ?? `${fault.code}: ${fault.message}` };
  const next: readonly Text[] = known === undefined ? recommendations : [known.advice];
  const advice: { advice?: Text } = next.length === 0 ? {} : { advice: next };
  return { ...why, ...advice, correlationId: fault?.correlationId ?? sentId };
}
