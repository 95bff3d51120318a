import { type AzureOptions, connectAzure, FixedTokenCredential } from '../../../src/azure/index.ts';
import type { Ports } from '../../../src/azure/ports.ts';
import type { JobProgress, JobRef, ReplicatedItem, Vm } from '../../../src/azure/types.ts';
import type { SimulatorOptions } from '../../../src/simulator/index.ts';
import { practiceSubscription, startTestSimulator, type TestSimulator } from '../../support/simulator.ts';
import { ManualClock } from './ports.ts';

/** The Azure edge over the simulator's practice estate, both on one clock that only `advance` moves. */
export interface Simulated {
  readonly simulator: TestSimulator;
  readonly ports: Ports;
  readonly clock: ManualClock;
  readonly advance: (seconds: number) => Promise<void>;
  readonly vmNamed: (name: string) => Promise<Vm>;
  readonly replicatedNamed: (name: string) => Promise<ReplicatedItem>;
  /** Follows a job as a run does, until it is over; gives what was seen on the way. */
  readonly follow: (ref: JobRef) => Promise<readonly JobProgress[]>;
}

/** Who calls, and what differs from the usual simulator and edge. */
export interface SimulatedOptions {
  readonly oid?: string;
  readonly simulator?: SimulatorOptions;
  readonly azure?: Partial<AzureOptions>;
}

export const botOid = 'b0000000-0000-4000-8000-000000000001';
export const readerOid = 'a0000000-0000-4000-8000-000000000004';
export const engineerOid = 'a0000000-0000-4000-8000-000000000001';

/** Runs a test against the simulator and closes it. */
export async function withSimulator(
  test: (simulated: Simulated) => Promise<void>,
  options: SimulatedOptions = {},
): Promise<void> {
  const simulator = await startTestSimulator(options.simulator);
  try {
    await test(await openSimulated(simulator, options));
  } finally {
    await simulator.close();
  }
}

/** Opens the edge over a simulator that runs already. */
export async function openSimulated(simulator: TestSimulator, options: SimulatedOptions = {}): Promise<Simulated> {
  const clock = new ManualClock((await simulator.control.now()).toISOString());
  const identity = { oid: options.oid ?? botOid, tid: '7e4a4700-0000-4000-8000-000000000001' };
  const base = { credential: new FixedTokenCredential(identity), subscriptionIds: [practiceSubscription] };
  const rest = {
    now: clock.now,
    log: () => undefined,
    simulatorUrl: simulator.url,
    memory: { freshSeconds: 0, standInSeconds: 0 },
  };
  const ports = connectAzure({ ...base, ...rest, ...options.azure });
  const advance = async (seconds: number) => {
    clock.advance(seconds);
    await simulator.control.advance(seconds * 1000);
  };
  return { simulator, ports, clock, advance, ...named(ports), follow: (ref) => followed(ports, ref, advance) };
}

function named(ports: Ports) {
  return {
    async vmNamed(name: string): Promise<Vm> {
      return only((await ports.inventory.vms()).value.filter((vm) => vm.name === name));
    },
    async replicatedNamed(name: string): Promise<ReplicatedItem> {
      const { value } = await ports.inventory.replicatedItems();
      return await ports.recovery.item(only(value.filter(({ friendlyName }) => friendlyName === name)).id);
    },
  };
}

async function followed(ports: Ports, ref: JobRef, advance: (seconds: number) => Promise<void>) {
  const seen: JobProgress[] = [];
  for (let next = ref; ; ) {
    const progress = await ports.jobs.progress(next);
    seen.push(progress);
    if (progress.state !== 'running') return seen;
    if (seen.length > 500) throw new Error(`It never ends: ${JSON.stringify(progress)}`);
    next = progress.ref;
    await advance(Math.max(progress.nextLookSeconds, 0.1));
  }
}

function only<T>(found: readonly T[]): T {
  const [first] = found;
  if (first === undefined) throw new Error('There is none of that name in the practice estate');
  return first;
}
