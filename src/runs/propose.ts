import { randomUUID } from 'node:crypto';
import { nameOf } from '../azure/arm-id.ts';
import { CatalogueError } from '../errors.ts';
import type { ChangingOperation } from '../operations/operation.ts';
import { canonical, type Unit } from '../store/index.ts';
import type { AuditEvent } from './audit-event.ts';
import { aboutRun } from './change.ts';
import { codeDays, randomCode } from './code.ts';
import { type Engine, later, startableOf } from './engine.ts';
import { assertNothingBlocks, type Examination, examine } from './examine.ts';
import { wakeCards } from './outbox.ts';
import { planHash } from './plan-hash.ts';
import { policyVersion } from './policy.ts';
import { limitReached } from './policy-limits.ts';
import { recently } from './recently.ts';
import { type Agreement, requirementFor } from './requirement.ts';
import type { Proposal, Requirement, StoredRun } from './run.ts';

/** A proposal that has been looked at, before anything is stored. */
interface Examined extends Examination, Agreement {
  readonly operation: ChangingOperation;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/**
 * Stores a run with its card, its time to decide and, when nobody need agree, its first step. A refusal is audited.
 * @throws CatalogueError `destructive-off`, `no-right`, `denied-by-policy`, `reason-required`, `limit-reached`, `blocked-by-checks`, `target-busy`, or whatever the preview meets in Azure.
 */
export async function propose(engine: Engine, proposal: Proposal): Promise<StoredRun> {
  return await audited(engine, proposal, async () => {
    const examined = await plan(engine, proposal);
    assertNothingBlocks(examined.findings);
    const run = { ...draftOf(engine, proposal, examined), ...(await replacing(engine, proposal, examined)) };
    await engine.killPoint('before-proposal-kept', run);
    const kept = await engine.store.transaction((unit) => keep(engine, unit, { run, examined }));
    await engine.killPoint('after-proposal-kept', run);
    return kept;
  });
}

/** Refuses what cannot be started whatever its parameters are. @throws CatalogueError `destructive-off`, on record */
export async function assertStartable(engine: Engine, proposal: Proposal): Promise<void> {
  await audited(engine, proposal, async () => void startableOf(engine, proposal.operation));
}

async function audited<T>(engine: Engine, proposal: Proposal, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CatalogueError) await auditRefusal(engine, proposal, error);
    throw error;
  }
}

/** The preview, the findings and the requirement of a proposal, stored nowhere. @throws CatalogueError as `propose` does, but for what blocks. */
export async function plan(engine: Engine, proposal: Proposal): Promise<Examined> {
  const operation = startableOf(engine, proposal.operation);
  const parsed = operation.parameters.safeParse(proposal.parameters);
  if (!parsed.success) throw new CatalogueError('not-understood', { cause: parsed.error });
  const context = engine.contextFor(proposal.actor, proposal.reader);
  const seen = await examine(context, operation, parsed.data);
  const agreement = await requirementFor(engine, context, { proposal, operation, parameters: parsed.data, ...seen });
  return { ...seen, ...agreement, operation, parameters: parsed.data };
}

function draftOf(engine: Engine, proposal: Proposal, examined: Examined): StoredRun {
  const { operation, parameters, preview, findings, requirement } = examined;
  const targets = operation.targets(parameters);
  const now = engine.now();
  return {
    id: randomUUID(),
    code: randomCode(),
    version: 1,
    revision: 1,
    submissions: 0,
    ...firstState(requirement, now),
    operation: operation.id,
    risk: operation.risk,
    parameters,
    planHash: planHash({ operation: operation.id, parameters, measured: preview.measured }),
    targets,
    targetName: preview.target ?? nameOf(targets[0] ?? ''),
    requester: proposal.actor,
    reader: proposal.reader,
    ...(proposal.reason === undefined ? {} : { reason: proposal.reason }),
    conversationId: proposal.conversationId,
    preview,
    findings,
    requirement,
    approvals: [],
    createdAt: now.toISOString(),
    decideBy: later(now, engine.decideWithinMinutes * 60),
    clientRequestId: randomUUID(),
  };
}

/** How long a run that was sent back waits for the one that stands for it, in seconds. */
const replacedWithin = 24 * 60 * 60;

