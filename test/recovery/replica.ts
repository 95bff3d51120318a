import { parseArgs } from 'node:util';
import { createRuns, type Runs } from '../../src/runs/index.ts';
import type { Run } from '../../src/runs/run.ts';
import { isTerminal } from '../../src/runs/transitions.ts';
import { type Log, openStore, type Store } from '../../src/store/index.ts';
import { remoteParts } from './remote.ts';

/*
 * One replica of the bot, for tests that end it: it asks for a run on `--vm`, approves it, and follows it to its end and to the
 * card that shows the end; then it exits with 0, or with `--follow` works on until it is ended. At the `--nth` time that it comes to `--kill` it is gone.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    url: { type: 'string' },
    azure: { type: 'string', default: '' },
    kill: { type: 'string' },
    nth: { type: 'string', default: '1' },
    vm: { type: 'string', default: 'sql-01' },
    undecided: { type: 'boolean', default: false },
    follow: { type: 'boolean', default: false },
  },
});

const nothing = () => undefined;
const log: Log = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: (details, text) => console.error(text, details),
};
const vm = `/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/${values.vm}`;
const [ana, ben] = ['Ana', 'Ben'].map((name) => ({ tenantId: 'tenant', oid: name, name })) as [
  Run['requester'],
  Run['requester'],
];

let left = Number(values.nth);
let noted = nothing;

function killPoint(name: string): void {
  if (name === values.kill) left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
  if (name === 'after-card-noted') setImmediate(() => noted());
}

async function main(): Promise<void> {
  const home = values.url === undefined ? { dataFolder: values.data ?? '' } : { databaseUrl: values.url };
  const store = await openStore({ ...home, log });
  const { operation, ports, cards } = remoteParts(values.azure);
  const now = () => new Date();
  const runs: Runs = createRuns({
    store,
    cards,
    now,
    log,
    killPoint,
    operations: new Map([[operation.id, operation]]),
    contextFor: (actor, reader) => ({ azure: ports, runs: runs.reader, now, actor, reader, ownChat: async () => true }),
    pace: 0.02,
    cardSeconds: 0.2,
    ...(values.undecided ? { decideWithinMinutes: 0.01 } : {}),
  });
  await runs.start();
  const run = await ask(runs, store);
  if (values.follow) return;
  await new Promise<void>((resolve, reject) => {
    noted = () => void isShown(store, run.id).then((shown) => (shown ? resolve() : nothing()), reject);
    noted();
  });
  await runs.stop();
  await store.close();
}

async function ask({ service }: Runs, store: Store): Promise<Run> {
  const before = (await store.runs.recent('tenant', 100)).find(({ targets }) => targets.includes(vm));
  const request = { operation: 'test.remote', parameters: { vm }, actor: ana, conversationId: 'chat' };
  const run = before ?? (await service.propose({ ...request, reader: { locale: 'en', timeZone: 'UTC' } }));
  if (run.state === 'awaiting-approval' && !values.undecided) {
    await service.decide({ run: { id: run.id }, verb: 'approve', actor: ben, conversationId: 'chat' });
  }
  return run;
}

/** Whether the run has ended and its card shows it. */
async function isShown(store: Store, id: string): Promise<boolean> {
  const run = await store.runs.get(id);
  if (run === undefined || !isTerminal(run.state)) return false;
  const cards = await store.transaction((unit) => unit.cards.of(id));
  return cards.every((card) => card.shown === run.revision);
}

await main();
