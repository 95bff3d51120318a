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
  const counts = { failed: await failed, passed: stats?.passes ?? 0, skipped: stats?.pending ?? 0 };
  // Else its listeners stay, and hand each rejection that nobody handles to those of all other files, for ever.
  mocha.dispose();
  return { ...counts, cost: cost() };
}

function end(error: unknown): never {
  console.error(error);
  process.exit(1);
}

process.on('message', (file: string) => void runFile(file).then((result) => process.send?.(result), end));
process.on('unhandledRejection', (reason) => console.error('Nobody handled this rejection:', reason));
process.once('disconnect', () => process.exit());
