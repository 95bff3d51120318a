import { isOwedReview } from './break-glass.ts';
import type { Change } from './change.ts';
import { approverRefusal } from './eligible.ts';
import type { Engine } from './engine.ts';
import { type Refusal, refusal } from './refusal.ts';
import type { DecisionResult, Review, StoredRun } from './run.ts';
import { takeWord } from './take-word.ts';
import { isTerminal } from './transitions.ts';

/**
 * Ends the review that a run owes because it was started without its approvals: by somebody who could have approved it, who is
 * neither the one who broke the glass nor the requester. Nothing is sent to Azure. A refusal is audited.
 */
export async function review(engine: Engine, wish: Review): Promise<DecisionResult> {
  return await takeWord(engine, wish, {
    verb: 'review',
    refusalOf: (run) => refusalOf(run, wish),
    asked: (run) => approverRefusal(engine, run, wish.actor),
    changeFor: (run) => changeFor(engine, run, wish),
  });
}

function refusalOf(run: StoredRun, { actor, comment }: Review): Refusal | undefined {
  if (!isOwedReview(run)) return refusal('nothing-to-review', { values: { code: run.code } });
  if (actor.oid === run.breakGlass?.actor.oid) return refusal('own-break-glass');
  if (actor.oid === run.requester.oid) return refusal('own-request');
  // While steps are taken, nobody but them writes the row.
  if (!isTerminal(run.state) && run.state !== 'needs-attention')
    return refusal('review-too-early', { values: { code: run.code } });
  return comment.trim() === '' ? refusal('review-comment-required', { values: { code: run.code } }) : undefined;
}

function changeFor(engine: Engine, run: StoredRun, { actor, comment, conversationId }: Review): Change {
  const event = { kind: 'break-glass-reviewed', actor, conversationId, details: { comment } } as const;
  const reviewed = { actor, at: engine.now().toISOString(), comment: comment.trim() };
  const { breakGlass } = run;
  return { to: run.state, event, patch: breakGlass === undefined ? {} : { breakGlass: { ...breakGlass, reviewed } } };
}
