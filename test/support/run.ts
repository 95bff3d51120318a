import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs the tests in two processes, which take the next file when they are done with one, and ends with one line that counts the tests, after
 * what was skipped and why. `node test/support/run.ts unit|e2e [--counts FILE]`; the counts are appended to the file, for a sum over several runs.
 */
interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const [suite = 'unit', ...flags] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'vaultkeeper-tests-'));
const skips = join(folder, 'skips');
writeFileSync(skips, '');
const groups = groupsOf(globSync('test/**/*.test.ts').filter((file) => file.includes('/e2e/') === (suite === 'e2e')));
const results: Counts[] = [];
await Promise.all([worker(), ...(suite === 'e2e' ? [] : [worker()])]);
report();

/** Files that share something costly to start (a PostgreSQL server, say) stay together: one group a folder, those that wait for processes and jobs first. */
function groupsOf(files: readonly string[]): string[][] {
  const longest = ['test/recovery', 'test/conversations', 'test/runs', 'test/store'];
  const place = (folder: string): number => (longest.includes(folder) ? longest.indexOf(folder) : longest.length);
  const byFolder = Map.groupBy(files, (file) => file.slice(0, file.lastIndexOf('/')));
  return [...byFolder].toSorted(([a], [b]) => place(a) - place(b)).map(([, group]) => group);
}

async function worker(): Promise<void> {
  for (let group = groups.shift(); group !== undefined; group = groups.shift()) results.push(await runGroup(group));
}

/** One mocha process; what it prints is printed whole, when it has ended, so that two do not mix. */
async function runGroup(files: readonly string[]): Promise<Counts> {
  const counts = join(folder, `counts-${results.length}-${files.length}-${Date.now()}`);
  const env = { ...process.env, SKIPS_FILE: skips, COUNTS_FILE: counts, FORCE_COLOR: '0' };
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

function readCounts(file: string): Counts | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Counts;
  } catch {
    return undefined;
  }
}

function crashed(files: readonly string[]): Counts {
  console.log(`The process that ran these files ended before its tests did: ${files.join(' ')}`);
  return { passed: 0, failed: 1, skipped: 0 };
}

function report(): never {
  const sum = (key: keyof Counts): number => results.reduce((total, counts) => total + counts[key], 0);
  const total: Counts = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
  for (const reason of new Set(readFileSync(skips, 'utf8').split('\n').filter(Boolean)))
    console.log(`skipped: ${reason}`);
  const file = flags[flags.indexOf('--counts') + 1];
  if (flags.includes('--counts') && file !== undefined) appendFileSync(file, `${JSON.stringify(total)}\n`);
  rmSync(folder, { recursive: true });
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
}
