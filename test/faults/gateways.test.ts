import assert from 'node:assert/strict';
import { z } from 'zod';
import { connectAzure, FixedTokenCredential } from '../../src/azure/index.ts';
import type { Ports } from '../../src/azure/ports.ts';
import { CatalogueError } from '../../src/errors.ts';
import { botOid, openSimulated } from '../azure/support/simulated.ts';
import { type FaultOrder, practiceSubscription, startTestSimulator, type TestSimulator } from '../support/simulator.ts';
import { type Call, callsOf } from './support/calls.ts';
import { type World, worldOf } from './support/world.ts';

interface Row extends Call {
  readonly name: string;
}

const disturbances: readonly { readonly what: string; readonly fault: FaultOrder; readonly code: string }[] = [
  {
    what: 'a 429 with Retry-After',
    fault: { status: 429, headers: { 'retry-after': '300' } },
    code: 'azure-throttled 300',
  },
  { what: 'a 429 without', fault: { status: 429 }, code: 'azure-throttled 60' },
  { what: 'a 500', fault: { status: 500 }, code: 'azure-unavailable' },
  { what: 'a 503', fault: { status: 503 }, code: 'azure-unavailable' },
  { what: 'silence', fault: { hang: true }, code: 'azure-unavailable' },
  { what: 'a cut connection', fault: { cut: true }, code: 'azure-unavailable' },
  { what: 'a malformed body', fault: { malformed: true }, code: 'azure-unavailable' },
];

/** A POST that changes nothing may be repeated: a restore in the paired region asks for a token first, and gets no further here. */
const asksOnly = /\/accessToken$/i;
const asking = 1;

/** The id of the job stands in the request, so that nothing is read from the answer: whether it went on is seen on the job. */
const needsNoBody = 'recovery.actOnJob';

/** Silence is waited for this long; the other answers come at once, with two repetitions of a read. */
const timeoutSeconds = 1.5;
/** Several requests of one method may be silent one after another. */
const longestMs = 8000;

describe('every method of the doors to Azure', function () {
  this.timeout(30_000);
  let simulator: TestSimulator;
  let world: World;
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);

  /** Fresh doors: budgets and memories of one disturbance do not help or harm the next. */
  const doors = (): Ports =>
    connectAzure({
      credential: new FixedTokenCredential({ oid: botOid, tid: '7e4a4700-0000-4000-8000-000000000001' }),
      subscriptionIds: [practiceSubscription],
      simulatorUrl: simulator.url,
      now: () => new Date(),
      log: () => undefined,
      memory: { freshSeconds: 0, standInSeconds: 0 },
      jobReadsPerHour: 100_000,
      timeoutSeconds,
    });

  before(async () => {
    simulator = await startTestSimulator();
    world = await worldOf(await openSimulated(simulator));
    process.on('unhandledRejection', note);
  });

  afterEach(async () => await simulator.control.clearFaults());

  after(async () => {
    process.off('unhandledRejection', note);
    await simulator.close();
  });

  it('has a row in the matrix', () => {
    const ports = doors();
    const rows = new Set(rowsOf(doors, world).map(({ name }) => name.split(' ')[0]));
    const methods = Object.entries(ports).flatMap(([port, gateway]) =>
      Object.keys(gateway as object).map((method) => `${port}.${method}`),
    );
    assert.deepEqual(rows, new Set(methods));
  });

  for (const { what, fault, code } of disturbances) {
    it(`that reads tells ${what} by its code, in time`, async () => {
      await simulator.control.fault({ ...fault, path: '^/(?!_simulator)' });
      const reads = rowsOf(doors, world).filter(({ kind }) => kind === 'read');
      assert.deepEqual(await misfits(reads, code), []);
    });

    it(`that changes something sends one request and no other when the answer is ${what}`, async () => {
      for (const method of ['PUT', 'POST', 'PATCH', 'DELETE'])
        await simulator.control.fault({ ...fault, method, path: '^/(?!_simulator)' });
      await simulator.control.clearLog();
      const changes = rowsOf(doors, world).filter(({ kind }) => kind === 'change');
      const told = await misfits(changes, code);
      assert.deepEqual(
        told.filter((end) => fault.malformed !== true || !end.startsWith(needsNoBody)),
        [],
      );
      const sent = (await simulator.control.log()).filter(
        ({ method, path }) => method !== 'GET' && !asksOnly.test(path),
      );
      assert.equal(
        sent.length,
        changes.length - asking,
        sent.map(({ method, path }) => `${method} ${path}`).join('\n'),
      );
    });
  }

  it('leaves no rejection that nobody handles', () => assert.deepEqual(unhandled, []));
});

function rowsOf(open: () => Ports, world: World): readonly Row[] {
  return Object.entries(callsOf(open, world)).flatMap(([port, methods]) =>
    Object.entries(methods as Record<string, Call | readonly Call[]>).flatMap(([method, calls]) =>
      [calls].flat().map((call, nth) => ({ ...call, name: `${port}.${method} ${nth}` })),
    ),
  );
}

/** What did not end with that code, or not in time; all are sent at once. */
async function misfits(rows: readonly Row[], code: string): Promise<readonly string[]> {
  const ends = await Promise.all(rows.map(async ({ name, send }) => `${name}: ${await endOf(send)}`));
  return ends.filter((end) => !end.endsWith(`: ${code}`));
}

async function endOf(send: Row['send']): Promise<string> {
  const late = new AbortController();
  const limit = new Promise<string>((resolve) => {
    const timer = setTimeout(() => resolve('stuck'), longestMs);
    late.signal.addEventListener('abort', () => clearTimeout(timer));
  });
  const end = send().then(
    (value) => waiting(value) ?? `answered ${JSON.stringify(value)}`,
    (error: unknown) => (error instanceof CatalogueError ? toldBy(error) : String(error)),
  );
  return await Promise.race([end, limit]).finally(() => late.abort());
}

/** The code, and the seconds that a person is asked to wait. */
function toldBy({ code, values }: CatalogueError): string {
  const wait = values.wait;
  return typeof wait === 'object' && 'seconds' in wait ? `${code} ${wait.seconds}` : code;
}

/** A job that Azure is too busy to tell of goes on, and is looked at when Azure has said so. */
function waiting(value: unknown): string | undefined {
  const progress = z.object({ state: z.literal('running'), nextLookSeconds: z.number() }).safeParse(value);
  return progress.success ? `azure-throttled ${Math.ceil(progress.data.nextLookSeconds)}` : undefined;
}
