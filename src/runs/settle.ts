import type { Change } from './change.ts';
import { rightsRefusal } from './eligible.ts';
import type { Engine } from './engine.ts';
import { settledRefusal } from './judge.ts';
import { type Refusal, refusal } from './refusal.ts';
import type { DecisionResult, Settlement, StoredRun } from './run.ts';
import { takeWord } from './take-word.ts';

/**
 * Ends, or takes up again, a run that needs attention, by the word of a person who holds the operation's rights in Azure.
 * Nothing is sent to Azure. A refusal is audited.
 */
export async function settle(engine: Engine, wish: Settlement): Promise<DecisionResult> {
  return await takeWord(engine, wish, {
    verb: 'settle',
    refusalOf: (run) => refusalOf(run, wish),
    asked: (run) => rightsRefusal(engine, run, wish.actor),
    changeFor: (run) => changeFor(run, wish),
  });
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
