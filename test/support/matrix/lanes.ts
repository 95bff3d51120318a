import { changingOperations } from '../../../src/operations/index.ts';
import type { Asked } from './asked.ts';
import { cases, prepare, type Row } from './cases.ts';
import { type Lane, startLane } from './lane.ts';

type Outcome = ReturnType<typeof Promise.withResolvers<void>>;

interface Trial {
  readonly row: Row;
  readonly name: string;
  readonly outcome: Outcome;
}

const lanes = 2;
/** On a machine that does much else at the same time. */
const patience = 300_000;

/**
 * Puts each operation of the table through all cases. Most of a case is waiting, so that a few products go through them side by side, each on an
 * Azure of its own, from the first test on; a test tells how its case ended.
 */
export function putThrough(table: Readonly<Record<string, Asked>>): void {
  const roles = [...new Set(Object.values(table).flatMap(({ needs = [] }) => needs))];
  const trials = Object.entries(table).flatMap(([id, asked]) => trialsOf(id, { asked, roles }));

  before(() => {
    const left = trials.values();
    for (let lane = 0; lane < Math.min(lanes, Object.keys(table).length); lane += 1) void goThrough(left);
  });

  for (const [id, own] of Map.groupBy(trials, ({ row }) => row.operation.id))
    describe(id, function () {
      this.timeout(patience);
      for (const { name, outcome } of own) it(name, async () => await outcome.promise);
    });
}

function trialsOf(id: string, { asked, roles }: Pick<Row, 'asked' | 'roles'>): Trial[] {
  const operation = changingOperations.get(id);
  if (operation === undefined) throw new TypeError(`there is no operation ${id}`);
  return Object.keys(cases)
    .filter((name) => !(name.includes('its job failed') && typeof asked.fails === 'string'))
    .map((name) => {
      const outcome: Outcome = Promise.withResolvers();
      // Whoever awaits it comes later.
      outcome.promise.catch(() => undefined);
      return { row: { operation, asked, roles }, name, outcome };
    });
}

/** One lane: it takes the next trial until none is left. What a failed one leaves behind is no other's matter. */
async function goThrough(left: Iterator<Trial>): Promise<void> {
  let lane: Promise<Lane> | undefined;
  for (let next = left.next(); next.done !== true; next = left.next()) {
    const { row, name, outcome } = next.value;
    lane ??= startLane();
    try {
      await prepare(await lane, row);
      await cases[name]?.(await lane, row);
      outcome.resolve();
    } catch (error) {
      outcome.reject(error);
      await (await lane)[Symbol.asyncDispose]();
      lane = undefined;
    }
  }
  await (await lane)?.[Symbol.asyncDispose]();
}
