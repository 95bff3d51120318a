import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const subscription = '0a1b2c3d-1111-4111-8111-000000000001';
const rounds = 60;

/** A call that is measured, against the simulator and against a bare server that answers the same bytes. */
interface Call {
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

const vault = `/subscriptions/${subscription}/resourceGroups/rg-backup-westeurope/providers/Microsoft.RecoveryServices/vaults/rsv-0000`;
const calls: readonly Call[] = [
  {
    title: 'Resource Graph page of 1,000 rows',
    method: 'POST',
    path: '/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01',
    body: JSON.stringify({ query: '// q:virtual-machines\nresources', options: { $top: 1000 } }),
  },
  { title: "a vault's page of items", method: 'GET', path: `${vault}/backupProtectedItems?api-version=2023-06-01` },
];

/** Sends a call and gives the bytes of its answer, unparsed. */
function send(url: string, call: Call): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${call.path}`, { method: call.method }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks)));
    });
    sent.on('error', reject).end(call.body);
  });
}

async function timed(url: string, call: Call): Promise<number> {
  const start = performance.now();
  await send(url, call);
  return performance.now() - start;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

/** A process that serves, and where. */
interface Served {
  readonly url: string;
  readonly child: ChildProcess;
}

/** Starts a process of its own, so that neither server shares a heap with the client that measures. */
async function serve(args: readonly string[]): Promise<Served> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/[\d.:]+/.exec(line)?.[0];
    if (url !== undefined) return { url, child };
  }
  throw new Error('the server did not start');
}

/** A server that answers every request with the bytes of a file. */
const bareSource = `
  import { readFileSync } from 'node:fs';
  import { createServer } from 'node:http';
  const bytes = readFileSync(process.argv[1]);
  const server = createServer((incoming, response) => {
    incoming.resume().on('end', () => response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length }).end(bytes));
  });
  server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port));
`;

async function bareServer(bytes: Buffer): Promise<Served> {
  const file = join(await mkdtemp(join(tmpdir(), 'bare-')), 'bytes');
  await writeFile(file, bytes);
  return serve(['--input-type=module', '-e', bareSource, file]);
}

/** Measures a call in turn at both servers, so that whatever else the machine does hits both alike. */
async function compare(url: string, call: Call): Promise<void> {
  const bytes = await send(url, call);
  const bare = await bareServer(bytes);
  const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  for (let round = 0; round < rounds; round += 1) {
    times.ours.push(await timed(url, call));
    times.bare.push(await timed(bare.url, call));
  }
  bare.child.kill();
  const [ours, theirs] = [median(times.ours), median(times.bare)];
  const factor = (ours / theirs).toFixed(1);
  say(
    `${call.title}: ${ours.toFixed(2)} ms, bare ${theirs.toFixed(2)} ms, ${factor} times (goal 3), ${bytes.length} bytes`,
  );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const start = performance.now();
const main = new URL('../src/simulator/main.ts', import.meta.url).pathname;
const simulator = await serve([main, '--port', '0', '--vaults', '500', '--vms', '100000', '--jobs', '50000']);
const ready = (performance.now() - start) / 1000;
const memory = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(simulator.child.pid)])) / 2 ** 20;
say(`500 vaults and 100,000 VMs: ready in ${ready.toFixed(1)} s (goal 15), ${memory.toFixed(2)} GB (goal 1.5)`);
for (const call of calls) await compare(simulator.url, call);
simulator.child.kill();
