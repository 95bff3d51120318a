import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { Ports } from '../../src/azure/ports.ts';
import type { Actor, Reader } from '../../src/operations/context.ts';
import type { ChangingOperation } from '../../src/operations/operation.ts';
import { verifyAudit } from '../../src/runs/audit.ts';
import { createRuns, type Runs } from '../../src/runs/index.ts';
import type { Run } from '../../src/runs/run.ts';
import type { Store } from '../../src/store/index.ts';
import { actOnWaitingJobs } from '../support/manual-actions.ts';
import { doorsTo } from '../support/practice-world.ts';
import type { FaultOrder } from '../support/simulator.ts';
import { type Place, silent } from '../support/store.ts';
import { agreeTo, askAPerson, askFor, inItsWorld, isOver, type OrderedWorld, openWorlds, worldOf } from './worlds.ts';

/** What becomes of Azure's answer to a request that has had its effect. */
export const answers: Readonly<Record<string, FaultOrder>> = {
  'is lost with the connection': { cut: true },
  'is a 500': { status: 500 },
  'never comes': { hang: true },
};
/** Requests that Azure takes as POST although they only read. */
const changes = '^(?!.*(ResourceGraph|backupStatus|validate)).*$';
/** The same name again changes nothing: Azure's own clients repeat such a request. */
const byOwnName = /^PUT \S*\/(snapshots|disks|virtualMachines|networkInterfaces)\//i;

/** Operations, each in its world. */
type Worlds = ReadonlyMap<string, OrderedWorld>;

/** The first request of the operation's submission that changes something meets the fault. */
function meeting(operation: ChangingOperation, fault: FaultOrder, worlds: Worlds): ChangingOperation {
  const control = inWorld(worlds, operation.id).world.simulator.control;
  let met = false;
  return {
    ...inItsWorld(operation),
    async submit(...given) {
      if (met) return await operation.submit(...given);
      met = true;
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
        await control.fault({ ...fault, method, path: changes, after: true, count: 1 });
      try {
        return await operation.submit(...given);
      } finally {
        await control.clearFaults();
      }
    },
  };
}

function inWorld(worlds: Worlds, operation: string): OrderedWorld {
  return worlds.get(operation) ?? assert.fail(`${operation} is in no world`);
}

function runsOver(store: Store, worlds: Worlds, operations: readonly ChangingOperation[]): Runs {
  const doorsWith = (options: { readonly timeoutSeconds?: number }) =>
    new Map([...worlds].map(([id, { world }]) => [id, doorsTo(world.simulator.url, options)]));
  const [usual, impatient] = [doorsWith({}), doorsWith({ timeoutSeconds: 2 })];
  const now = () => new Date();
  const contextOver = (doors: ReadonlyMap<string, Ports>) => (actor: Actor, reader: Reader) => {
    const azure = doors.get(worldOf(actor)) ?? assert.fail(`${actor.oid} is in no world`);
    return { azure, runs: runs.reader, now, actor, reader, ownChat: () => Promise.resolve(true) };
  };
  const runs: Runs = createRuns({
    store,
    now,
    log: silent,
    operations: new Map(operations.map((one) => [one.id, one])),
    cards: { post: () => Promise.resolve('message'), update: () => Promise.resolve() },
    contextFor: contextOver(usual),
    // Only what changes something meets an answer that never comes.
    contextToAct: contextOver(impatient),
    pace: 0.02,
  });
  return runs;
}

/** Asks for a run of each operation, lets its submission meet the fault, and follows it to its end. Answers what is wrong, by operation. */
export async function wrongAfter(
  at: Place,
  fault: FaultOrder,
  operations: readonly ChangingOperation[],
): Promise<readonly string[]> {
  await using opened = new AsyncDisposableStack();
  const worlds = await openWorlds(operations);
  opened.defer(async () => void (await Promise.all([...worlds.values()].map(({ world }) => world.simulator.close()))));
  const width = { workers: { step: worlds.size }, pollSeconds: 1 };
  const store = await at.open({ width });
  const faulty = operations.map((operation) => meeting(operation, fault, worlds));
  const runs = runsOver(store, worlds, faulty);
  await Promise.all([...worlds.values()].map(async ({ order }) => agreeTo(runs, order, await askFor(runs, order))));
  await runs.start();
  opened.defer(() => runs.stop());
  const ended = await endsOf(store, worlds);
  assert.equal((await verifyAudit(store.audit)).whole, true, 'the audit trail');
  return (await Promise.all(ended.map((run) => wrongWith(run, inWorld(worlds, run.operation))))).flat();
}

async function endsOf(store: Store, worlds: Worlds): Promise<readonly Run[]> {
  for (;;) {
    const all = await store.runs.recent('tenant', 100);
    if (all.every(({ state }) => isOver(state))) return all;
    await wait(200);
    const running = all.filter(({ state }) => state === 'running');
    await Promise.all(running.map(({ operation }) => actOnWaitingJobs(inWorld(worlds, operation).world)));
  }
}

async function wrongWith(run: Run, { world }: OrderedWorld): Promise<readonly string[]> {
  const { operation, state, clientRequestId } = run;
  const log = await world.simulator.control.log();
  const own = log.filter((one) => one.clientRequestId === clientRequestId && one.method !== 'GET');
  const requests = own.map(({ method, path, body }) => `${method} ${path} ${JSON.stringify(body)}`);
  const twice = requests.filter((one, nth) => !byOwnName.test(one) && requests.indexOf(one) < nth);
  const should = askAPerson.includes(operation) ? 'needs-attention' : 'succeeded';
  return [
    ...(state === should ? [] : [`${operation} is ${state}: ${JSON.stringify(run.why ?? run.differences)}`]),
    ...(own.some(({ fault }) => fault !== undefined) ? [] : [`${operation} met no fault`]),
    ...twice.map((one) => `${operation} was submitted twice: ${one}`),
  ];
}
