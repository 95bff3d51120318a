import { sql } from 'kysely';
import type { RunState } from '../operations/run-summary.ts';
import type { Database } from './transaction.ts';

/** What tells from outside whether the product keeps up. Cheap enough to be asked every minute. */
export interface Measures {
  /** Runs that have not ended, by state. */
  openRuns(): Promise<ReadonlyMap<RunState, number>>;
  /** How long the oldest card update that is due has been waiting, in seconds; 0 when none is. */
  outboxAgeSeconds(): Promise<number>;
}

/** @param ended the states that do not count. */
export function measures(database: Database, ended: readonly RunState[]): Measures {
  return {
    async openRuns() {
      const rows = await database.outside
        .selectFrom('run')
        .select(['state', (count) => count.fn.countAll<number>().as('count')])
        .where('state', 'not in', [...ended])
        .groupBy('state')
        .execute();
      return new Map(rows.map(({ state, count }) => [state as RunState, Number(count)]));
    },
    async outboxAgeSeconds() {
      const { rows } = await sql<{ readonly seconds: number | null }>`
        select extract(epoch from now() - min(start_after))::float8 as seconds
        from pgboss.job where name = 'card' and state in ('created', 'retry')`.execute(database.outside);
      return Math.max(0, rows[0]?.seconds ?? 0);
    },
  };
}
