import type { CatalogueError } from '../errors.ts';
import type { Change } from './change.ts';
import { type Engine, later } from './engine.ts';
import type { StoredRun } from './run.ts';

/** Least and most seconds between two tries while Azure does not answer. */
const leastWait = 15;
const mostWait = 120;

/**
 * The run stays where it is and says since when, why, and when we look again. Azure's own Retry-After is obeyed; without one
 * the pauses grow with the length of the outage.
 */
export function waitFor(engine: Engine, run: StoredRun, error: CatalogueError): Change & { readonly nextStep: number } {
  const now = engine.now();
  const since = run.waiting?.since ?? now.toISOString();
  const asked = error.azure?.retryAfterSeconds;
  const nextStep = asked ?? Math.min(mostWait, Math.max(leastWait, secondsSince(since, now) / 4)) * engine.pace;
  const forRequester = error.code === 'sign-in-needed' ? { forRequester: true as const } : {};
  const waiting = { since, why: error.text, nextLookAt: later(now, nextStep), ...forRequester };
  return { to: run.state, patch: { waiting }, nextStep };
}

/** Whole and broken seconds between an ISO 8601 moment and now. */
export function secondsSince(at: string, now: Date): number {
  return (now.getTime() - new Date(at).getTime()) / 1000;
}
