import type { Actor } from '../../src/operations/context.ts';
import { createRuns, type Runs, type RunsOptions } from '../../src/runs/index.ts';
import type { Decision, Run, Verb } from '../../src/runs/run.ts';
import type { Store } from '../../src/store/index.ts';
import { type TestTime, testClock } from '../support/clock.ts';
import { type Place, silent } from '../support/store.ts';
import { FakeAzure, vmId } from './fake-azure.ts';
import { testOperations } from './operations.ts';

/** The people of the tests: one asks, two may approve. */
export const people = {
  ana: { tenantId: 'tenant', oid: 'oid-ana', name: 'Ana' },
  ben: { tenantId: 'tenant', oid: 'oid-ben', name: 'Ben' },
  cat: { tenantId: 'tenant', oid: 'oid-cat', name: 'Cat' },
  eve: { tenantId: 'other-tenant', oid: 'oid-eve', name: 'Eve' },
} as const satisfies Record<string, Actor>;

/** One thing that a card port was asked to do. */
export interface Shown {
  readonly what: 'post' | 'update';
  readonly conversationId: string;
  readonly run: Run;
  readonly at: number;
}

/** What a test sets beside the usual; an Azure of its own outlives a restart. */
export type HarnessOptions = Partial<RunsOptions> & { readonly azure?: FakeAzure };

/** Runs over an open store, with time, Azure and cards in the test's hands. */
export class Harness {
  readonly azure: FakeAzure;
  readonly shown: Shown[] = [];
  /** Thrown by the next card calls, one each. */
  readonly cardFaults: Error[] = [];
  readonly time: TestTime;
  readonly store: Store;
  readonly runs: Runs;

  private constructor(time: TestTime, store: Store, { azure = new FakeAzure(), ...options }: HarnessOptions) {
    this.azure = azure;
    this.time = time;
    this.store = store;
    this.runs = createRuns({
      store,
      operations: testOperations(this.azure),
      contextFor: (actor, reader) => ({
        azure: this.azure.ports(),
        runs: this.runs.reader,
        now: time.now,
        ownChat: async () => true,
        actor,
        reader,
      }),
      cards: {
        post: (conversationId, run) =>
          this.#show('post', conversationId, run).then(() => `message-in-${conversationId}`),
        update: (conversationId, _messageId, run) => this.#show('update', conversationId, run),
      },
      now: time.now,
      log: silent,
      ...options,
    });
  }

  static async open(place: Place, options: HarnessOptions & { readonly time?: TestTime } = {}): Promise<Harness> {
    const { time = testClock(), ...rest } = options;
    const harness = new Harness(time, await place.open({ clock: time.clock }), rest);
    await harness.runs.start();
    return harness;
  }

  #show(what: Shown['what'], conversationId: string, run: Run): Promise<void> {
    const fault = this.cardFaults.shift();
    if (fault !== undefined) return Promise.reject(fault);
    this.shown.push({ what, conversationId, run, at: this.time.clock.now() });
    return Promise.resolve();
  }

  propose(risk: 'reversible' | 'disruptive' | 'destructive', by: Actor = people.ana, vm = 'sql-01'): Promise<Run> {
    const reader = { locale: 'en', timeZone: 'UTC' };
    const request = { operation: `test.${risk}`, parameters: { vm: vmId(vm) } };
    return this.runs.service.propose({ ...request, actor: by, reader, conversationId: 'chat' });
  }

  decide(run: Run, verb: Verb, actor: Actor, more: Pick<Partial<Decision>, 'version' | 'typedName' | 'comment'> = {}) {
    return this.runs.service.decide({ run: { id: run.id }, verb, actor, conversationId: 'chat', ...more });
  }

  async stateOf(run: Run): Promise<Run> {
    const found = await this.runs.service.get(run.id);
    if (found === undefined) throw new TypeError('the run is gone');
    return found;
  }

  /** Lets time pass, and everything happen that becomes due in it. */
  async pass(seconds: number): Promise<void> {
    await this.time.clock.setTime(this.time.clock.now() + seconds * 1000);
    await this.settle();
  }

  /** Lets the queues work until they find nothing more to do now. */
  async settle(): Promise<void> {
    for (let quiet = 0, before = await this.store.jobs.idle(); quiet < 2; ) {
      await this.time.clock.tick(600);
      const taken = await this.store.jobs.idle();
      quiet = taken === before ? quiet + 1 : 0;
      before = taken;
    }
  }
}
