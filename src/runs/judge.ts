import { say } from '../message.ts';
import type { Actor } from '../operations/context.ts';
import { judgeBreakGlass } from './break-glass.ts';
import { runMessages } from './messages.ts';
import { type Refusal, refusal } from './refusal.ts';
import type { Decision, StoredRun } from './run.ts';
import { isPending } from './transitions.ts';

/**
 * Whether a decision may count, as far as the stored run tells; what Azure tells is asked after this, and this is asked
 * again when the run is locked. The order matters: a stale card is told what happened before anything about rights, and the
 * requester is never an approver, whatever rights they hold.
 */
export function judge(run: StoredRun, decision: Decision, now: Date): Refusal | undefined {
  if (!isPending(run.state)) return settled(run, run.state);
  if (decision.version !== undefined && decision.version !== run.version) return refusal('stale-card');
  if (now.toISOString() >= run.decideBy) return settled(run, 'expired');
  switch (decision.verb) {
    case 'confirm':
      return judgeConfirmation(run, decision);
    case 'withdraw':
      return isRequester(run, decision.actor) ? undefined : refusal('not-the-requester', { values: requesterOf(run) });
    case 'break-glass':
      return judgeBreakGlass(run, decision, now);
    case 'approve':
    case 'reject':
    case 'request-changes':
      return judgeReview(run, decision);
  }
}

function judgeConfirmation(run: StoredRun, decision: Decision): Refusal | undefined {
  if (!isRequester(run, decision.actor)) return refusal('not-the-requester', { values: requesterOf(run) });
  if (run.state !== 'draft') return settled(run, run.state);
  if (run.requirement.confirmation !== 'typed-name') return undefined;
  const typed = decision.typedName?.trim().toLowerCase();
  return typed === run.targetName.toLowerCase()
    ? undefined
    : refusal('typed-name-wrong', { values: { name: run.targetName } });
}

function judgeReview(run: StoredRun, decision: Decision): Refusal | undefined {
  if (isRequester(run, decision.actor)) return refusal('own-request');
  if (run.state === 'draft') return refusal('not-confirmed', { values: requesterOf(run) });
  const stranger = notNamed(run, decision.actor);
  if (stranger !== undefined) return stranger;
  const silent = (decision.comment?.trim() ?? '') === '';
  if (decision.verb === 'reject' && silent) return refusal('rejection-reason-required', { values: codeOf(run) });
  if (decision.verb === 'request-changes' && silent)
    return refusal('changes-comment-required', { values: codeOf(run) });
  const before = run.approvals.find((approval) => approval.actor.oid === decision.actor.oid);
  const twice = decision.verb === 'approve' && before !== undefined;
  return twice ? refusal('already-approved', { values: { at: { time: before.at } } }) : undefined;
}

/** The refusal of somebody whom the policy does not name among those who approve this run. */
export function notNamed(run: StoredRun, actor: Actor): Refusal | undefined {
  const { approvers, rules = [] } = run.requirement;
  const named = approvers === undefined || approvers.includes(actor.oid);
  return named ? undefined : refusal('not-an-approver', { values: { rules: [...rules] } });
}

/** What happened, by whom and when: the answer to a stale card. */
function settled(run: StoredRun, state: StoredRun['state']): Refusal {
  const by = run.decidedBy?.name ?? run.approvals.at(-1)?.actor.name ?? run.requester.name;
  const at = run.endedAt ?? run.startingAt ?? run.approvedAt ?? (state === 'expired' ? run.decideBy : run.createdAt);
  const happened = run.sentBack === true && state === 'rejected' ? 'sent-back' : state;
  const why = say(runMessages.happened[happened], { by, at: { time: at } });
  return { ...refusal('already-decided', { values: { what: why } }), why };
}

/** The answer to whoever wants something of a run that is no longer, or not yet, as they think. */
export function settledRefusal(run: StoredRun): Refusal {
  return settled(run, run.state);
}

function isRequester(run: StoredRun, actor: Actor): boolean {
  return actor.oid === run.requester.oid;
}

function codeOf(run: StoredRun) {
  return { code: run.code };
}

function requesterOf(run: StoredRun) {
  return { requester: run.requester.name };
}
