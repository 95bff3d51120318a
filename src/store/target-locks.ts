import type { Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** One unfinished run per target, on any replica: the primary key decides. */
export interface TargetLocks {
  /** Takes all targets, or answers the id of a run that holds one of them; the caller then throws, so that nothing is kept. */
  take(runId: string, targets: readonly string[]): Promise<string | undefined>;
  release(runIds: readonly string[]): Promise<void>;
}

/** @param tx the open transaction. */
export function targetLocks(tx: Transaction<Tables>): TargetLocks {
  return {
    async take(runId, targets) {
      for (const key of keysOf(targets)) {
        const holder = await takeOne(tx, runId, key);
        if (holder !== undefined) return holder;
      }
      return undefined;
    },
    async release(runIds) {
      if (runIds.length > 0) await tx.deleteFrom('run_target').where('run_id', 'in', runIds).execute();
    },
  };
}

async function takeOne(tx: Transaction<Tables>, runId: string, key: string): Promise<string | undefined> {
  const row = { target_key: key, run_id: runId };
  const taken = await tx
    .insertInto('run_target')
    .values(row)
    .onConflict((conflict) => conflict.column('target_key').doNothing())
    .executeTakeFirst();
  if (taken.numInsertedOrUpdatedRows === 1n) return undefined;
  const held = await tx.selectFrom('run_target').select('run_id').where('target_key', '=', key).executeTakeFirst();
  return held === undefined ? takeOne(tx, runId, key) : held.run_id;
}

/** Azure's ids compare in any casing; sorted, so that two requests for the same targets never wait for each other crosswise. */
function keysOf(targets: readonly string[]): readonly string[] {
  return [...new Set(targets.map((target) => target.toLowerCase()))].sort();
}
