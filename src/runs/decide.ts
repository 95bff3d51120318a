import type { Unit } from '../store/index.ts';
import type { AuditKind } from './audit-event.ts';
import { breakGlassMove, breakGlassOff } from './break-glass.ts';
import { aboutRun, type Change, change } from './change.ts';
import { approverRefusal, groupRefusal, rightsRefusal } from './eligible.ts';
import type { Engine } from './engine.ts';
import { judge } from './judge.ts';
import { type Refusal, refusal } from './refusal.ts';
import type { Decision, DecisionResult, StoredRun, Verb } from './run.ts';

/**
 * Applies a click or a sentence to a stored run. The run is judged, Azure is asked whether the person may, and then the run
 * is locked, judged again and changed in one transaction: two clicks at once count once each, or not at all.
 */
export async function decide(engine: Engine, decision: Decision): Promise<DecisionResult> {
  const run = await named(engine, decision);
  if (run === undefined) return refuse(engine, decision, undefined, notFound(decision));
  const early =
    breakGlassOff(engine, decision) ?? judge(run, decision, engine.now()) ?? (await askAzure(engine, run, decision));
  if (early !== undefined) return refuse(engine, decision, run, early);
  await engine.killPoint('before-decision-kept', run);
  const own = await ownChat(engine, run, decision);
  const result = await engine.store.transaction((unit) => apply(engine, unit, { id: run.id, decision, own }));
  await engine.killPoint('after-decision-kept', run);
  return result;
}

/** Only within the actor's own tenant: elsewhere a run does not exist for them. */
export async function named(
  engine: Engine,
  { run, actor }: Pick<Decision, 'run' | 'actor'>,
): Promise<StoredRun | undefined> {
  const found =
    'id' in run ? await engine.store.runs.get(run.id) : await engine.store.runs.find(run.code, actor.tenantId);
  return found?.requester.tenantId === actor.tenantId ? found : undefined;
}

/** Whoever reviews must hold in Azure what the requester must hold, and belong to the groups that the policy names. */
async function askAzure(engine: Engine, run: StoredRun, { verb, actor }: Decision): Promise<Refusal | undefined> {
  if (verb === 'confirm' || verb === 'withdraw') return undefined;
  if (verb !== 'break-glass') return approverRefusal(engine, run, actor);
  const group = engine.policy.breakGlass?.group ?? [];
  const outside = await groupRefusal(engine, { run, actor }, [group]);
  // No rule of the run names this group, and it need not be one of Azure's.
  if (outside?.code === 'not-in-the-group') return refusal('break-glass-not-named');
  return outside ?? (await rightsRefusal(engine, run, actor));
}

/** The requester's own chat, where a run that is sent back is told as well: a changed card in a group is easily missed. */
async function ownChat(engine: Engine, run: StoredRun, { verb }: Decision): Promise<string | undefined> {
  if (verb !== 'request-changes') return undefined;
  return (await engine.store.conversations.personalOf(run.requester.oid, run.requester.tenantId))?.id;
}

/** A code is repeated as it was given; an id means nothing to people. */
export function notFound({ run }: Pick<Decision, 'run'>): Refusal {
  return refusal('run-not-found', { values: { code: 'code' in run ? run.code.toUpperCase() : 'none' } });
}

interface Applied {
  readonly id: string;
  readonly decision: Decision;
  /** A conversation that is to show the run from now on. */
  readonly own: string | undefined;
}

async function apply(engine: Engine, unit: Unit, { id, decision, own }: Applied): Promise<DecisionResult> {
  const run = await unit.runs.lock(id);
  if (run === undefined) return { accepted: false, ...notFound(decision) };
  const late = judge(run, decision, engine.now());
  if (late !== undefined) return recordRefusal(engine, unit, { decision, run, why: late });
  if (own !== undefined) await unit.cards.add(run.id, own);
  const next = await change(engine, unit, run, changeFor(engine, run, decision));
  if (next.state === 'approved') await unit.send('expiry', { runId: run.id }, engine.startWithinMinutes * 60);
  if (next.breakGlass?.usedAt !== undefined) await unit.send('review', { runId: run.id, told: false });
  return { accepted: true, run: next };
}

const kinds: Record<Verb, AuditKind> = {
  confirm: 'run-confirmed',
  approve: 'run-approved',
  reject: 'run-rejected',
  'request-changes': 'run-sent-back',
  withdraw: 'run-withdrawn',
  'break-glass': 'break-glass-asked',
};

function changeFor(engine: Engine, run: StoredRun, decision: Decision): Change {
  const { actor, comment, version, conversationId } = decision;
  const details = { comment, version, required: run.requirement.approvals, received: run.approvals.length };
  const move = moveFor(engine, run, decision);
  const used = move.patch?.breakGlass?.usedAt !== undefined;
  const event = { kind: used ? 'break-glass-used' : kinds[decision.verb], actor, conversationId } as const;
  const reason = used ? { reason: run.breakGlass?.reason } : {};
  return { event: { ...event, details: { ...details, ...reason } }, ...move };
}

function moveFor(engine: Engine, run: StoredRun, decision: Decision): Change {
  const { verb, actor, comment } = decision;
  const at = engine.now().toISOString();
  const why = comment === undefined ? {} : { why: comment };
  switch (verb) {
    case 'confirm':
      if (run.requirement.approvals > 0) return { to: 'awaiting-approval' };
      return { to: 'approved', patch: { approvedAt: at }, nextStep: 0 };
    case 'reject':
      return { to: 'rejected', patch: { decidedBy: actor, ...why } };
    case 'request-changes':
      return { to: 'rejected', patch: { decidedBy: actor, sentBack: true, ...why } };
    case 'break-glass':
      return breakGlassMove(run, decision, engine.now());
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
    readonly verb: Verb | 'settle' | 'review' | 'start';
  };
  readonly run: StoredRun | undefined;
  readonly why: Refusal;
}

/** A forged or stale click leaves a trace, and nothing else. */
export function recordRefusal(engine: Engine, unit: Unit, { decision, run, why }: Refused): DecisionResult {
  const { actor, conversationId, version, verb } = decision;
  const about = run === undefined ? { tenantId: actor.tenantId } : aboutRun(run);
  const named = run === undefined ? { named: decision.run } : {};
  const details = { code: why.code, why: why.why, verb, version, state: run?.state, ...named };
  unit.record({ kind: 'decision-refused', at: engine.now().toISOString(), ...about, actor, conversationId, details });
  return { accepted: false, ...(run === undefined ? {} : { run }), ...why };
}
