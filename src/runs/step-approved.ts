import { asCatalogueError, type CatalogueError } from '../errors.ts';
import { say } from '../message.ts';
import { asksForMore } from './asks-for-more.ts';
import { type Change, changeByStep } from './change.ts';
import { differencesBetween, newWarnings } from './drift.ts';
import { actingContextOf, contextOf, type Engine, startableOf } from './engine.ts';
import { assertNothingBlocks } from './examine.ts';
import { lapseOf, lapseReason } from './expiry.ts';
import { isPassing } from './faults.ts';
import { runMessages } from './messages.ts';
import { requirementNow } from './requirement.ts';
import { assertRights } from './rights.ts';
import type { StoredRun } from './run.ts';
import type { Step } from './step.ts';
import { waitFor } from './waiting.ts';

/**
 * Whether what was approved is still true, read again from Azure; if so, "starting" is written down before anything is
 * called. Nothing has happened in Azure yet, so whatever fails here fails the run safely.
 */
export async function startApproved({ engine, job, run }: Step): Promise<void> {
  const wanted = await readAgain(engine, run);
  await engine.killPoint('before-starting-written', run);
  await changeByStep(engine, job, run, wanted);
  if (wanted.to === 'starting') await engine.killPoint('after-starting-written', run);
}

async function readAgain(engine: Engine, run: StoredRun): Promise<Change> {
  if (engine.now().toISOString() >= lapseOf(engine, run)) return { to: 'expired', patch: { why: lapseReason(engine) } };
  try {
    actingContextOf(engine, run);
    const drift = await driftOf(engine, run);
    if (drift !== undefined) return supersededBy(drift);
    return { to: 'starting', patch: { startingAt: engine.now().toISOString() }, clear: ['waiting'], nextStep: 0 };
  } catch (thrown) {
    return afterFault(engine, run, asCatalogueError(thrown));
  }
}

/** What nobody saw who agreed, by the rights of all of them, the preview and the checks as of now. @throws CatalogueError for what forbids the start. */
async function driftOf(engine: Engine, run: StoredRun): Promise<Drift | undefined> {
  const operation = startableOf(engine, run.operation);
  const context = contextOf(engine, run);
  const breaker = run.breakGlass?.usedAt === undefined ? [] : [run.breakGlass.actor];
  const people = [run.requester, ...run.approvals.map((approval) => approval.actor), ...breaker];
  const rights = await operation.rights(context, run.parameters);
  await Promise.all(people.map((person) => assertRights(context, person, rights, { fresh: true })));
  const preview = await operation.preview(context, run.parameters);
  const differences = differencesBetween(run.preview.measured, preview.measured);
  if (differences.length > 0) return { differences };
  const findings = await operation.checks(context, run.parameters, preview);
  assertNothingBlocks(findings);
  const warnings = newWarnings(run.findings, findings);
  if (warnings.length > 0) return { newWarnings: warnings };
  const considered = { proposal: askedAs(run), operation, parameters: run.parameters, preview };
  return asksForMore(run, await requirementNow(engine, context, considered));
}

function askedAs({ requester, reason }: StoredRun) {
  return { actor: requester, ...(reason !== undefined && { reason }) };
}

/** What is not as it was, or what the policy says of it now. */
type Drift = Pick<StoredRun, 'differences' | 'newWarnings' | 'why' | 'advice'>;

function supersededBy(drift: Drift): Change {
  const said = { why: say(runMessages.changed), advice: say(runMessages.changedAdvice) };
  return { to: 'superseded', patch: { ...said, ...drift } };
}

function afterFault(engine: Engine, run: StoredRun, error: CatalogueError): Change {
  if (isPassing(error) || error.code === 'sign-in-needed') return waitFor(engine, run, error);
  if (error.kind === 'internal') engine.log.error({ error, run: run.code }, 'a run could not be read again');
  return { to: 'failed', patch: failure(error) };
}

/** What a failed run says: what happened, what to do, and Azure's correlation id. */
export function failure(error: CatalogueError) {
  const id = error.azure?.correlationId;
  return { why: error.text, advice: error.advice, ...(id === undefined ? {} : { correlationId: id }) };
}
