import type { Engine } from './engine.ts';
import { settledRefusal } from './judge.ts';
import { type Refusal, refusal } from './refusal.ts';
import type { DecisionResult, Start, StoredRun } from './run.ts';
import { takeWord } from './take-word.ts';

/**
 * Queues the next step of a run that waits for its requester to sign in, now. It decides nothing: what was approved stays as it is, and the step
 * reads everything again. Pressed twice, the step of the first press is overtaken.
 */
export async function startSignedIn(engine: Engine, wish: Start): Promise<DecisionResult> {
  const { actor, conversationId } = wish;
  return await takeWord(engine, wish, {
    verb: 'start',
    refusalOf: (run) => refusalOf(run, wish),
    changeFor: (run) => {
      const event = { kind: 'run-changed', actor, conversationId, details: { signedIn: true } } as const;
      return { to: run.state, event, nextStep: 0 };
    },
  });
}

function refusalOf(run: StoredRun, { actor }: Start): Refusal | undefined {
  if (actor.oid !== run.requester.oid)
    return refusal('not-the-requester', { values: { requester: run.requester.name } });
  return run.waiting?.forRequester === true ? undefined : settledRefusal(run);
}
