import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** Runs the files that it is given in this process and writes what it counted to `COUNTS_FILE`. Started by `run.ts`. */
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
  const counts = { passed: runner.stats?.passes ?? 0, failed, skipped: runner.stats?.pending ?? 0 };
  writeFileSync(process.env.COUNTS_FILE ?? '/dev/null', JSON.stringify(counts));
  process.exit(0);
});
