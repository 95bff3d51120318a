import assert from 'node:assert/strict';
import { type RawBuilder, sql } from 'kysely';
import { asCatalogueError } from '../../src/errors.ts';
import { StoreFault, type StoreFaultCode } from '../../src/store/index.ts';
import { openServer } from '../../src/store/server.ts';
import { Harness, people } from '../runs/harness.ts';
import { onHome, type Place, silent } from '../support/store.ts';

type Fault = readonly [
  StoreFaultCode,
  (database: string) => RawBuilder<unknown>,
  (database: string) => RawBuilder<unknown>,
];

const raise = sql`create or replace function no_room() returns trigger language plpgsql as
  $$ begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$`;

/** How a database that is in use becomes useless, and how it recovers. */
const faults: readonly Fault[] = [
  [
    'read-only',
    (name) => sql`alter database ${sql.id(name)} set default_transaction_read_only = on`,
    (name) => sql`alter database ${sql.id(name)} set default_transaction_read_only = off`,
  ],
  [
    'full',
    () => sql`do $do$ begin
      create trigger no_room before insert or update on delivery execute function no_room();
      create trigger no_room before insert or update on run execute function no_room();
    end $do$`,
    () => sql`do $do$ begin drop trigger no_room on delivery; drop trigger no_room on run; end $do$`,
  ],
  [
    'unreachable',
    (name) => sql`alter database ${sql.id(name)} with allow_connections false`,
    (name) => sql`alter database ${sql.id(name)} with allow_connections true`,
  ],
];

describe('a database that becomes useless while the bot runs', () => {
  onHome('server', (place) => {
    for (const [code, breaks, mends] of faults) {
      it(`(${code}) is told as that, accepts nothing that cannot be kept, and all goes on when it is mended`, async () => {
        const at = await place();
        const runs = await Harness.open(at);
        const run = await runs.propose('disruptive');
        await runs.runs.stop();
        await beside(at, [raise, breaks], code);
        const isFault = (error: unknown) =>
          error instanceof StoreFault && error.code === code && asCatalogueError(error).code === 'nothing-kept';
        await until(() => runs.store.check().then(() => false, isFault));
        await assert.rejects(runs.decide(run, 'approve', people.ben), isFault);
        await assert.rejects(runs.propose('disruptive', people.ana, 'sql-02'), isFault);
        assert.deepEqual(runs.azure.taken, []);

        await beside(at, [mends], code);
        await until(() =>
          runs.store.check().then(
            () => true,
            () => false,
          ),
        );
        assert.equal((await runs.stateOf(run)).state, 'awaiting-approval');
        assert.equal((await runs.store.runs.recent('tenant', 10)).length, 1);
        assert.equal((await runs.decide(run, 'approve', people.ben)).accepted, true);
        await runs.runs.start();
        await runs.settle();
        assert.deepEqual(runs.azure.taken, [run.clientRequestId]);
      });
    }
  });
});

/** A connection that was cut says so once when it is used next. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) if (await isSo()) return;
  assert.fail('it did not become so');
}

/** What an administrator does; the connections that are open are closed, so that it counts for all. */
async function beside(
  { options }: Place,
  statements: readonly (RawBuilder<unknown> | ((database: string) => RawBuilder<unknown>))[],
  code: StoreFaultCode,
): Promise<void> {
  const url = new URL(options.databaseUrl ?? '');
  const name = url.pathname.slice(1);
  if (code === 'unreachable') url.pathname = '/postgres';
  const { db, close } = openServer({ databaseUrl: url.href, log: silent });
  for (const statement of statements) await (typeof statement === 'function' ? statement(name) : statement).execute(db);
  if (code !== 'full')
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name} and pid <> pg_backend_pid()`.execute(
      db,
    );
  await close();
}
