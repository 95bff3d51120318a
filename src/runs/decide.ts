import { CatalogueError } from '../errors.ts';
import type { Actor } from '../operations/context.ts';
import type { Unit } from '../store/index.ts';
import type { AuditKind } from './audit-event.ts';
import { aboutRun, type Change, change } from './change.ts';
import { type Engine, operationOf } from './engine.ts';
import { judge, type Refusal, refusal } from './judge.ts';
import { assertRights } from './rights.ts';
import type { Decision, DecisionResult, StoredRun, Verb } from './run.ts';

/**
 * Applies a click or a sentence to a stored run. The run is judged, Azure is asked whether the person may, and then the run
 * is locked, judged again and changed in one transaction: two clicks at once count once each, or not at all.
 */
export async function decide(engine: Engine, decision: Decision): Promise<DecisionResult> {
  const run = await named(engine, decision);
  if (run === undefined) return refuse(engine, decision, undefined, notFound(decision));
  const early = judge(run, decision, engine.now()) ?? (await askAzure(engine, run, decision));
  if (early !== undefined) return refuse(engine, decision, run, early);
  engine.killPoint('before-decision-kept');
  const result = await engine.store.transaction((unit) => apply(engine, unit, run.id, decision));
  engine.killPoint('after-decision-kept');
  return result;
}

/** Only within the actor's own tenant: elsewhere a run does not exist for them. */
async function named(engine: Engine, { run, actor }: Decision): Promise<StoredRun | undefined> {
  const found =
    'id' in run ? await engine.store.runs.get(run.id) : await engine.store.runs.find(run.code, actor.tenantId);
  return found?.requester.tenantId === actor.tenantId ? found : undefined;
}

/** Whoever reviews must hold in Azure what the requester must hold. */
async function askAzure(engine: Engine, run: StoredRun, { verb, actor }: Decision): Promise<Refusal | undefined> {
  return verb === 'approve' || verb === 'reject' ? rightsRefusal(engine, run, actor) : undefined;
}

/** The refusal of a person who does not hold the operation's rights in Azure, or of whom Azure does not tell. */
export async function rightsRefusal(engine: Engine, run: StoredRun, actor: Actor): Promise<Refusal | undefined> {
  try {
    const context = engine.contextFor(actor, run.reader);
    await assertRights(context, actor, await operationOf(engine, run.operation).rights(context, run.parameters));
    return undefined;
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error;
    return { code: error.code, why: error.text, advice: error.advice };
  }
}

/** A code is repeated as it was given; an id means nothing to people. */
export function notFound({ run }: Pick<Decision, 'run'>): Refusal {
  return refusal('run-not-found', { values: { code: 'code' in run ? run.code.toUpperCase() : 'none' } });
}

async function apply(engine: Engine, unit: Unit, id: string, decision: Decision): Promise<DecisionResult> {
  const run = await unit.runs.lock(id);
  if (run === undefined) return { accepted: false, ...notFound(decision) };
  const late = judge(run, decision, engine.now());
  if (late !== undefined) return recordRefusal(engine, unit, { decision, run, why: late });
  const next = await change(engine, unit, run, changeFor(engine, run, decision));
  if (next.state === 'approved') await unit.send('expiry', { runId: run.id }, engine.startWithinMinutes * 60);
  return { accepted: true, run: next };
}

const kinds: Record<Verb, AuditKind> = {
  confirm: 'run-confirmed',
  approve: 'run-approved',
  reject: 'run-rejected',
  withdraw: 'run-withdrawn',
};

function changeFor(engine: Engine, run: StoredRun, decision: Decision): Change {
  const { actor, comment, version, conversationId } = decision;
  const details = { comment, version, required: run.requirement.approvals, received: run.approvals.length };
  const event = { kind: kinds[decision.verb], actor, conversationId, details };
  return { event, ...moveFor(engine, run, decision) };
}

function moveFor(engine: Engine, run: StoredRun, { verb, actor, comment }: Decision): Change {
  const at = engine.now().toISOString();
  const why = comment === undefined ? {} : { why: comment };
  switch (verb) {
    case 'confirm':
      if (run.requirement.approvals > 0) return { to: 'awaiting-approval' };
      return { to: 'approved', patch: { approvedAt: at }, nextStep: 0 };
    case 'reject':
      return { to: 'rejected', patch: { decidedBy: actor, ...why } };
    case 'withdraw':
      return { to: 'withdrawn', patch: { decidedBy: actor, ...why } };
    case 'approve': {
      const approvals = [...run.approvals, { actor, at, ...(comment === undefined ? {} : { comment }) }];
      if (approvals.length < run.requirement.approvals) return { to: run.state, patch: { approvals } };
      return { to: 'approved', patch: { approvals, approvedAt: at }, nextStep: 0 };
    }
  }
}

async function refuse(
  engine: Engine,
  decision: Decision,
  run: StoredRun | undefined,
  why: Refusal,
): Promise<DecisionResult> {
  return engine.store.transaction((unit) => Promise.resolve(recordRefusal(engine, unit, { decision, run, why })));
}

/** A wish that does not count, and why. */
export interface Refused {
  readonly decision: Pick<Decision, 'run' | 'actor' | 'conversationId' | 'version'> & {
    readonly verb: Verb | 'settle';
  };
  readonly run: StoredRun | undefined;
  readonly why: Refusal;
}

/** A forged or stale click leaves a trace, and nothing else. */
export function recordRefusal(engine: Engine, unit: Unit, { decision, run, why }: Refused): DecisionResult {
  const { actor, conversationId, version, verb } = decision;
  const about = run === undefined ? { tenantId: actor.tenantId } : aboutRun(run);
  const named = run === undefined ? { named: decision.run } : {};
  const details = { code: why.code, verb, version, state: run?.state, ...named };
  unit.record({ kind: 'decision-refused', at: engine.now().toISOString(), ...about, actor, conversationId, details });
  return { accepted: false, ...(run === undefined ? {} : { run }), ...why };
}
