import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { CLOCK_OVERRIDE_SETTING, type Clock } from 'pg-boss';
import { governsDatabase, type Home } from './home.ts';
import type { Log } from './log.ts';
import type { Tables } from './tables.ts';

/** Connections of one replica for our own queries; pg-boss holds as many again. */
const usualConnections = 10;

export interface ServerOptions {
  /** `postgres://user@host:5432/database?sslmode=require`. */
  readonly databaseUrl: string;
  /** Asked for each new connection: an Entra token outlives none of them. */
  readonly password?: () => Promise<string>;
  readonly clock?: Clock;
  readonly connections?: number;
  readonly log: Log;
}

/** A PostgreSQL server, shared by all replicas. Nothing is reached before the first query. */
export function openServer(options: ServerOptions): Home {
  const connection = {
    ...addressOf(options),
    application_name: 'vaultkeeper',
    connectionTimeoutMillis: 10_000,
    max: options.connections ?? usualConnections,
  };
  const session = governsDatabase(options.clock) ? { options: `-c ${CLOCK_OVERRIDE_SETTING}=on` } : {};
  const pool = new pg.Pool({ ...connection, ...session });
  // The pool listens to idle connections only: one that breaks in a transaction between two queries would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', (error) => options.log.warn({ error }, 'an idle connection to the database was lost'));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { db, queueing: connection, alone: false, close: () => db.destroy() };
}

/** With a password of its own the URL is taken apart: node-postgres would prefer the URL's password, even an empty one. */
function addressOf({ databaseUrl, password }: ServerOptions) {
  if (password === undefined) return { connectionString: databaseUrl };
  const url = new URL(databaseUrl);
  return {
    host: url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    database: decodeURIComponent(url.pathname.slice(1)),
    ssl: !['127.0.0.1', 'localhost'].includes(url.hostname) && url.searchParams.get('sslmode') !== 'disable',
    password,
  };
}
