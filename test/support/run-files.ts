import Mocha from 'mocha';
import { type Cost, countCost } from './cost.ts';

/** What became of the tests of a file. */
export interface FileResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly cost: Cost;
}

/**
 * Runs one file of tests after another, as `run.ts` names them, in this one process: the SDKs are loaded, and made fast, once and not for every file.
 * Ends when `run.ts` has no more.
 */
async function runFile(file: string): Promise<FileResult> {
  const cost = countCost();
  const mocha = new Mocha({
    timeout: file.includes('/e2e/') ? 90_000 : 30_000,
    forbidOnly: true,
    reporter: process.env.CI ? 'dot' : 'spec',
  });
  mocha.addFile(file);
  await mocha.loadFilesAsync();
  const { promise: failed, resolve } = Promise.withResolvers<number>();
  const { stats } = mocha.run(resolve);
  return { failed: await failed, passed: stats?.passes ?? 0, skipped: stats?.pending ?? 0, cost: cost() };
}

process.on('message', (file: string) => void runFile(file).then((result) => process.send?.(result)));
process.once('disconnect', () => process.exit());
