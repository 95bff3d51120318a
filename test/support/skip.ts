import type { Context } from 'mocha';

const reasons = new Map<string, number>();

/** Skips the test (or, from a `before` hook, the suite) and says why: the run prints each reason at its end. */
export function skipBecause(test: Context, reason: string): never {
  reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  test.skip();
}

/** Why tests were skipped so far in this process. */
export function skipReasons(): readonly string[] {
  return [...reasons.keys()];
}
