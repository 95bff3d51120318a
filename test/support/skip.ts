import { appendFileSync } from 'node:fs';
import type { Context } from 'mocha';

/** Tells at the end of the run what was not tested, or not as it should be, and why. */
export function noteSkipped(reason: string): void {
  if (process.env.SKIPS_FILE) appendFileSync(process.env.SKIPS_FILE, `${reason}\n`);
}

/** Skips the test (or, from a `before` hook, the suite) and says why: the run prints each reason at its end. */
export function skipBecause(test: Context, reason: string): never {
  noteSkipped(reason);
  test.skip();
}
