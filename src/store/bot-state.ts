import { randomUUID } from 'node:crypto';
import { type Kysely, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { Tables } from './tables.ts';
import { Together } from './together.ts';
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
type Row = Selectable<Tables['bot_state']>;

/**
 * The bot's state in the database. Turns that come together are read and written together: each takes a connection from its query until its answer has been
 * worked on, and a busy process would need one for every turn.
 * @param now milliseconds since 1970, for the age of items
 */
export function botState(database: Database, now: () => number): BotState {
  const rows = new Together<string, Row | undefined>((keys) => readTogether(database.outside, keys));
  const writes = new Together<Writing, boolean>((items) => writeTogether(database.outside, items));
  return {
    async read(keys) {
      database.refuseInside("a look at the bot's state");
      const found = await Promise.all(keys.map((key) => rows.add(key)));
      return Object.fromEntries(found.flatMap((row) => (row === undefined ? [] : [[row.key, itemOf(row)]])));
    },
    async write(changes) {
      database.refuseInside("a change of the bot's state");
      const items = writingsOf(changes, new Date(now()).toISOString());
      const [only, second] = items;
      // One statement is all or nothing by itself.
      if (only !== undefined && second === undefined) return assertWritten(only, await writes.add(only));
      await database.transaction(async (tx) => {
        for (const one of items) assertWritten(one, (await writeTogether(tx, [one]))[0] === true);
      });
    },
    async delete(keys) {
      if (keys.length === 0) return;
      await database.outside.deleteFrom('bot_state').where('key', 'in', keys).execute();
    },
  };
}

function itemOf(row: Row): unknown {
  return { ...item.parse(row.value), eTag: row.etag };
}

async function readTogether(db: Kysely<Tables>, keys: readonly string[]): Promise<readonly (Row | undefined)[]> {
  const found = await db.selectFrom('bot_state').selectAll().where('key', 'in', keys).execute();
  const byKey = new Map(found.map((row) => [row.key, row]));
  return keys.map((key) => byKey.get(key));
}

/** An item to be written; `was` is the eTag of the very item that it may replace, any item without. */
interface Writing {
  readonly key: string;
  readonly value: unknown;
  readonly etag: string;
  readonly was: string | undefined;
  readonly written_at: string;
}

function writingsOf(changes: Readonly<Record<string, unknown>>, at: string): readonly Writing[] {
  const sorted = Object.entries(changes).sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([key, change]) => {
    const { eTag, ...value } = item.parse(change);
    return { key, value, etag: randomUUID(), was: eTag === '*' ? undefined : eTag, written_at: at };
  });
}

function assertWritten({ key }: Writing, isWritten: boolean): void {
  if (!isWritten) throw new StateConflict(key);
}

/** Tells of each whether it was written. Of several of one item each sees what the one before it left. */
async function writeTogether(db: Kysely<Tables>, items: readonly Writing[]): Promise<readonly boolean[]> {
  const firsts = new Set(new Map(items.toReversed().map((one) => [one.key, one])).values());
  const written = await writeRound(db, [...firsts]);
  const later = items.filter((one) => !firsts.has(one));
  const rest = later.length === 0 ? [] : await writeTogether(db, later);
  return items.map((one) => (firsts.has(one) ? written.has(one.key) : rest[later.indexOf(one)] === true));
}

/** Of each key one item at most. Answers the keys that were written. */
async function writeRound(db: Kysely<Tables>, items: readonly Writing[]): Promise<ReadonlySet<string>> {
  const [over, onto] = [items.filter(({ was }) => was === undefined), items.filter(({ was }) => was !== undefined)];
  if (over.length > 0) await writeOver(db, over);
  const replaced = onto.length === 0 ? [] : await replace(db, onto);
  return new Set([...over.map(({ key }) => key), ...replaced]);
}

async function writeOver(db: Kysely<Tables>, items: readonly Writing[]): Promise<void> {
  await sql`
    insert into bot_state (key, value, etag, written_at) select key, value, etag, written_at from ${recordsOf(items)}
    on conflict (key) do update
      set value = excluded.value, etag = excluded.etag, written_at = excluded.written_at`.execute(db);
}

async function replace(db: Kysely<Tables>, items: readonly Writing[]): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly key: string }>`
    update bot_state set value = new.value, etag = new.etag, written_at = new.written_at from ${recordsOf(items)}
    where bot_state.key = new.key and bot_state.etag = new.was returning bot_state.key`.execute(db);
  return rows.map(({ key }) => key);
}

function recordsOf(items: readonly Writing[]) {
  return sql`json_to_recordset(${JSON.stringify(items)}::json)
    as new (key text, value jsonb, etag text, was text, written_at text)`;
}
