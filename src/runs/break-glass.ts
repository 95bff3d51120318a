import type { Change } from './change.ts';
import { type Engine, later } from './engine.ts';
import { type Refusal, refusal } from './refusal.ts';
import type { Decision, StoredRun } from './run.ts';

/** How long the second step may take, in milliseconds. */
const secondStepWithin = 5 * 60 * 1000;
/** Until when somebody else looks at what was done, in seconds. */
const reviewWithin = 24 * 60 * 60;

/** The refusal where the policy file names nobody who may break the glass. */
export function breakGlassOff(engine: Engine, { verb }: Decision): Refusal | undefined {
  return verb === 'break-glass' && engine.policy.breakGlass === undefined ? refusal('break-glass-off') : undefined;
}

/**
 * As far as the stored run tells: the preview is confirmed, the first step gives a reason, and the second names the target or
 * the code, by the same person, within five minutes.
 */
export function judgeBreakGlass(run: StoredRun, decision: Decision, now: Date): Refusal | undefined {
  if (run.state === 'draft') return refusal('not-confirmed', { values: { requester: run.requester.name } });
  if (decision.typedName === undefined) {
    const silent = (decision.comment?.trim() ?? '') === '';
    return silent ? refusal('break-glass-reason-required', { values: { code: run.code } }) : undefined;
  }
  if (!isAsked(run, decision, now)) return refusal('break-glass-not-asked', { values: { code: run.code } });
  const typed = decision.typedName.trim().toLowerCase();
  const known = [run.targetName, run.code].map((name) => name.toLowerCase());
  return known.includes(typed) ? undefined : refusal('typed-name-wrong', { values: { name: run.targetName } });
}

function isAsked({ breakGlass }: StoredRun, { actor }: Decision, now: Date): boolean {
  if (breakGlass?.actor.oid !== actor.oid) return false;
  return now.getTime() - new Date(breakGlass.at).getTime() < secondStepWithin;
}

/** The first step is written down and changes nothing else; the second starts the run and owes a review. */
export function breakGlassMove(run: StoredRun, decision: Decision, now: Date): Change {
  const at = now.toISOString();
  const { actor, comment = '' } = decision;
  if (decision.typedName === undefined || run.breakGlass === undefined)
    return { to: run.state, patch: { breakGlass: { actor, at, reason: comment.trim() } } };
  const breakGlass = { ...run.breakGlass, usedAt: at, reviewBy: later(now, reviewWithin) };
  return { to: 'approved', patch: { approvedAt: at, breakGlass }, nextStep: 0 };
}

/** Whether a run was started without its approvals and nobody has looked at that yet. */
export function isOwedReview({ breakGlass }: StoredRun): boolean {
  return breakGlass?.usedAt !== undefined && breakGlass.reviewed === undefined;
}
