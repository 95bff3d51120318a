import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { keyOf, nameOf } from '../../../src/azure/arm-id.ts';
import type { Ports } from '../../../src/azure/ports.ts';
import type { ReplicatedItem } from '../../../src/azure/types.ts';
import type { Context } from '../../../src/operations/context.ts';
import { changingOperations, operations } from '../../../src/operations/index.ts';
import type { StillOpen } from '../../../src/operations/left-open.ts';
import type { ChangingOperation } from '../../../src/operations/operation.ts';

import type { Answer, Suggestion, Wish } from '../../../src/operations/screen.ts';
import { createRuns, type Runs } from '../../../src/runs/index.ts';
import { openedBy } from '../../../src/runs/reminders/opened-by.ts';
import type { Run } from '../../../src/runs/run.ts';
import { isPending, isTerminal } from '../../../src/runs/transitions.ts';
import type { LeftOpenEntry, Store } from '../../../src/store/index.ts';
import { type TestTime, testClock } from '../../support/clock.ts';
import { crew, crewReader, doorsTo } from '../../support/practice-world.ts';
import { startTestSimulator, type TestSimulator } from '../../support/simulator.ts';
import { parametersFor } from '../../support/starts.ts';
import { type Place, silent } from '../../support/store.ts';

/** The plan of the practice estate, and a VM that is in no plan. */
const planName = 'erp-plan';
const tick = 600;

/** People who walk through Site Recovery by the product's own buttons: over real runs, the real clients and the simulator, with all clocks in hand. */
export class Walker {
  readonly simulator: TestSimulator;
  readonly store: Store;
  readonly ports: Ports;
  /** The plan's run that waits for a person, and the run that ended last. */
  waiting: Run | undefined;
  ended: Run | undefined;
  readonly #time: TestTime;
  readonly #runs: Runs;

  private constructor(simulator: TestSimulator, store: Store, time: TestTime) {
    this.simulator = simulator;
    this.store = store;
    this.#time = time;
    this.ports = doorsTo(simulator.url, { now: time.now });
    this.#runs = createRuns({
      store,
      operations: changingOperations,
      contextFor: (actor, reader) => ({ ...this.#basis(), actor, reader }),
      cards: { post: async () => 'm', update: async () => undefined },
      now: time.now,
      log: silent,
    });
  }

  static async open(place: Place): Promise<Walker> {
    const simulator = await startTestSimulator({ pace: 0 });
    const time = testClock((await simulator.control.now()).toISOString());
    const walker = new Walker(simulator, await place.open({ clock: time.clock }), time);
    await walker.#runs.start();
    return walker;
  }

  /** The store ends by itself, and with it the work on its queues. */
  async close(): Promise<void> {
    await this.simulator.close();
  }

  get context(): Context {
    const [actor = { tenantId: '', oid: '', name: '' }] = crew;
    return { ...this.#basis(), actor, reader: crewReader };
  }

  #basis() {
    return { azure: this.ports, runs: this.#runs.reader, now: this.#time.now, ownChat: async () => true };
  }

  /** Lets time pass everywhere. */
  async pass(ms: number): Promise<void> {
    await this.simulator.control.advance(ms);
    await this.#time.clock.setTime(this.#time.clock.now() + ms - tick);
    await this.#time.clock.tick(tick);
  }

  /** Lets time pass, and everything happen that becomes due in it. */
  async passLong(ms: number): Promise<void> {
    await this.pass(ms);
    for (let quiet = 0, before = await this.store.jobs.idle(); quiet < 2; ) {
      await this.pass(tick);
      const taken = await this.store.jobs.idle();
      quiet = taken === before ? quiet + 1 : 0;
      before = taken;
    }
  }

  async vm(name: string): Promise<string> {
    return (await this.item(name)).vmId;
  }

  async plan(): Promise<string> {
    const { value } = await this.ports.inventory.recoveryPlans();
    return value.find(({ name }) => name === planName)?.id ?? assert.fail('no plan');
  }

  /** The VM's item, wherever it lies now. */
  async item(vm: string): Promise<ReplicatedItem> {
    const { value } = await this.ports.inventory.replicatedItems();
    const found = value.find(({ friendlyName }) => friendlyName === vm) ?? assert.fail(`${vm} is not replicated`);
    return await this.ports.recovery.item(found.id);
  }

  /** All of the vault, and which of them the plan holds. */
  async items(): Promise<readonly (ReplicatedItem & { readonly inPlan: boolean })[]> {
    const { groups, vaultId } = await this.ports.recovery.plan(await this.plan());
    const names = new Set(groups.flatMap(({ itemIds }) => itemIds.map((id) => keyOf(nameOf(id)))));
    const items = await this.ports.recovery.items(vaultId);
    return items.map((item) => ({ ...item, inPlan: names.has(keyOf(item.name)) }));
  }

  /** What a person sees who asks. */
  async look(wish: Wish): Promise<Answer> {
    const operation = operations.find(({ id }) => id === wish.operation);
    assert.ok(operation?.risk === 'read');
    return await operation.answer(this.context, operation.parameters.parse(wish.parameters));
  }

  /** Back to the estate of the start; nobody has done anything. */
  async begin(): Promise<void> {
    await this.simulator.control.reset();
    this.ended = undefined;
  }

  /** Asks as the dialog does after a click, has everybody agree who must, and follows the run until it ends or waits for a person. */
  async press(wish: Wish): Promise<Run> {
    const asked = await this.#runs.service.propose({ ...(await this.#request(wish)), ...this.#here });
    await this.#agree(asked);
    const run = await this.#follow(asked.id);
    // The card of a run that ended before is of the past from now on: what it offers may be refused.
    this.ended = isTerminal(run.state) ? run : undefined;
    if (!isTerminal(run.state)) this.waiting = run;
    if (this.waiting !== undefined && this.waiting.id !== run.id) await this.#catchUp(this.waiting);
    return run;
  }

  /** The run that waits may have been let go on, or have been ended. */
  async #catchUp({ id }: Run): Promise<void> {
    const now = await this.#follow(id);
    this.waiting = isTerminal(now.state) ? undefined : now;
    if (isTerminal(now.state)) this.ended = now;
  }

