import { appendFileSync } from 'node:fs';
import type { Context } from 'mocha';

/** Skips the test (or, from a `before` hook, the suite) and says why: the run prints each reason at its end. */
export function skipBecause(test: Context, reason: string): never {
  if (process.env.SKIPS_FILE) appendFileSync(process.env.SKIPS_FILE, `${reason}\n`);
  test.skip();
}
