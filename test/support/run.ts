import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Costs, slowestTen } from './cost.ts';
import { makeEmptyDatabase, makeEmptyStore } from './empty-store.ts';
import { startPostgres } from './postgres.ts';

/**
 * Runs the tests in a few processes, which take the next file when they are done with one, and ends with one line that counts the tests, after
 * what was skipped and why, and the files that cost most. `node test/support/run.ts unit|e2e [--only FOLDER] [--counts FILE]`; the counts are
 * appended to the file, for a sum over several runs.
 */

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Result extends Counts {
  readonly costs: Costs;
}

/** What Node has compiled once is kept for all processes: most of a small test's time is loading the SDKs. */
const compiled = 'node_modules/.cache/compiled';

/** One more than the cores of a small machine. */
const workers = 3;

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { counts: { type: 'string' }, only: { type: 'string', default: 'test' } },
});
const [suite = 'unit'] = positionals;
const folder = mkdtempSync(join(tmpdir(), 'vaultkeeper-tests-'));
const skips = join(folder, 'skips');
writeFileSync(skips, '');
const files = globSync(`${flags.only}/**/*.test.ts`).filter((file) => file.includes('/e2e/') === (suite === 'e2e'));
const groups = groupsOf(files);
const results: Result[] = [];
const empty = await makeEmptyStore(join(folder, 'empty'));
const postgres = suite === 'e2e' ? undefined : await serverForAll();
await Promise.all(Array.from({ length: suite === 'e2e' ? 1 : workers }, () => worker()));
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

/**
 * Files that share something costly to start stay together, a folder a group; those of a folder whose tests mostly wait, for processes or for jobs,
 * are a group each and go first, so that their waiting fills the time in which others compute.
 */
function groupsOf(files: readonly string[]): string[][] {
  const waiting = ['test/recovery', 'test/conversations', 'test/runs'];
  const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/'));
  const [first, rest] = [
    files.filter((file) => waiting.includes(folderOf(file))),
    files.filter((file) => !waiting.includes(folderOf(file))),
  ];
  const place = (file: string): number => waiting.indexOf(folderOf(file));
  return [
    ...first.toSorted((a, b) => place(a) - place(b)).map((file) => [file]),
    ...Map.groupBy(rest, folderOf).values(),
  ];
}

async function worker(): Promise<void> {
  for (let group = groups.shift(); group !== undefined; group = groups.shift()) results.push(await runGroup(group));
}

/** One mocha process; what it prints is printed whole, when it has ended, so that two do not mix. */
async function runGroup(files: readonly string[]): Promise<Result> {
  const counts = join(folder, randomUUID());
  const env = {
    ...process.env,
    ...postgres?.env,
    SKIPS_FILE: skips,
    COUNTS_FILE: counts,
    FORCE_COLOR: '0',
    EMPTY_STORE: empty,
    NODE_COMPILE_CACHE: compiled,
  };
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'test/support/run-group.ts', ...files],
    { env },
  );
  const printed: Buffer[] = [];
  child.stdout.on('data', (data: Buffer) => printed.push(data));
  child.stderr.on('data', (data: Buffer) => printed.push(data));
  await once(child, 'close');
  process.stdout.write(Buffer.concat(printed));
  return readCounts(counts) ?? crashed(files);
}

function readCounts(file: string): Result | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Result;
  } catch {
    return undefined;
  }
}

function crashed(files: readonly string[]): Result {
  console.log(`The process that ran these files ended before its tests did: ${files.join(' ')}`);
  return { passed: 0, failed: 1, skipped: 0, costs: {} };
}

function report(): never {
  const costs: Costs = Object.fromEntries(results.flatMap((result) => Object.entries(result.costs)));
  for (const line of slowestTen(costs)) console.log(line);
  const sum = (key: keyof Counts): number => results.reduce((total, counts) => total + counts[key], 0);
  const total: Counts = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
  for (const reason of new Set(readFileSync(skips, 'utf8').split('\n').filter(Boolean)))
    console.log(`skipped: ${reason}`);
  if (flags.counts !== undefined) appendFileSync(flags.counts, `${JSON.stringify(total)}\n`);
  rmSync(folder, { recursive: true });
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
}
