import { appendFileSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { changingOperations } from '../../src/operations/index.ts';
import { createRuns, type KillSwitch, type Runs } from '../../src/runs/index.ts';
import type { Run } from '../../src/runs/run.ts';
import { openStore } from '../../src/store/index.ts';
import { doorsTo } from '../support/practice-world.ts';
import { askerAt, remoteCards } from './remote.ts';
import { agreeTo, askFor, inItsWorld, isOver, mayGoPast, type Order, worldOf } from './worlds.ts';

/*
 * One replica with one run of every operation, each on a simulated Azure of its own: it asks for them, decides, and follows them to their ends
 * and to the cards that show these; then it exits with 0. With `--kill` every run is held in each of those gaps, until all have been in all of them,
 * now or in an earlier process, and are held in one; then the process is gone. A run that comes to one of the gaps `--later`, or to its end, is held
 * there. `--notes` is told which run was where.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    url: { type: 'string' },
    cards: { type: 'string', default: '' },
    orders: { type: 'string', default: '' },
    notes: { type: 'string', default: '' },
    kill: { type: 'string' },
    later: { type: 'string', default: '' },
    /** `soon`: nobody decides, and the time to decide is short; `never`: nobody decides. */
    undecided: { type: 'string' },
  },
});
const orders = z
  .array(z.object({ operation: z.string(), simulator: z.string(), parameters: z.record(z.string(), z.unknown()) }))
  .parse(JSON.parse(readFileSync(values.orders, 'utf8')));

const nothing = () => undefined;
const error = (details: object, text: string) => console.error(text, details);
const log = { debug: nothing, info: nothing, warn: nothing, error };
const kill = values.kill?.split(',') ?? [];
const points = [...kill, ...values.later.split(',')];
const home = values.url === undefined ? { dataFolder: values.data ?? '' } : { databaseUrl: values.url };
/** A run may be held in two jobs at once: in one that has written what follows, and in what follows. */
const most = 2 * orders.length + 2;
/** A card waits for the transaction that its run is held in. */
const workers = { step: most, card: kill.includes('inside-change') ? 2 : most, expiry: orders.length };
const width = { workers, pollSeconds: values.url === undefined ? 7 : 1 };
/** Each run may be held in a transaction; the queues have as many connections again. */
const store = await openStore({ ...home, log, width, connections: orders.length + 6 });
const doors = new Map(
  orders.map(({ operation, simulator }) => [operation, doorsTo(simulator, { timeoutSeconds: 60 })]),
);
const now = () => new Date();
/** Where runs have ever been, and those that are held now. */
const noted = new Set(readFileSync(values.notes, 'utf8').split('\n'));
const held = new Set<string>();
const end = 'its end';

/** Never resolves for a run that is to go no further. */
const hold: KillSwitch = async (name, { id, operation }) => {
  if (!points.includes(name)) return;
  note(operation ?? (await store.runs.get(id))?.operation ?? '', name);
  await new Promise<void>(nothing);
};

function note(operation: string, point: string): void {
  const line = `${operation} at ${point}`;
  if (!noted.has(line)) appendFileSync(values.notes, `${line}\n`);
  noted.add(line);
  held.add(operation);
  if (missing().length === 0) process.kill(process.pid, 'SIGKILL');
}

/** What is still to come before the process may be killed. */
function missing(): readonly string[] {
  return orders.flatMap(({ operation }) => {
    if (noted.has(`${operation} at ${end}`)) return [];
    const gaps = kill.filter((point) => !noted.has(`${operation} at ${point}`) && !mayGoPast(operation, point));
    return gaps.length === 0 && held.has(operation) ? [] : [`${operation} at ${gaps.join(' and ') || 'any of them'}`];
  });
}

const runs: Runs = createRuns({
  store,
  now,
  log,
  killPoint: hold,
  operations: new Map([...changingOperations].map(([id, operation]) => [id, inItsWorld(operation)])),
  cards: remoteCards(askerAt(values.cards)),
  contextFor: (actor, reader) => {
    const azure = doors.get(worldOf(actor));
    if (azure === undefined) throw new TypeError(`${actor.oid} is in no world`);
    return { azure, runs: runs.reader, now, actor, reader, ownChat: () => Promise.resolve(true) };
  },
  pace: 0.02,
  cardSeconds: 0.2,
  ...(values.undecided === 'soon' ? { decideWithinMinutes: 0.02 } : {}),
});

/** Asks for the run, unless it is there, and has everybody decide who must. */
async function proceed(order: Order, known: Run | undefined): Promise<void> {
  const run = known ?? (await askFor(runs, order));
  if (values.undecided === undefined) await agreeTo(runs, order, run);
}

/** That a run is over is seen a moment before it comes to the gap behind its end. */
function goesNoFurther({ operation }: Run): boolean {
  const last = kill.includes('after-end-written') || kill.includes('after-expiry-written');
  return !last || isOver(known.get(operation)?.state ?? 'draft');
}

/** Whether all runs are over and their cards show it. */
async function allShown(): Promise<boolean> {
  const all = (await store.runs.recent('tenant', 100)).filter(({ state }) => isOver(state));
  if (values.kill !== undefined) for (const one of all.filter(goesNoFurther)) note(one.operation, end);
  if (values.kill !== undefined || all.length < orders.length) return false;
  return await store.transaction(async (unit) => {
    for (const { id, revision } of all)
      if ((await unit.cards.of(id)).some(({ shown }) => shown !== revision)) return false;
    return true;
  });
}

async function giveUp(reason: unknown): Promise<never> {
  console.error(reason, `to come: ${kill.length === 0 ? 'the end' : missing().join('; ')}`);
  for (const { operation, state, why, waiting } of await store.runs.recent('tenant', 100))
    console.error(operation, state, JSON.stringify(why ?? waiting));
  process.exit(3);
}

setTimeout(() => void giveUp('out of time'), values.url === undefined ? 240_000 : 100_000).unref();
await runs.start();
const known = new Map((await store.runs.recent('tenant', 100)).map((run) => [run.operation, run]));
const asked = Promise.all(orders.map((order) => proceed(order, known.get(order.operation)))).catch(giveUp);
// Whoever is held is never done.
if (values.kill === undefined) await asked;
// Inside a transaction the embedded store answers nobody else: who is held there is not asked for.
while (!(await allShown())) await wait(200);
await runs.stop();
await store.close();
