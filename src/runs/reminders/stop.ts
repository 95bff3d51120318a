import type { Actor } from '../../operations/context.ts';
import { putPost } from '../../posts/index.ts';
import type { LeftOpenEntry, Store, Unit } from '../../store/index.ts';
import type { Run } from '../run.ts';
import { postIdOf, stoppedScreen } from './screens.ts';

/** Somebody of a conversation wants to hear no more of what a run left open there, or of anything. */
export interface StopWish {
  readonly actor: Actor;
  readonly conversationId: string;
  /** Of the run, in any casing; without it everything that is reminded of in the conversation. */
  readonly code?: string;
}

/**
 * Ends reminders, for everybody in the conversation; what is open stays open and stays listed. Answers the runs that it meant.
 * Only people of the run's own tenant are heard.
 */
export async function stopReminders(store: Store, wish: StopWish): Promise<readonly Run[]> {
  const { actor, code } = wish;
  const named = code === undefined ? undefined : await store.runs.find(code, actor.tenantId);
  if (code !== undefined && named === undefined) return [];
  const stopped = await store.transaction(async (unit) => {
    const entries =
      named === undefined ? await unit.leftOpen.inConversation(wish.conversationId) : await one(unit, named.id);
    const heard = entries.filter(({ tenantId, stoppedBy }) => tenantId === actor.tenantId && stoppedBy === undefined);
    for (const entry of heard) await stop(unit, entry, actor);
    return heard;
  });
  const runs = await Promise.all(stopped.map(({ runId }) => store.runs.get(runId)));
  return runs.flatMap((run) => run ?? []);
}

async function one(unit: Unit, runId: string): Promise<readonly LeftOpenEntry[]> {
  const entry = await unit.leftOpen.lock(runId);
  return entry === undefined || entry.closedAt !== undefined ? [] : [entry];
}

async function stop(unit: Unit, entry: LeftOpenEntry, { name }: Actor): Promise<void> {
  await unit.leftOpen.save({ ...entry, stoppedBy: name });
  const said = await unit.posts.lock(postIdOf(entry.runId));
  if (said !== undefined)
    await putPost(unit, { ...said, screen: stoppedScreen(said.screen, name), anew: false, rings: false });
}
