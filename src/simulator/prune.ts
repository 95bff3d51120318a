import { span } from './clock.ts';
import type { State } from './state.ts';

/** Forgets operations a day after their end and jobs after ninety days, as Azure does, so that a state stays small. */
export function prune(state: State, now: number): void {
  const day = now - span.day;
  const quarter = now - 90 * span.day;
  drop(state.computeOperations, (one) => one.end < day);
  drop(state.vaultOperations, (one) => one.ready < day);
  for (const { backup, recovery } of Object.values(state.vaults)) {
    drop(backup.operations, (one) => one.ready < day);
    drop(recovery.operations, (one) => one.ready < day);
    drop(backup.jobs, (one) => one.timeline.start < quarter);
    drop(recovery.jobs, (one) => one.timeline.start < quarter);
  }
}

function drop<T>(table: Record<string, T>, old: (one: T) => boolean): void {
  for (const [key, one] of Object.entries(table)) if (old(one)) delete table[key];
}
