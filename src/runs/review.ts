import type { Unit } from '../store/index.ts';
import { isOwedReview } from './break-glass.ts';
import { type Change, change } from './change.ts';
import { notFound, recordRefusal } from './decide.ts';
import { approverRefusal } from './eligible.ts';
import type { Engine } from './engine.ts';
import { type Refusal, refusal } from './refusal.ts';
import type { DecisionResult, Review, StoredRun } from './run.ts';
import { isTerminal } from './transitions.ts';

/**
 * Ends the review that a run owes because it was started without its approvals: by somebody who could have approved it, who is
 * neither the one who broke the glass nor the requester. Nothing is sent to Azure. A refusal is audited.
 */
export async function review(engine: Engine, wish: Review): Promise<DecisionResult> {
  const { store } = engine;
  const { run: name, actor } = wish;
  const run = 'id' in name ? await store.runs.get(name.id) : await store.runs.find(name.code, actor.tenantId);
  const known = run?.requester.tenantId === actor.tenantId ? run : undefined;
  const early =
    known === undefined ? notFound(wish) : (refusalOf(known, wish) ?? (await approverRefusal(engine, known, actor)));
  return store.transaction(async (unit) => {
    const locked = known === undefined ? undefined : await unit.runs.lock(known.id);
    const why = early ?? (locked === undefined ? notFound(wish) : refusalOf(locked, wish));
    if (locked === undefined || why !== undefined)
      return refuse(engine, unit, { wish, run: locked, why: why ?? notFound(wish) });
    return { accepted: true, run: await change(engine, unit, locked, changeFor(engine, locked, wish)) };
  });
}

function refuse(
  engine: Engine,
  unit: Unit,
  refused: { wish: Review; run: StoredRun | undefined; why: Refusal },
): DecisionResult {
  return recordRefusal(engine, unit, { ...refused, decision: { ...refused.wish, verb: 'review' } });
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
