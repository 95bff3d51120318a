import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { countCosts } from './cost.ts';

/** Runs the files that it is given in this process and writes what it counted, and what each file cost, to `COUNTS_FILE`. Started by `run.ts`. */
const files = process.argv.slice(2);
const browser = files.some((file) => file.includes('/e2e/'));
const mocha = new Mocha({
  timeout: browser ? 90_000 : 30_000,
  forbidOnly: true,
  reporter: process.env.CI ? 'dot' : 'spec',
});
for (const file of files) mocha.addFile(file);
await mocha.loadFilesAsync();
const runner = mocha.run((failed) => {
  const { passes = 0, pending = 0 } = runner.stats ?? {};
  const counts = { passed: passes, failed, skipped: pending, costs };
  writeFileSync(process.env.COUNTS_FILE ?? '/dev/null', JSON.stringify(counts));
  process.exit(0);
});
const costs = countCosts(runner);
