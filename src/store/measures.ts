import { sql } from 'kysely';
import type { RunState } from '../operations/run-summary.ts';
import type { Database } from './transaction.ts';

/** What tells from outside whether the product keeps up. Cheap enough to be asked every minute. */
export interface Measures {
  /** How many runs there are in each of these states. */
  runsIn(states: readonly RunState[]): Promise<ReadonlyMap<RunState, number>>;
  /** How long the oldest card update that is due has been waiting, in seconds; 0 when none is. */
  outboxAgeSeconds(): Promise<number>;
}

/** Asks outside any transaction. */
export function measures(database: Database): Measures {
  return {
    async runsIn(states) {
      const rows = await database.outside
        .selectFrom('run')
        .select(['state', (count) => count.fn.countAll<number>().as('count')])
        .where('state', 'in', [...states])
        .groupBy('state')
        .execute();
      const counts = new Map(rows.map(({ state, count }) => [state, Number(count)]));
      return new Map(states.map((state) => [state, counts.get(state) ?? 0]));
    },
    async outboxAgeSeconds() {
      const { rows } = await sql<{ readonly seconds: number | null }>`
        select extract(epoch from now() - min(start_after))::float8 as seconds
        from pgboss.job where name = 'card' and state in ('created', 'retry')`.execute(database.outside);
      return Math.max(0, rows[0]?.seconds ?? 0);
    },
  };
}
