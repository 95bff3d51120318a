import type { Actor } from '../operations/context.ts';
import type { Engine } from './engine.ts';

/** A click whose data is of no card of ours: somebody made it up, or an old client did. */
export interface ForgedAction {
  readonly actor: Actor;
  readonly conversationId: string;
  readonly verb: string;
}

/** Longest verb that is kept, in characters: it is somebody else's text. */
const longestVerb = 100;

/** Keeps a refused action in the audit trail; it has done nothing and names no run. */
export async function recordForgery(engine: Engine, { actor, conversationId, verb }: ForgedAction): Promise<void> {
  const details = { verb: verb.slice(0, longestVerb) };
  await engine.store.transaction(async (unit) => {
    unit.record({
      kind: 'action-refused',
      at: engine.now().toISOString(),
      tenantId: actor.tenantId,
      actor,
      conversationId,
      details,
    });
  });
}
