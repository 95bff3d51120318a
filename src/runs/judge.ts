import { CatalogueError, type ErrorCode } from '../errors.ts';
import { type Message, say } from '../message.ts';
import type { Actor } from '../operations/context.ts';
import { runMessages } from './messages.ts';
import type { Decision, StoredRun } from './run.ts';
import { isPending } from './transitions.ts';

/** Why a decision does not count. It is an answer and not a fault: nothing has changed. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly why: Message;
  readonly advice: Message;
}

/** A refusal in the catalogue's words. */
export function refusal(code: ErrorCode, values: ConstructorParameters<typeof CatalogueError>[1] = {}): Refusal {
  const error = new CatalogueError(code, values);
  return { code, why: error.text, advice: error.advice };
}

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
    case 'approve':
    case 'reject':
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
  const { approvers, rejectionReason, rules = [] } = run.requirement;
  const eligible = approvers === undefined || approvers.includes(decision.actor.oid);
  if (!eligible) return refusal('not-an-approver', { values: { rules: [...rules] } });
  const silent = rejectionReason === true && (decision.comment?.trim() ?? '') === '';
  if (decision.verb === 'reject' && silent)
    return refusal('rejection-reason-required', { values: { rules: [...rules] } });
  const before = run.approvals.find((approval) => approval.actor.oid === decision.actor.oid);
  const twice = decision.verb === 'approve' && before !== undefined;
  return twice ? refusal('already-approved', { values: { at: { time: before.at } } }) : undefined;
}

/** What happened, by whom and when: the answer to a stale card. */
function settled(run: StoredRun, state: StoredRun['state']): Refusal {
  const by = run.decidedBy?.name ?? run.approvals.at(-1)?.actor.name ?? run.requester.name;
  const at = run.endedAt ?? run.startingAt ?? run.approvedAt ?? (state === 'expired' ? run.decideBy : run.createdAt);
  const why = say(runMessages.happened[state], { by, at: { time: at } });
  return { ...refusal('already-decided', { values: { what: why } }), why };
}

/** The answer to whoever wants something of a run that is no longer, or not yet, as they think. */
export function settledRefusal(run: StoredRun): Refusal {
  return settled(run, run.state);
}

function isRequester(run: StoredRun, actor: Actor): boolean {
  return actor.oid === run.requester.oid;
}

function requesterOf(run: StoredRun) {
  return { requester: run.requester.name };
}
