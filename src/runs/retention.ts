import type { Engine } from './engine.ts';
import { endedStates } from './transitions.ts';

/**
 * Once a day: what is older than `keepDays` is deleted. The job asks for its successor itself; a second replica, or a start on the same day, adds none.
 * Deleting twice does no harm, so the job needs no lock.
 */
export async function forgetOld({ store, now, log }: Engine, keepDays: number): Promise<void> {
  const before = new Date(now().getTime() - keepDays * 86_400_000).toISOString();
  const forgotten = await store.forgetOlder({ before, ended: endedStates });
  log.info({ ...forgotten, keepDays }, 'what was kept long enough is deleted');
  await store.jobs.daily('retention');
}
