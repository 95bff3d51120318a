import { appendFileSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Costs, slowestTen } from './cost.ts';
import { makeEmptyDatabase, makeEmptyStore } from './empty-store.ts';
import { startPostgres } from './postgres.ts';
import type { FileResult } from './run-files.ts';
import { suiteOf } from './suites.ts';
import { TestProcess } from './test-process.ts';

/**
 * Runs the tests in a few processes, which take the next file when they are done with one, and ends with one line that counts the tests, after
 * what was skipped and why, and the files that cost most. `node test/support/run.ts unit|proof|e2e [--only FOLDER] [--counts FILE] [--costs FILE]`; the
 * counts are appended to the file, for a sum over several runs; what each file cost is written as JSON.
 */

/** What Node has compiled once is kept for all processes: most of a small test's time is loading the SDKs. */
const compiled = 'node_modules/.cache/compiled';

/** The longest file, and those whose tests mostly wait, for processes or for jobs: their waiting fills the time in which others compute. */
const beginWith = [
  'runs/embedded.',
  ...['recovery/', 'conversations/', 'runs/', 'store/', 'watches/', 'faults/', 'main.', 'telemetry.'],
].map((name) => `test/${name}`);

/** One more than the cores of a small machine. */
const workers = 3;

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { costs: { type: 'string' }, counts: { type: 'string' }, only: { type: 'string', default: 'test' } },
});
const [suite = 'unit'] = positionals;
const folder = mkdtempSync(join(tmpdir(), 'vaultkeeper-tests-'));
const skips = join(folder, 'skips');
writeFileSync(skips, '');
const files = inOrder(globSync(`${flags.only}/**/*.ts`).filter((file) => suiteOf(file) === suite));
const results = new Map<string, FileResult>();
const [empty, postgres] = await Promise.all([
  makeEmptyStore(join(folder, 'empty')),
  suite === 'e2e' ? undefined : serverForAll(),
]);
const env = {
  ...process.env,
  ...postgres?.env,
  SKIPS_FILE: skips,
  FORCE_COLOR: '0',
  EMPTY_STORE: empty,
  NODE_COMPILE_CACHE: compiled,
};
await Promise.all(Array.from({ length: suite === 'e2e' ? 1 : workers }, (_, nth) => worker(`worker-${nth}`)));
await postgres?.end();
report();

/** One PostgreSQL server for all processes, with an empty store to be copied. Where none can be had, each test that wants one is skipped and says why. */
async function serverForAll() {
  const server = await startPostgres(process.env.TEST_DATABASE_URL).catch(() => undefined);
  if (server === undefined) return undefined;
  const template = `vk_empty_${process.pid}`;
  await makeEmptyDatabase(await server.database(template));
  const end = async (): Promise<void> => {
    await server.drop(template);
    await server.stop();
  };
  return { end, env: { TEST_DATABASE_URL: server.url, EMPTY_DATABASE: template } };
}

function inOrder(all: readonly string[]): string[] {
  const place = (file: string): number => {
    const at = beginWith.findIndex((start) => file.startsWith(start));
    return at === -1 ? beginWith.length : at;
  };
  return all.toSorted((a, b) => place(a) - place(b) || a.localeCompare(b));
}

async function worker(name: string): Promise<void> {
  const tests = new TestProcess({ log: join(folder, name), env });
  for (let file = files.shift(); file !== undefined; file = files.shift())
    results.set(file, (await tests.run(file)) ?? crashed(file));
  await tests.end();
}

function crashed(file: string): FileResult {
  console.log(`The process that ran this file ended before its tests did: ${file}`);
  return { passed: 0, failed: 1, skipped: 0, cost: { cpu: 0, clock: 0 } };
}

function report(): never {
  const costs: Costs = Object.fromEntries([...results].map(([file, { cost }]) => [file, cost]));
  for (const line of slowestTen(costs)) console.log(line);
  if (flags.costs !== undefined) writeFileSync(flags.costs, JSON.stringify(costs, undefined, 2));
  const sum = (key: 'passed' | 'failed' | 'skipped'): number =>
    [...results.values()].reduce((total, counts) => total + counts[key], 0);
  const total = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
  for (const reason of new Set(readFileSync(skips, 'utf8').split('\n').filter(Boolean)))
    console.log(`skipped: ${reason}`);
  if (flags.counts !== undefined) appendFileSync(flags.counts, `${JSON.stringify(total)}\n`);
  rmSync(folder, { recursive: true });
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
}
