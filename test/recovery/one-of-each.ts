import { appendFileSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { changingOperations } from '../../src/operations/index.ts';
import type { ChangingOperation } from '../../src/operations/operation.ts';
import { createRuns, type KillPoint, type KillSwitch, type Runs } from '../../src/runs/index.ts';
import type { Decision, Run } from '../../src/runs/run.ts';
import { isPending, isTerminal } from '../../src/runs/transitions.ts';
import { openStore, type Store } from '../../src/store/index.ts';
import { crew, crewReader, doorsTo } from '../support/practice-world.ts';
import { askerAt, remoteCards } from './remote.ts';

/*
 * One replica with one run of every operation, each on a simulated Azure of its own: it asks for them, decides, and follows them to their ends
 * and to the cards that show these; then it exits with 0. With `--kill` every run is held at that point until all are there, and then the
 * process is gone. A run that comes to one of the points `--later` has gone past `--kill` and is held there. `--notes` is told which run came where.
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
    /** `nothing`: it asks and does not decide, and the time to decide is short; `cards`: it does not decide. */
    decide: { type: 'string', default: 'all' },
  },
});
const orders = z
  .array(z.object({ operation: z.string(), simulator: z.string(), parameters: z.record(z.string(), z.unknown()) }))
  .parse(JSON.parse(readFileSync(values.orders, 'utf8')));
type Order = (typeof orders)[number];

const nothing = () => undefined;
const error = (details: object, text: string) => console.error(text, details);
const log = { debug: nothing, info: nothing, warn: nothing, error };
const later = values.later.split(',');
const home = values.url === undefined ? { dataFolder: values.data ?? '' } : { databaseUrl: values.url };
const store = await openStore({ ...home, log, workers: orders.length + 2, connections: orders.length + 5 });
const doors = new Map(orders.map(({ operation, simulator }) => [operation, doorsTo(simulator)]));
const now = () => new Date();
const held = new Set<string>();

/** Never resolves for a run that is to go no further. */
const hold: KillSwitch = async (name, { id, operation = '' }) => {
  const of = operation === '' ? ((await store.runs.get(id))?.operation ?? '') : operation;
  if (name !== values.kill && !later.includes(name)) return;
  note(of, name);
  if (held.size === orders.length) process.kill(process.pid, 'SIGKILL');
  await new Promise<void>(nothing);
};

function note(operation: string, point: KillPoint): void {
  if (!held.has(operation)) appendFileSync(values.notes, `${JSON.stringify({ operation, point, kill: values.kill })}\n`);
  held.add(operation);
}

/** The worlds have the same estate: the same VM in two of them is two VMs. */
function inItsWorld(operation: ChangingOperation): ChangingOperation {
  return { ...operation, targets: (parameters) => operation.targets(parameters).map((id) => `/${operation.id}${id}`) };
}

/** People are of one world: whoever asks for an operation is met by the Azure of that operation. */
function person(order: Order, at: number): Run['requester'] {
  const { tenantId, oid, name } = crew[at] ?? { tenantId: '', oid: '', name: '' };
  return { tenantId, oid: `${oid}@${order.operation}`, name };
}

async function main(): Promise<void> {
  const runs: Runs = createRuns({
    store,
    now,
    log,
    killPoint: hold,
    operations: new Map([...changingOperations].map(([id, operation]) => [id, inItsWorld(operation)])),
    cards: remoteCards(askerAt(values.cards)),
    contextFor: (actor, reader) => {
      const azure = doors.get(actor.oid.split('@')[1] ?? '');
      if (azure === undefined) throw new TypeError(`${actor.oid} is in no world`);
      return { azure, runs: runs.reader, now, actor, reader, ownChat: async () => true };
    },
    pace: 0.02,
    cardSeconds: 0.2,
    ...(values.decide === 'nothing' ? { decideWithinMinutes: 0.02 } : {}),
  });
  await runs.start();
  const known = await store.runs.recent('tenant', 100);
  const asked = orders.map((order) => proceed(runs, order, known.find(({ operation }) => operation === order.operation)));
  await Promise.all(asked);
  while (values.kill !== undefined || !(await allShown(store))) await new Promise((resolve) => setTimeout(resolve, 100));
  await runs.stop();
  await store.close();
}

/** Asks for the run, unless it is there, and has everybody decide who must. */
async function proceed({ service }: Runs, order: Order, known: Run | undefined): Promise<void> {
  const { operation, parameters } = order;
  const conversationId = `chat@${operation}`;
  let run = known ?? (await service.propose({ operation, parameters, actor: person(order, 0), reader: crewReader, conversationId }));
  while (isPending(run.state) && values.decide === 'all') {
    const verb: Decision['verb'] = run.state === 'draft' ? 'confirm' : 'approve';
    const actor = person(order, run.state === 'draft' ? 0 : run.approvals.length + 1);
    const result = await service.decide({ run: { id: run.id }, verb, actor, conversationId, typedName: run.targetName });
    if (!result.accepted) throw new TypeError(`${operation} was not decided: ${result.code}`);
    run = result.run;
  }
}

/** Whether all runs have ended and their cards show it. */
async function allShown(from: Store): Promise<boolean> {
  const runs = await from.runs.recent('tenant', 100);
  if (runs.length < orders.length || !runs.every(({ state }) => isTerminal(state))) return false;
  const cards = await from.transaction(async (unit) => {
    const all = [];
    for (const { id, revision } of runs) for (const card of await unit.cards.of(id)) all.push(card.shown === revision);
    return all;
  });
  return cards.every(Boolean);
}

setTimeout(() => {
  const missing = orders.map(({ operation }) => operation).filter((operation) => !held.has(operation));
  console.error(`did not come to ${values.kill ?? 'the end'} in time: ${missing.join(' ')}`);
  void store.runs.recent('tenant', 100).then((all) => {
    for (const { operation, state, why, waiting } of all) console.error(operation, state, JSON.stringify(why ?? waiting));
    process.exit(3);
  });
}, 45_000).unref();
await main();
