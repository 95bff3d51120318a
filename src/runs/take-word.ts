import { type Change, change } from './change.ts';
import { named, notFound, type Refused, recordRefusal } from './decide.ts';
import type { Engine } from './engine.ts';
import type { Refusal } from './refusal.ts';
import type { Decision, DecisionResult, StoredRun } from './run.ts';

/** What a person says about a run that nobody decides on any more: how it is refused, and what it changes. */
interface Word {
  readonly verb: Exclude<Refused['decision']['verb'], Decision['verb']>;
  /** Judged before anybody is asked, and once more when the run is locked. */
  readonly refusalOf: (run: StoredRun) => Refusal | undefined;
  /** What Azure or the policy says of the person; absent when there is nothing to ask. */
  readonly asked?: (run: StoredRun) => Promise<Refusal | undefined>;
  readonly changeFor: (run: StoredRun) => Change;
}

/** Like a decision: the run is judged, Azure is asked, and then it is locked, judged again and changed in one transaction. A refusal is audited. */
export async function takeWord(
  engine: Engine,
  wish: Pick<Decision, 'run' | 'actor' | 'conversationId'>,
  word: Word,
): Promise<DecisionResult> {
  const known = await named(engine, wish);
  const early = known === undefined ? undefined : (word.refusalOf(known) ?? (await word.asked?.(known)));
  return await engine.store.transaction(async (unit) => {
    const run = known === undefined ? undefined : await unit.runs.lock(known.id);
    const why = run === undefined ? notFound(wish) : (early ?? word.refusalOf(run));
    if (run === undefined || why !== undefined)
      return recordRefusal(engine, unit, { decision: { ...wish, verb: word.verb }, run, why: why ?? notFound(wish) });
    return { accepted: true, run: await change(engine, unit, run, word.changeFor(run)) };
  });
}
