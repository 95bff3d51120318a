import type { Unit } from '../store/index.ts';
import { type Change, change } from './change.ts';
import { notFound, recordRefusal } from './decide.ts';
import { rightsRefusal } from './eligible.ts';
import type { Engine } from './engine.ts';
import { settledRefusal } from './judge.ts';
import { type Refusal, refusal } from './refusal.ts';
import type { DecisionResult, Settlement, StoredRun } from './run.ts';

/**
 * Ends, or takes up again, a run that needs attention, by the word of a person who holds the operation's rights in Azure.
 * Nothing is sent to Azure. A refusal is audited.
 */
export async function settle(engine: Engine, wish: Settlement): Promise<DecisionResult> {
  const { store } = engine;
  const { run: name, actor } = wish;
  const run = 'id' in name ? await store.runs.get(name.id) : await store.runs.find(name.code, actor.tenantId);
  const known = run?.requester.tenantId === actor.tenantId ? run : undefined;
  const early =
    known === undefined ? notFound(wish) : (refusalOf(known, wish) ?? (await rightsRefusal(engine, known, actor)));
  return store.transaction(async (unit) => {
    const locked = known === undefined ? undefined : await unit.runs.lock(known.id);
    const why = early ?? (locked === undefined ? notFound(wish) : refusalOf(locked, wish));
    if (locked === undefined || why !== undefined)
      return refuse(engine, unit, { wish, run: locked, why: why ?? notFound(wish) });
    return { accepted: true, run: await change(engine, unit, locked, changeFor(locked, wish)) };
  });
}

function refuse(
  engine: Engine,
  unit: Unit,
  refused: { wish: Settlement; run: StoredRun | undefined; why: Refusal },
): DecisionResult {
  return recordRefusal(engine, unit, { ...refused, decision: { ...refused.wish, verb: 'settle' } });
}

function refusalOf(run: StoredRun, { found, comment }: Settlement): Refusal | undefined {
  if (run.state !== 'needs-attention') return settledRefusal(run);
  if (comment.trim() === '') return refusal('settle-comment-required');
  return found === 'look-again' && run.job === undefined ? refusal('no-job-to-follow') : undefined;
}

function changeFor(run: StoredRun, { found, comment, actor, conversationId }: Settlement): Change {
  const event = { kind: 'run-settled', actor, conversationId, details: { found, comment, job: run.job } } as const;
  if (found === 'look-again') return { to: 'running', event, clear: ['why', 'advice'], nextStep: 0 };
  return { to: found, event, patch: { decidedBy: actor, why: comment } };
}