  /** Somebody does what a plan's job waits for, and says so. */
  async actWhereItWaits(): Promise<void> {
    while (this.waiting !== undefined) {
      const [step] = this.waiting.progress?.waitsFor ?? [];
      await this.press({ operation: 'replication-job.resume', parameters: { job: step?.jobId } });
    }
  }

  /** What Azure takes when the request is sent although the product refuses it; what it refuses to ask further for cannot be sent. */
  async takenAnyway(wish: Wish): Promise<readonly string[]> {
    const [requester = { oid: '', name: '' }] = crew;
    const startingAt = this.#time.now().toISOString();
    const execution = { runId: randomUUID(), code: 'WALK', clientRequestId: randomUUID(), startingAt, requester };
    await this.#request(wish)
      .then(({ operation, parameters }) => operationOf(operation).submit(this.context, parameters, execution))
      .catch(() => undefined);
    const log = await this.simulator.control.log();
    const own = log.filter(
      ({ clientRequestId, method }) => clientRequestId === execution.clientRequestId && method !== 'GET',
    );
    return own.filter(({ status = 0 }) => status < 300).map(({ method, path }) => `${method} ${path}`);
  }

  /** What the wish lacks is the first choice, or as proposed. */
  async #request({ operation, parameters }: Wish) {
    return { operation, parameters: await parametersFor(operationOf(operation), this, parameters) };
  }

  get #here() {
    const [actor = { tenantId: '', oid: '', name: '' }] = crew;
    return { actor, reader: crewReader, conversationId: 'chat' };
  }

  async #agree(asked: Run): Promise<void> {
    for (let run = asked; isPending(run.state); ) {
      const draft = run.state === 'draft';
      const actor = crew[draft ? 0 : run.approvals.length + 1] ?? assert.fail('too few people');
      const wish = { run: { id: run.id }, verb: draft ? 'confirm' : 'approve', actor, conversationId: 'chat' } as const;
      const result = await this.#runs.service.decide({ ...wish, typedName: run.targetName });
      assert.ok(result.accepted, `${run.operation} was not decided`);
      run = result.run;
    }
  }

  /** What ended runs have left open, and what Azure says of it now. */
  async leftOpen(): Promise<readonly { readonly entry: LeftOpenEntry; readonly seen: StillOpen }[]> {
    const entries = await this.store.leftOpen.open('tenant');
    return await Promise.all(
      entries.map(async (entry) => {
        const run = (await this.#runs.service.get(entry.runId)) ?? assert.fail('a run is gone');
        const { leftOpen, parameters } = openedBy(changingOperations, run) ?? assert.fail('nothing is left open');
        return { entry, seen: await leftOpen.stillOpen(this.context, parameters, { endedAt: entry.openedAt }) };
      }),
    );
  }

  async #follow(id: string): Promise<Run> {
    for (let ticks = 0; ticks < 200; ticks += 1) {
      await this.pass(ticks < 5 ? tick : 10 * tick);
      const run = (await this.#runs.service.get(id)) ?? assert.fail('the run is gone');
      if (isTerminal(run.state) || (run.progress?.waitsFor ?? []).length > 0) return run;
    }
    return assert.fail('the run came to no end');
  }
}

function operationOf(id: string): ChangingOperation {
  return changingOperations.get(id) ?? assert.fail(`there is no operation ${id}`);
}

/** The buttons that become runs. */
export function changes(suggestions: readonly Suggestion[] = []): readonly Wish[] {
  return suggestions.map(({ wish }) => wish).filter(({ operation }) => changingOperations.has(operation));
}
