import { appendFileSync, globSync } from 'node:fs';
import Mocha from 'mocha';
import { skipReasons } from './skip.ts';

/**
 * Runs the tests and ends with one line that counts them, after what was skipped and why.
 * `node test/support/run.ts unit|e2e [--counts FILE]`; the counts are appended to the file as JSON, for a sum over several runs.
 */
const [suite = 'unit', ...flags] = process.argv.slice(2);
const files = globSync('test/**/*.test.ts').filter((file) => file.includes('/e2e/') === (suite === 'e2e'));
const mocha = new Mocha({
  timeout: suite === 'e2e' ? 60_000 : 20_000,
  forbidOnly: true,
  reporter: process.env.CI ? 'dot' : 'spec',
});
for (const file of files.toSorted()) mocha.addFile(file);
await mocha.loadFilesAsync();
const runner = mocha.run((failures) => {
  const counts = { passed: runner.stats?.passes ?? 0, failed: failures, skipped: runner.stats?.pending ?? 0 };
  for (const reason of skipReasons()) console.log(`skipped: ${reason}`);
  const file = flags[flags.indexOf('--counts') + 1];
  if (flags.includes('--counts') && file !== undefined) appendFileSync(file, `${JSON.stringify(counts)}\n`);
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exit(failures === 0 && counts.passed > 0 ? 0 : 1);
});
