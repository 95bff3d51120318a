import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { startPostgres } from '../test/support/postgres.ts';

const rounds = 3;
const idleSeconds = 10;

interface Measured {
  readonly seconds: number;
  readonly megabytes: number;
}

/** Starts a mode as `npm start` and `npm run serve` do, until it says that it is ready; then lets it be idle for a while. */
async function measured(mode: 'serve' | 'practice', env: Readonly<Record<string, string>>): Promise<Measured> {
  const started = performance.now();
  const child = spawn(process.execPath, commandOf(mode), {
    env: { PATH: process.env.PATH ?? '', PORT: '0', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await addressOf(child);
  while ((await fetch(`${url}/readyz`)).status !== 200) await wait(5);
  const seconds = (performance.now() - started) / 1000;
  await wait(idleSeconds * 1000);
  const kilobytes = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' }));
  child.kill('SIGTERM');
  await once(child, 'exit');
  return { seconds, megabytes: kilobytes / 1024 };
}

/** What `npm start` and `npm run serve` give to node. */
function commandOf(mode: 'serve' | 'practice'): string[] {
  const { scripts } = scriptsSchema.parse(JSON.parse(readFileSync('package.json', 'utf8')));
  return scripts[mode === 'serve' ? 'serve' : 'start'].split(' ').slice(1);
}

const scriptsSchema = z.object({ scripts: z.object({ start: z.string(), serve: z.string() }) });

/** Practice mode prints it, Teams mode logs it. */
async function addressOf({ stdout, stderr }: ChildProcess): Promise<string> {
  let said = '';
  return await new Promise((resolve, reject) => {
    const hear = (data: Buffer): void => {
      said += data.toString();
      const found = /(?:practice mode: |"url":")(http:\/\/[\w.:]+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    };
    stdout?.on('data', hear);
    stderr?.on('data', hear);
    stderr?.once('close', () => reject(new Error(`It did not start: ${said.slice(-2000)}`)));
  });
}

/** Start to ready, and memory when idle: the median of a few starts after the first, which fills Node's cache of compiled code and the store. */
async function bench(mode: 'serve' | 'practice', env: Readonly<Record<string, string>>, most: Measured): Promise<void> {
  const first = await measured(mode, env);
  const later: Measured[] = [];
  for (let round = 0; round < rounds; round++) later.push(await measured(mode, env));
  const middle = (pick: (one: Measured) => number): number =>
    later.map(pick).toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
  const seconds = middle((one) => one.seconds).toFixed(2);
  const megabytes = middle((one) => one.megabytes).toFixed(0);
  console.log(`${mode}: ready in ${seconds} s (below ${most.seconds}; the first start ${first.seconds.toFixed(2)} s)`);
  console.log(`${mode}: ${megabytes} MB when idle (below ${most.megabytes})`);
}

const folder = mkdtempSync(join(tmpdir(), 'vaultkeeper-start-'));
const postgres = await startPostgres(process.env.TEST_DATABASE_URL);
const id = '11111111-1111-4111-8111-111111111111';
await bench(
  'serve',
  {
    DATABASE_URL: await postgres.database('vk_bench_start'),
    DATA_FOLDER: join(folder, 'serve'),
    MicrosoftAppId: id,
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppTenantId: id,
    MicrosoftAppPassword: 'of-the-bench',
    ALLOWED_TENANTS: id,
    AZURE_SUBSCRIPTION_IDS: id,
  },
  { seconds: 1.5, megabytes: 200 },
);
await postgres.stop();
await bench('practice', { DATA_FOLDER: join(folder, 'practice') }, { seconds: 2.5, megabytes: 450 });
rmSync(folder, { recursive: true, force: true });
