import { change } from './change.ts';
import { notFound, recordRefusal } from './decide.ts';
import type { Engine } from './engine.ts';
import { settledRefusal } from './judge.ts';
import { type Refusal, refusal } from './refusal.ts';
import type { DecisionResult, Start, StoredRun } from './run.ts';

/**
 * Queues the next step of a run that waits for its requester to sign in, now. It decides nothing: what was approved stays as it is, and the step
 * reads everything again. Pressed twice, the step of the first press is overtaken.
 */
export async function startSignedIn(engine: Engine, wish: Start): Promise<DecisionResult> {
  return await engine.store.transaction(async (unit) => {
    const run = await unit.runs.lock(wish.run.id);
    const known = run?.requester.tenantId === wish.actor.tenantId ? run : undefined;
    const why = known === undefined ? notFound(wish) : refusalOf(known, wish);
    if (known === undefined || why !== undefined)
      return recordRefusal(engine, unit, {
        decision: { ...wish, verb: 'start' },
        run: known,
        why: why ?? notFound(wish),
      });
    const { actor, conversationId } = wish;
    const event = { kind: 'run-changed', actor, conversationId, details: { signedIn: true } } as const;
    return { accepted: true, run: await change(engine, unit, known, { to: known.state, event, nextStep: 0 }) };
  });
}

function refusalOf(run: StoredRun, { actor }: Start): Refusal | undefined {
  if (actor.oid !== run.requester.oid)
    return refusal('not-the-requester', { values: { requester: run.requester.name } });
  return run.waiting?.forRequester === true ? undefined : settledRefusal(run);
}