/** The same person asks again for the same on the same targets after a run of theirs was sent back: the new one names the old. */
async function replacing(
  engine: Engine,
  { actor }: Proposal,
  { operation, parameters }: Examined,
): Promise<Pick<StoredRun, 'replaces'>> {
  const wanted = canonical(operation.targets(parameters));
  const since = later(engine.now(), -replacedWithin);
  const old = (await engine.store.runs.sentBackTo(actor, since)).find(
    (run) => run.operation === operation.id && canonical(run.targets) === wanted,
  );
  return old === undefined ? {} : { replaces: old.code };
}

function firstState(requirement: Requirement, now: Date): Pick<StoredRun, 'state' | 'approvedAt'> {
  if (requirement.confirmation !== 'none') return { state: 'draft' };
  if (requirement.approvals > 0) return { state: 'awaiting-approval' };
  return { state: 'approved', approvedAt: now.toISOString() };
}

interface Kept {
  readonly run: StoredRun;
  readonly examined: Examined;
}

async function keep(engine: Engine, unit: Unit, { run: draft, examined }: Kept): Promise<StoredRun> {
  await assertWithinLimits(engine, unit, { run: draft, examined });
  const holder = await unit.targets.take(draft.id, [...draft.targets, ...(draft.preview.holds ?? [])]);
  if (holder !== undefined) throw await busy(unit, draft, holder);
  const run = await withFreeCode(engine, unit, draft);
  await unit.runs.insert(run);
  await unit.cards.add(run.id, run.conversationId);
  await wakeCards(engine, unit, [run.id]);
  await scheduleEnds(engine, unit, run);
  unit.record({ kind: 'run-proposed', at: run.createdAt, ...aboutRun(run), ...proposedBy(engine, run, examined) });
  return run;
}

/** Counted under a lock that every proposer under a limit waits for, on any replica, until the run is kept. */
async function assertWithinLimits(engine: Engine, unit: Unit, { run, examined: { limits } }: Kept): Promise<void> {
  if (limits.length === 0) return;
  const reached = limitReached(limits, await recently(unit, run.requester.tenantId, engine.now()), engine.now());
  if (reached === undefined) return;
  const { rule, runs, again } = reached;
  throw new CatalogueError('limit-reached', { values: { rule, runs, again: { time: again } } });
}

async function scheduleEnds(engine: Engine, unit: Unit, run: StoredRun): Promise<void> {
  const approved = run.state === 'approved';
  await unit.send(
    'expiry',
    { runId: run.id },
    (approved ? engine.startWithinMinutes : engine.decideWithinMinutes) * 60,
  );
  if (approved) await unit.send('step', { runId: run.id, revision: run.revision });
}

async function withFreeCode(engine: Engine, unit: Unit, run: StoredRun): Promise<StoredRun> {
  const claim = { runId: run.id, now: run.createdAt, until: later(engine.now(), codeDays * 86_400) };
  if (await unit.runs.takeCode(run.code, claim)) return run;
  return withFreeCode(engine, unit, { ...run, code: randomCode() });
}

async function busy(unit: Unit, run: StoredRun, holderId: string): Promise<CatalogueError> {
  const holder = await unit.runs.read(holderId);
  // Of a plan and a VM of it the one that is held is named.
  const { targetName: target, requester, code } = holder ?? { ...run, requester: { name: '' }, code: '' };
  return new CatalogueError('target-busy', { values: { target, holder: requester.name, code } });
}

function proposedBy({ policy }: Engine, run: StoredRun, { resources, tags }: Examined): Partial<AuditEvent> {
  const { parameters, targets, reason, requirement, findings, preview, decideBy, version } = run;
  const asked = {
    risk: run.risk,
    parameters,
    targets,
    resources,
    tags,
    reason,
    decideBy,
    version,
    policy: policyVersion(policy),
    replaces: run.replaces,
    repeats: run.preview.continues?.anew === true ? run.preview.continues.operation : undefined,
  };
  const details = { ...asked, requirement, findings, measured: preview.measured };
  return { actor: run.requester, conversationId: run.conversationId, to: run.state, details };
}

async function auditRefusal(engine: Engine, proposal: Proposal, error: CatalogueError): Promise<void> {
  const { code, values } = error;
  await engine.store.transaction((unit) => {
    unit.record({
      kind: 'proposal-refused',
      at: engine.now().toISOString(),
      tenantId: proposal.actor.tenantId,
      operation: proposal.operation,
      actor: proposal.actor,
      conversationId: proposal.conversationId,
      details: { code, values, parameters: proposal.parameters, correlationId: error.azure?.correlationId },
    });
    return Promise.resolve();
  });
}
