import { sql, type Transaction } from 'kysely';
import type { RunState } from '../operations/run-summary.ts';
import type { Tables } from './tables.ts';
import type { Database } from './transaction.ts';

/** What is old enough to be deleted. */
export interface Outlived {
  /** ISO 8601: nobody has touched it since then. */
  readonly before: string;
  /** The states that a run never leaves: only runs in one of them are deleted. */
  readonly ended: readonly RunState[];
}

/** How many of each were deleted. */
export interface Forgotten {
  readonly runs: number;
  readonly cards: number;
  readonly memories: number;
}

/**
 * Deletes what nobody has touched since a moment: ended runs with their cards and what they left open and closed, and the memory of
 * conversations. The audit trail is not touched: it is a chain, and stays whole.
 */
export async function forgetOlder(database: Database, { before, ended }: Outlived): Promise<Forgotten> {
  return await database.transaction(async (tx) => {
    const old = (
      await tx
        .selectFrom('run')
        .select('id')
        .where('state', 'in', ended)
        .where('created_at', '<', before)
        .where(sql<boolean>`coalesce(body->>'endedAt', created_at) < ${before}`)
        .execute()
    ).map(({ id }) => id);
    const memories = await tx.deleteFrom('bot_state').where('written_at', '<', before).executeTakeFirst();
    const { runs, cards } = await forgetRuns(tx, old);
    return { runs, cards, memories: Number(memories.numDeletedRows) };
  });
}

async function forgetRuns(tx: Transaction<Tables>, ids: readonly string[]) {
  if (ids.length === 0) return { runs: 0, cards: 0 };
  const open = tx.selectFrom('left_open').select('run_id').where('run_id', 'in', ids).where('closed_at', 'is', null);
  const still = new Set((await open.execute()).map((row) => row.run_id));
  const gone = ids.filter((id) => !still.has(id));
  if (gone.length === 0) return { runs: 0, cards: 0 };
  const cards = await tx.deleteFrom('card').where('run_id', 'in', gone).executeTakeFirst();
  await tx.deleteFrom('left_open').where('run_id', 'in', gone).execute();
  await tx.deleteFrom('run_code').where('run_id', 'in', gone).execute();
  const runs = await tx.deleteFrom('run').where('id', 'in', gone).executeTakeFirst();
  return { runs: Number(runs.numDeletedRows), cards: Number(cards.numDeletedRows) };
}
