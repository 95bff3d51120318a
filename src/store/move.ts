import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { openEmbedded } from './embedded.ts';
import { StoreFault } from './fault.ts';
import { assertStoreIn, openStore, type StoreOptions } from './open.ts';
import { openServer } from './server.ts';
import type { Tables } from './tables.ts';

export interface MoveOptions extends Pick<StoreOptions, 'password' | 'log'> {
  /** The embedded store; the bot must be stopped. It is left as it is. */
  readonly dataFolder: string;
  /** A server whose database has no runs yet. */
  readonly databaseUrl: string;
}

/** Everything that is ours, and of the queues what has not been done yet: jobs in hand are taken over as a dead replica's are. */
const moved: readonly { readonly table: string; readonly where: string }[] = [
  ...[
    'run',
    'run_code',
    'run_target',
    'card',
    'audit_event',
    'conversation',
    'delivery',
    'bot_state',
    'left_open',
    'post',
    'quiet_hours',
    'watch',
    'watch_event',
    'watched_health',
    'poll',
    'digest',
  ].map((table) => ({
    table,
    where: 'true',
  })),
  { table: 'pgboss.job', where: `state in ('created', 'retry', 'active')` },
];

/** Rows per statement: far below PostgreSQL's limit of 65,535 parameters. */
const pageSize = 200;

/**
 * Takes an embedded store to a server, in one transaction: all of it arrives, or nothing.
 * @returns how many rows of each table were taken along.
 * @throws StoreFault `missing` when the folder has no store, `in-use` while the bot runs on it, `not-empty` when the server has runs or records already.
 */
export async function moveStore(options: MoveOptions): Promise<Readonly<Record<string, number>>> {
  const { dataFolder, ...server } = options;
  assertStoreIn(dataFolder);
  await (await openStore(server)).close();
  const to = openServer(server);
  try {
    await assertEmpty(to.db);
    await (await openStore({ dataFolder, log: options.log })).close();
    const from = await openEmbedded(dataFolder);
    try {
      return await to.db.transaction().execute((tx) => copyAll(from.db, tx));
    } finally {
      await from.close();
    }
  } finally {
    await to.close();
  }
}

/** @throws StoreFault `not-empty` */
async function assertEmpty(to: Kysely<Tables>): Promise<void> {
  const there = await sql<{
    n: unknown;
  }>`select (select count(*) from run) + (select count(*) from audit_event) as n`.execute(to);
  if (z.coerce.number().parse(there.rows[0]?.n) > 0) throw new StoreFault('not-empty');
}

async function copyAll(from: Kysely<Tables>, to: Kysely<Tables>): Promise<Readonly<Record<string, number>>> {
  // Again, in the transaction: a bot may have begun on it meanwhile.
  await assertEmpty(to);
  const counts: Record<string, number> = {};
  for (const { table, where } of moved) counts[table] = await copy({ from, to, table, where });
  await sql`select setval(pg_get_serial_sequence('conversation', 'seen'), (select coalesce(max(seen), 1) from conversation))`.execute(
    to,
  );
  return counts;
}

interface Copy {
  readonly from: Kysely<Tables>;
  readonly to: Kysely<Tables>;
  readonly table: string;
  readonly where: string;
}

async function copy({ from, to, table, where }: Copy): Promise<number> {
  const json = await jsonColumns(to, table);
  const { rows } = await sql<
    Record<string, unknown>
  >`select * from ${sql.table(table)} where ${sql.raw(where)}`.execute(from);
  for (let at = 0; at < rows.length; at += pageSize) await insert({ to, table, json }, rows.slice(at, at + pageSize));
  return rows.length;
}

interface Target {
  readonly to: Kysely<Tables>;
  readonly table: string;
  readonly json: ReadonlySet<string>;
}

async function insert({ to, table, json }: Target, rows: readonly Record<string, unknown>[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const written = (row: Record<string, unknown>, column: string) =>
    json.has(column) && row[column] !== null ? JSON.stringify(row[column]) : row[column];
  const tuples = rows.map((row) => sql`(${sql.join(columns.map((column) => written(row, column)))})`);
  const names = sql.join(columns.map((column) => sql.ref(column)));
  await sql`insert into ${sql.table(table)} (${names}) values ${sql.join(tuples)}`.execute(to);
}

/** JSON is read as a value and must be written as text. */
async function jsonColumns(to: Kysely<Tables>, table: string): Promise<ReadonlySet<string>> {
  const [schema, name] = table.includes('.') ? table.split('.') : ['public', table];
  const found = await sql<{ column_name: string }>`
    select column_name from information_schema.columns
    where table_schema = ${schema} and table_name = ${name} and data_type in ('json', 'jsonb')`.execute(to);
  return new Set(found.rows.map((row) => row.column_name));
}
