import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changingOperations } from '../../src/operations/index.ts';
import type { Run } from '../../src/runs/run.ts';
import { actOnWaitingJobs } from '../support/manual-actions.ts';
import { openPracticeWorld, type PracticeWorld } from '../support/practice-world.ts';
import { startOf } from '../support/starts.ts';
import type { Place } from '../support/store.ts';
import { AzureServer } from './azure-server.ts';
import { startOneOfEach } from './processes.ts';

/** Everything that outlives the processes of `one-of-each.ts`: a simulated Azure per operation, the chat, and what was noted. */
export class Stage implements AsyncDisposable {
  readonly chat = new AzureServer();
  readonly #worlds = new Map<string, PracticeWorld>();
  readonly #folder = mkdtempSync(join(tmpdir(), 'vaultkeeper-recovery-'));
  readonly #options: Record<string, string | undefined>;

  private constructor({ options }: Place) {
    const [orders, notes] = [join(this.#folder, 'orders.json'), join(this.#folder, 'notes')];
    this.#options = { data: options.dataFolder, url: options.databaseUrl, orders, notes };
    writeFileSync(notes, '');
  }

  /** Prepares a world for every operation. */
  static async open(place: Place): Promise<Stage> {
    const stage = new Stage(place);
    const orders = [];
    for (const operation of changingOperations.values()) {
      const world = await openPracticeWorld();
      stage.#worlds.set(operation.id, world);
      const parameters = await startOf(operation, world);
      orders.push({ operation: operation.id, simulator: world.simulator.url, parameters });
      await world.pace(0);
      await world.simulator.control.clearLog();
    }
    writeFileSync(stage.#options.orders ?? '', JSON.stringify(orders));
    stage.#options.cards = await stage.chat.listen();
    return stage;
  }

  /** Starts the process on it, and tells how that ended. */
  start(more: Readonly<Record<string, string>> = {}) {
    return startOneOfEach({ ...this.#options, ...more }).ended;
  }

  /** `operation at point`, for every run that was held there when the process was killed. */
  hits(): ReadonlySet<string> {
    return new Set(
      readFileSync(this.#options.notes ?? '', 'utf8')
        .split('\n')
        .filter(Boolean),
    );
  }

  /** What Azure took of a run, by method, path and body: a plan's VMs are sent one by one to the same path. */
  async taken(run: Run): Promise<readonly string[]> {
    const log = (await this.#worlds.get(run.operation)?.simulator.control.log()) ?? [];
    const own = log.filter((one) => one.clientRequestId === run.clientRequestId && one.method !== 'GET');
    return own
      .filter(({ status = 0 }) => status < 300)
      .map(({ method, path, body }) => `${method} ${path} ${JSON.stringify(body)}`);
  }

  /** From now on Azure's work takes far longer than any test. */
  async slow(): Promise<void> {
    await this.#everywhere((world) => world.pace(10));
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

  async #everywhere(act: (world: PracticeWorld) => Promise<void>): Promise<void> {
    await Promise.all([...this.#worlds.values()].map(act));
  }
}
