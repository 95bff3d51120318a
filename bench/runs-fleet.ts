import { randomUUID } from 'node:crypto';
import { TestClock } from 'pg-boss';
import { connectAzure, FixedTokenCredential } from '../src/azure/index.ts';
import { openStore, type Store } from '../src/store/index.ts';
import { startFakeArm } from '../test/azure/support/fake-arm.ts';
import { JobWorld, type WorldJob } from '../test/azure/support/job-world.ts';
import { ManualClock } from '../test/azure/support/ports.ts';
import { benchRuns, type Copy, copyRuns, jobIn, quiet } from './runs-parts.ts';
import type { Where } from './runs-throughput.ts';

const subscriptions = 20;
const vaultsEach = 5;
const jobsPerVault = 50;
const minutes = 60;
/** A card is at most this much later than it would be on a clock that flows. */
const tickMs = 3000;

/** What following a fleet of running runs cost, and how late their cards were. */
export interface FleetFigures {
  readonly runs: number;
  readonly subscriptions: number;
  readonly mostReadsInAnHour: number;
  /** Seconds. */
  readonly medianDelay: number;
  /** Seconds: a tenth of the cards was later. */
  readonly slowDelay: number;
  /** How many cards have shown that their job has ended. */
  readonly shown: number;
  readonly megabytes: number;
}

/** Follows 5,000 running runs through an hour in which their jobs end. */
export async function followFleet(where: Where): Promise<FleetFigures> {
  const clock = new TestClock('2026-03-02T08:00:00.000Z');
  const azureClock = new ManualClock(new Date(clock.now()).toISOString());
  const now = () => new Date(clock.now());
  const worlds = Array.from({ length: subscriptions }, (_, nth) => new JobWorld(azureClock, jobsOf(nth, clock.now())));
  const arm = await startFakeArm((request, nth) => {
    const world = worlds[Number(/subscriptions\/[^/]*-(\d{12})/.exec(request.path)?.[1])];
    return world?.answer(request, nth) ?? { status: 404 };
  });
  const store = await openStore({ ...where, clock, log: quiet });
  const ends = new Map<string, number>();
  const delays: number[] = [];
  const azure = connectAzure({
    credential: new FixedTokenCredential({ oid: 'bot', tid: 'tenant' }),
    subscriptionIds: [],
    simulatorUrl: arm.url,
    now,
    log: () => undefined,
  });
  const { runs, propose } = benchRuns({
    store,
    now,
    pace: 1,
    jobs: azure.jobs,
    onCard: (run) => {
      if (run.state === 'succeeded') delays.push((clock.now() - (ends.get(run.id) ?? 0)) / 1000);
    },
  });
  await copyRuns(store, (await propose('template')).id, copiesOf(ends, clock.now()));
  await runs.start();
  let most = 0;
  for (let at = 0; at < (minutes * 60_000) / tickMs; at += 1) {
    azureClock.advance(tickMs / 1000);
    await clock.setTime(clock.now() + tickMs);
    await workAll(store, clock);
    most = Math.max(most, process.memoryUsage().rss);
  }
  await runs.stop();
  await store.close();
  await arm.close();
  const late = delays.toSorted((a, b) => a - b);
  return {
    runs: ends.size,
    subscriptions,
    mostReadsInAnHour: Math.max(...worlds.map(({ mostInAnHour }) => mostInAnHour)),
    medianDelay: late[Math.floor(late.length / 2)] ?? Number.NaN,
    slowDelay: late[Math.floor(late.length * 0.9)] ?? Number.NaN,
    shown: late.length,
    megabytes: most / 2 ** 20,
  };
}

/** Jobs that began within the last half an hour and end within the hour that is watched. */
function jobsOf(subscription: number, from: number): readonly WorldJob[] {
  return Array.from({ length: vaultsEach * jobsPerVault }, (_, nth) => {
    const startedAt = from - ((nth * 37) % 1800) * 1000;
    const seconds = (from - startedAt) / 1000 + 300 + ((nth * 127) % 2700);
    return {
      vaultId: vaultOf(subscription, nth % vaultsEach),
      jobId: `job-${subscription}-${nth}`,
      startedAt,
      seconds,
    };
  });
}

function vaultOf(subscription: number, vault: number): string {
  const id = `11111111-0000-4000-8000-${String(subscription).padStart(12, '0')}`;
  return `/subscriptions/${id}/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/rsv-${vault}`;
}

/** Running runs that follow a job of their own each; `ends` learns when their jobs end. */
function copiesOf(ends: Map<string, number>, from: number): readonly Copy[] {
  const all = Array.from({ length: subscriptions }, (_, subscription) => jobsOf(subscription, from)).flat();
  return all.map(({ vaultId, jobId, startedAt, seconds }, nth) => {
    const id = randomUUID();
    ends.set(id, startedAt + seconds * 1000);
    const startingAt = new Date(startedAt).toISOString();
    return { change: { id, state: 'running', job: jobIn(vaultId, jobId), startingAt }, after: nth % 30 };
  });
}

/** Works on what is due at this moment, until nothing more is. */
async function workAll(store: Store, clock: TestClock): Promise<void> {
  for (let before = -1, taken = 0; taken > before; ) {
    before = taken;
    await clock.tick(0);
    taken = await store.jobs.idle();
  }
}
