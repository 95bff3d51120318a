import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { loadavg } from 'node:os';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { z } from 'zod';
import { FixedTokenCredential } from '../src/azure/index.ts';
import { benchSubscription, type Taken, timed } from './fleet-context.ts';

/** Vaults and items in each. */
const sizes = [
  [10, 100],
  [100, 100],
  [500, 200],
] as const;
const lists = ['virtual-machines', 'protected-items', 'services', 'vaults-and-snapshots'] as const;
const goals = { times: 3, megabytes: 350 };

interface Served {
  readonly url: string;
  readonly child: ChildProcess;
}

/** An estate in a process of its own, so that its heap is not measured. */
async function estate(vaults: number, vms: number): Promise<Served> {
  const main = new URL('../src/simulator/main.ts', import.meta.url).pathname;
  const args = [main, '--port', '0', '--vaults', String(vaults), '--vms', String(vms)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/[\d.:]+/.exec(line)?.[0];
    if (url !== undefined) return { url, child };
  }
  throw new Error('the simulator did not start');
}

/** The same lists over bare HTTP, page by page, parsed and thrown away, side by side as the summary asks for them: seconds, and rows. */
async function rawCalls(url: string): Promise<Taken & { readonly rows: number }> {
  let rows: readonly number[] = [];
  const taken = await timed(async () => {
    rows = await Promise.all(lists.map(async (name) => await rawList(url, name)));
  });
  return { ...taken, rows: rows.reduce((sum, count) => sum + count, 0) };
}

async function rawList(url: string, name: string): Promise<number> {
  let rows = 0;
  for (let token: string | undefined; ; ) {
    const options = { $top: 1000, resultFormat: 'objectArray', ...(token !== undefined && { $skipToken: token }) };
    const answer = await fetch(`${url}/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await bearer()}` },
      body: JSON.stringify({ subscriptions: [benchSubscription], query: `// q:${name}\nresources`, options }),
    });
    const page = (await answer.json()) as { readonly data: readonly unknown[]; readonly $skipToken?: string };
    rows += page.data.length;
    token = page.$skipToken;
    if (token === undefined) return rows;
  }
}

const credential = new FixedTokenCredential({ oid: 'bot', tid: 'tenant' });

async function bearer(): Promise<string> {
  return (await credential.getToken()).token;
}

/** What a process of its own says that the summary took; see `fleet-asked.ts`. */
const asked = z.object({ seconds: z.number(), cpuSeconds: z.number(), calls: z.int(), megabytes: z.number() });

/** The summary in a process of its own, as the product runs: neither the bare calls nor another estate are in its memory. */
async function summary(tiny: string, url: string): Promise<z.infer<typeof asked>> {
  const script = new URL('./fleet-asked.ts', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, script, tiny, url]);
  return asked.parse(JSON.parse(stdout));
}

async function measure(tiny: string, [vaults, items]: readonly [number, number]): Promise<string> {
  const served = await estate(vaults, vaults * items);
  try {
    // Each once before it counts: compiled code, and rows that the simulator has drawn.
    await rawCalls(served.url);
    const raw = await rawCalls(served.url);
    const { seconds, cpuSeconds, calls, megabytes } = await summary(tiny, served.url);
    const most = Math.floor(raw.rows / 1000) + 6;
    const times = seconds / raw.seconds;
    const met = calls <= most && times <= goals.times && megabytes <= goals.megabytes;
    return row([
      `${vaults} × ${items}`,
      String(raw.rows),
      `${calls} (${most})`,
      `${seconds.toFixed(2)} s (${cpuSeconds.toFixed(2)})`,
      `${raw.seconds.toFixed(2)} s (${raw.cpuSeconds.toFixed(2)})`,
      `${times.toFixed(1)} (${goals.times})`,
      `${megabytes.toFixed(0)} MB (${goals.megabytes})`,
      met ? 'yes' : 'NO',
    ]);
  } finally {
    served.child.kill();
  }
}

function row(cells: readonly string[]): string {
  return cells.map((cell) => cell.padEnd(16)).join('');
}

const tiny = await estate(2, 20);
process.stdout.write(
  `${row(['vaults × items', 'rows', 'ARM calls', 'summary (CPU)', 'raw (CPU)', 'times', 'memory', 'met'])}\n`,
);
for (const size of sizes) process.stdout.write(`${await measure(tiny.url, size)}\n`);
tiny.child.kill();
process.stdout.write(
  `load of the machine: ${loadavg()
    .map((one) => one.toFixed(1))
    .join(', ')}\n`,
);
