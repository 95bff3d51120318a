import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Tables } from './tables.ts';
import type { Database } from './transaction.ts';

/** What Bot Framework keeps between turns, in the shape of its `Storage`: an item may carry the `eTag` that it was read with. */
export interface BotState {
  /** Items that do not exist are absent. Each item carries its `eTag`. */
  read(keys: readonly string[]): Promise<Record<string, unknown>>;
  /** All or nothing. An item with an `eTag` other than `*` is written only over the very item that was read. @throws StateConflict */
  write(changes: Readonly<Record<string, unknown>>): Promise<void>;
  delete(keys: readonly string[]): Promise<void>;
}

/** Somebody else wrote the item since it was read. */
export class StateConflict extends Error {
  override readonly name = 'StateConflict';

  constructor(key: string) {
    super(`Storage: error writing "${key}" due to eTag conflict.`);
  }
}

const item = z.looseObject({ eTag: z.string().optional() });

/**
 * The bot's state in the database.
 * @param now milliseconds since 1970, for the age of items
 */
export function botState(database: Database, now: () => number): BotState {
  return {
    async read(keys) {
      if (keys.length === 0) return {};
      const rows = await database.outside.selectFrom('bot_state').selectAll().where('key', 'in', keys).execute();
      return Object.fromEntries(rows.map((row) => [row.key, { ...item.parse(row.value), eTag: row.etag }]));
    },
    async write(changes) {
      const at = new Date(now()).toISOString();
      const items = Object.entries(changes)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => ({ key, value, at }));
      const [only, second] = items;
      // One statement is all or nothing by itself.
      if (only !== undefined && second === undefined) return await writeItem(database.outside, only);
      await database.transaction(async (tx) => {
        for (const one of items) await writeItem(tx, one);
      });
    },
    async delete(keys) {
      if (keys.length === 0) return;
      await database.outside.deleteFrom('bot_state').where('key', 'in', keys).execute();
    },
  };
}

interface Writing {
  readonly key: string;
  readonly value: unknown;
  readonly at: string;
}

async function writeItem(db: Kysely<Tables>, { key, value, at }: Writing): Promise<void> {
  const { eTag, ...rest } = item.parse(value);
  const row = { value: JSON.stringify(rest), etag: randomUUID(), written_at: at };
  if (eTag === undefined || eTag === '*') {
    const fresh = db.insertInto('bot_state').values({ key, ...row });
    await fresh.onConflict((conflict) => conflict.column('key').doUpdateSet(row)).execute();
    return;
  }
  const change = db.updateTable('bot_state').set(row).where('key', '=', key).where('etag', '=', eTag);
  if ((await change.executeTakeFirst()).numUpdatedRows !== 1n) throw new StateConflict(key);
}
