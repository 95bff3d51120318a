import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { ChangingOperation } from '../../src/operations/operation.ts';
import type { Run } from '../../src/runs/run.ts';
import { actOnWaitingJobs } from '../support/manual-actions.ts';
import type { PracticeWorld } from '../support/practice-world.ts';
import type { Place } from '../support/store.ts';
import { AzureServer } from './azure-server.ts';
import { type End, startOneOfEach } from './processes.ts';
import { goesOn, openWorlds } from './worlds.ts';

/** A request that Azure took, and the start of the process that sent it. */
export interface Taken {
  readonly request: string;
  readonly start: string;
}

/** A path that no simulator answers to, but notes. */
const startMark = '/started/';

/** Everything that outlives the processes of `one-of-each.ts`: a simulated Azure per operation, the chat, and what was noted. */
export class Stage implements AsyncDisposable {
  readonly chat = new AzureServer();
  readonly #worlds = new Map<string, PracticeWorld>();
  readonly #folder = mkdtempSync(join(tmpdir(), 'vaultkeeper-recovery-'));
  readonly #options: Record<string, string | undefined>;

  readonly #notes = new Map<Place, string>();

  private constructor() {
    this.#options = { orders: join(this.#folder, 'orders.json') };
  }

  /** Prepares a world for each operation. */
  static async open(operations: readonly ChangingOperation[]): Promise<Stage> {
    const stage = new Stage();
    const worlds = await openWorlds(operations);
    for (const [operation, { world }] of worlds) stage.#worlds.set(operation, world);
    const orders = [...worlds.values()].map(({ order, world }) => ({ ...order, simulator: world.simulator.url }));
    writeFileSync(stage.#options.orders ?? '', JSON.stringify(orders));
    stage.#options.cards = await stage.chat.listen();
    return stage;
  }

  /** How many operations have a run. */
  get operations(): number {
    return this.#worlds.size;
  }

  /** Starts the process on it with its data in that place, and tells how that ended. The log of every simulated Azure tells when that was. */
  async start(at: Place, more: Readonly<Record<string, string>> = {}): Promise<End> {
    const what = more.kill === undefined ? 'came to the end' : `was killed at ${more.kill.replace(',', ' and ')}`;
    await this.#everywhere(({ simulator }) => fetch(`${simulator.url}${startMark}${encodeURIComponent(what)}`));
    const home = { data: at.options.dataFolder, url: at.options.databaseUrl, notes: this.#notesOf(at) };
    const end = await startOneOfEach({ ...this.#options, ...home, ...more }).ended;
    if (home.url !== undefined) await handBack(home.url);
    return end;
  }

  /** `operation at point`, for every run that was held there when a process with its data in that place was killed. */
  hits(at: Place): ReadonlySet<string> {
    return new Set(readFileSync(this.#notesOf(at), 'utf8').split('\n').filter(Boolean));
  }

  #notesOf(at: Place): string {
    const file = this.#notes.get(at) ?? join(this.#folder, `notes-${this.#notes.size}`);
    if (!this.#notes.has(at)) writeFileSync(file, '');
    this.#notes.set(at, file);
    return file;
  }

  /** What Azure took of a run, by method, path and body (a plan's VMs are sent one by one to the same path), and from which start of the process. */
  async taken(run: Run): Promise<readonly Taken[]> {
    const taken: Taken[] = [];
    let start = '';
    for (const one of (await this.#worlds.get(run.operation)?.simulator.control.log()) ?? []) {
      if (one.path.startsWith(startMark)) start = decodeURIComponent(one.path.slice(startMark.length));
      const counts = one.clientRequestId === run.clientRequestId && one.method !== 'GET' && (one.status ?? 0) < 300;
      if (counts) taken.push({ request: `${one.method} ${one.path} ${JSON.stringify(one.body)}`, start });
    }
    return taken;
  }

  /** From now on Azure's work takes far longer than any test, where it takes any time. */
  async slow(): Promise<void> {
    // A snapshot is gone after a second of Azure's.
    const paceOf = (operation: string) => (operation === 'snapshot.delete' ? 1000 : 10);
    await this.#everywhere(async (world, operation) => {
      if (goesOn(operation)) await world.pace(paceOf(operation));
    });
  }

  /** All of Azure's work is done, and so is what it waits for people to do. */
  async over(): Promise<void> {
    await this.#everywhere(async (world) => {
      await world.pace(0);
      // Lists of jobs go a day back: what waits must still be in them.
      await world.simulator.control.advance(12 * 3_600_000);
      await actOnWaitingJobs(world);
      await world.simulator.control.advance(11 * 3_600_000);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.chat.close();
    await this.#everywhere((world) => world.simulator.close());
    rmSync(this.#folder, { recursive: true });
  }

  async #everywhere(act: (world: PracticeWorld, operation: string) => Promise<unknown>): Promise<void> {
    await Promise.all([...this.#worlds].map(([operation, world]) => act(world, operation)));
  }
}

/**
 * Hands out again what the killed process had in hand, as another replica's queue does when it has been silent for ten seconds. That these pass, and
 * what follows, is what `replicas.test.ts` waits for.
 */
async function handBack(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // A statement of the killed process that was under way may still take a job.
  const others = 'select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()';
  while (((await client.query(others)).rowCount ?? 0) > 0) await wait(10);
  await client.query(`update pgboss.job set state = 'retry', start_after = now() where state in ('active', 'retry')`);
  await client.end();
}
