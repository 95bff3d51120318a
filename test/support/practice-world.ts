import { connectAzure, FixedTokenCredential } from '../../src/azure/index.ts';
import type { Ports } from '../../src/azure/ports.ts';
import type { JobRef, ReplicatedItem } from '../../src/azure/types.ts';
import type { Context } from '../../src/operations/context.ts';
import { botObjectId, practiceSubscription, startTestSimulator, type TestSimulator } from './simulator.ts';

/** The people of a practice world: one asks, two agree. What Azure lets them do is not what these tests are about: it lets them do all. */
export const crew = ['ana', 'ben', 'cat'].map((name) => ({ tenantId: 'tenant', oid: name, name }));
export const crewReader = { locale: 'en', timeZone: 'UTC' };

/** A simulated Azure of its own for one run, on the machine's clock, with doors to it. */
export interface PracticeWorld {
  readonly simulator: TestSimulator;
  readonly ports: Ports;
  readonly context: Context;
  /** From now on jobs take so much of Azure's own time; 0: none at all. */
  readonly pace: (pace: number) => Promise<void>;
  /** Follows a job to its end, or to where it waits for a person. */
  readonly follow: (ref: JobRef) => Promise<void>;
  readonly vm: (name: string) => Promise<string>;
  readonly replica: (name: string) => Promise<ReplicatedItem>;
}

/** Doors to the simulator at an address, as the product opens them, but impatient: looks come after a third of a second. */
export function doorsTo(
  simulatorUrl: string,
  options: { readonly timeoutSeconds?: number; readonly now?: () => Date } = {},
): Ports {
  const ports = connectAzure({
    credential: new FixedTokenCredential({ oid: botObjectId, tid: '7e4a4700-0000-4000-8000-000000000001' }),
    subscriptionIds: [practiceSubscription],
    simulatorUrl,
    now: () => new Date(),
    log: () => undefined,
    firstLookSeconds: 0.3,
    jobReadsPerHour: 100_000,
    memory: { freshSeconds: 0, standInSeconds: 0 },
    ...options,
  });
  const access = {
    ...ports.access,
    holds: () => Promise.resolve(true),
    holdsForReading: () => Promise.resolve({ held: true }),
  };
  return { ...ports, access };
}

/** Starts a practice estate in which jobs end at once; `pace` lets them take their time. */
export async function openPracticeWorld(): Promise<PracticeWorld> {
  return worldOver(await startTestSimulator({ clock: 'real', pace: 0 }));
}

/** The world of a simulator that runs already, for instance of one that a product works with. */
export function worldOver(simulator: TestSimulator): PracticeWorld {
  const ports = doorsTo(simulator.url);
  const [actor = { tenantId: '', oid: '', name: '' }] = crew;
  const runs = {
    byHand: async () => undefined,
    find: none,
    recent: nothing,
    awaitingApproval: nothing,
    owedReview: nothing,
    leftOpen: nothing,
    timeline: nothing,
  };
  return {
    simulator,
    ports,
    context: { azure: ports, runs, now: () => new Date(), actor, reader: crewReader, ownChat: async () => true },
    pace: async (pace) => void (await simulator.control.settings({ pace })),
    async follow(ref) {
      for (let seen = await ports.jobs.progress(ref); seen.state === 'running'; ) {
        if (seen.tasks.some(({ state }) => state === 'waiting') && ref.kind === 'replication') return;
        await simulator.control.advance(50);
        seen = await ports.jobs.progress(seen.ref);
      }
    },
    async vm(name) {
      return only((await ports.inventory.vms()).value.filter((vm) => vm.name === name)).id;
    },
    async replica(name) {
      const { value } = await ports.inventory.replicatedItems();
      return await ports.recovery.item(only(value.filter(({ friendlyName }) => friendlyName === name)).id);
    },
  };
}

const none = () => Promise.resolve(undefined);
const nothing = () => Promise.resolve([]);

function only<T>(found: readonly T[]): T {
  const [first] = found;
  if (first === undefined) throw new Error('There is none of that name in the practice estate');
  return first;
}
