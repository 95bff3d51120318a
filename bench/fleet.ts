import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { connectAzure, FixedTokenCredential } from '../src/azure/index.ts';
import type { Ports } from '../src/azure/ports.ts';
import { fleetSummary } from '../src/operations/status/fleet-summary.ts';
import { contextOf } from './fleet-context.ts';

const subscription = '0a1b2c3d-1111-4111-8111-000000000001';
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
async function rawCalls(url: string): Promise<{ readonly seconds: number; readonly rows: number }> {
  const start = performance.now();
  const rows = await Promise.all(lists.map(async (name) => await rawList(url, name)));
  return { seconds: (performance.now() - start) / 1000, rows: rows.reduce((sum, count) => sum + count, 0) };
}

async function rawList(url: string, name: string): Promise<number> {
  let rows = 0;
  for (let token: string | undefined; ; ) {
    const options = { $top: 1000, resultFormat: 'objectArray', ...(token !== undefined && { $skipToken: token }) };
    const answer = await fetch(`${url}/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await bearer()}` },
      body: JSON.stringify({ subscriptions: [subscription], query: `// q:${name}\nresources`, options }),
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

/** Ports that remember nothing of an earlier question, and count what they send. */
function counting(url: string): { readonly ports: Ports; readonly calls: () => number } {
  let calls = 0;
  const log = ({ event }: { readonly event: string }): void => {
    if (/azure/i.test(event)) calls += 1;
  };
  const ports = connectAzure({
    credential,
    subscriptionIds: [subscription],
    now: () => new Date(),
    log,
    simulatorUrl: url,
  });
  return { ports, calls: () => calls };
}

async function summarySeconds(ports: Ports): Promise<number> {
  const start = performance.now();
  await fleetSummary.answer(contextOf(ports), {});
  return (performance.now() - start) / 1000;
}

async function measure(vaults: number, items: number): Promise<string> {
  const served = await estate(vaults, vaults * items);
  try {
    // Each once before it counts: compiled code, and rows that the simulator has drawn.
    await rawCalls(served.url);
    const raw = await rawCalls(served.url);
    const { ports, calls } = counting(served.url);
    const seconds = await summarySeconds(ports);
    const megabytes = process.memoryUsage.rss() / 2 ** 20;
    const most = Math.floor(raw.rows / 1000) + 6;
    const times = seconds / raw.seconds;
    const met = calls() <= most && times <= goals.times && megabytes <= goals.megabytes;
    return row([
      `${vaults} × ${items}`,
      String(raw.rows),
      `${calls()} (${most})`,
      `${seconds.toFixed(2)} s`,
      `${raw.seconds.toFixed(2)} s`,
      `${times.toFixed(1)} (${goals.times})`,
      `${megabytes.toFixed(0)} MB (${goals.megabytes})`,
      met ? 'yes' : 'NO',
    ]);
  } finally {
    served.child.kill();
  }
}

function row(cells: readonly string[]): string {
  return cells.map((cell) => cell.padEnd(14)).join('');
}

/** The code of the SDKs and of the summary, loaded and compiled on an estate so small that it leaves nothing in memory. */
async function warmUp(): Promise<void> {
  const served = await estate(2, 20);
  for (let time = 0; time < 20; time += 1) await summarySeconds(counting(served.url).ports);
  served.child.kill();
}

await warmUp();
process.stdout.write(`${row(['vaults × items', 'rows', 'ARM calls', 'summary', 'raw', 'times', 'memory', 'met'])}\n`);
for (const [vaults, items] of sizes) process.stdout.write(`${await measure(vaults, items)}\n`);
