import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { asCatalogueError } from '../../src/errors.ts';
import { StoreFault, type StoreFaultCode } from '../../src/store/index.ts';
import { openServer } from '../../src/store/server.ts';
import { Harness, people } from '../runs/harness.ts';
import { onHome, type Place, silent } from '../support/store.ts';
import { openLine, type TcpLine } from '../support/tcp-line.ts';

/** What an administrator, a disk or a network does to a database that is in use. */
interface Trouble {
  readonly begin: () => Promise<void>;
  readonly end: () => Promise<void>;
}

const troubles: Partial<Record<StoreFaultCode, (at: Place, line: TcpLine) => Trouble>> = {
  'read-only': (at) => ({ begin: () => readOnly(at, 'on'), end: () => readOnly(at, 'off') }),
  full: (at) => ({
    begin: () =>
      beside(at, async ({ db }) => {
        await sql`create function no_room() returns trigger language plpgsql as
          $$ begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$`.execute(
          db,
        );
        for (const table of ['delivery', 'run'])
          await sql`create trigger no_room before insert or update on ${sql.table(table)} execute function no_room()`.execute(
            db,
          );
      }),
    end: () => beside(at, async ({ db }) => void (await sql`drop function no_room() cascade`.execute(db))),
  }),
  unreachable: (_, line) => ({ begin: () => line.cut(), end: () => line.mend() }),
};

describe('a database that becomes useless while the bot runs', () => {
  onHome('server', (place) => {
    for (const [code, trouble] of Object.entries(troubles)) {
      it(`(${code}) is told as that, accepts nothing that cannot be kept, and all goes on when it is mended`, async function () {
        this.timeout(60_000);
        const at = await place();
        const url = new URL(at.options.databaseUrl ?? '');
        await using line = await openLine({ host: url.hostname, port: Number(url.port) });
        url.port = String(line.port);
        const through = { ...at, open: (options = {}) => at.open({ ...options, databaseUrl: url.href }) };
        const runs = await Harness.open(through);
        const run = await runs.propose('disruptive');
        const { begin, end } = trouble(at, line);
        await begin();
        const isFault = (error: unknown) =>
          error instanceof StoreFault && error.code === code && asCatalogueError(error).code === 'nothing-kept';
        await until(() => runs.store.check().then(() => false, isFault));
        await assert.rejects(runs.decide(run, 'approve', people.ben), isFault);
        await assert.rejects(runs.propose('disruptive', people.ana, 'sql-02'), isFault);
        assert.deepEqual(runs.azure.taken, []);

        await end();
        await until(() =>
          runs.store.check().then(
            () => true,
            () => false,
          ),
        );
        assert.equal((await runs.stateOf(run)).state, 'awaiting-approval');
        assert.equal((await runs.store.runs.recent('tenant', 10)).length, 1);
        assert.equal((await runs.decide(run, 'approve', people.ben)).accepted, true);
        for (let tries = 0; tries < 100 && runs.azure.taken.length === 0; tries += 1)
          await runs.settle().catch(() => undefined);
        assert.deepEqual(runs.azure.taken, [run.clientRequestId]);
        await runs.runs.stop();
        await runs.store.close();
      });
    }
  });
});

/** A connection that was cut says so once when it is used next. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) if (await isSo()) return;
  assert.fail('it did not become so');
}

async function beside(at: Place, act: (home: ReturnType<typeof openServer>) => Promise<void>): Promise<void> {
  const home = openServer({ databaseUrl: at.options.databaseUrl ?? '', log: silent });
  await act(home);
  await home.close();
}

/** The connections that are open are closed, so that it counts for all. */
async function readOnly(at: Place, how: 'on' | 'off'): Promise<void> {
  const name = new URL(at.options.databaseUrl ?? '').pathname.slice(1);
  await beside(at, async ({ db }) => {
    await db.connection().execute(async (one) => {
      await sql`set default_transaction_read_only = off`.execute(one);
      await sql`alter database ${sql.id(name)} set default_transaction_read_only = ${sql.raw(how)}`.execute(one);
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name} and pid <> pg_backend_pid()`.execute(
        one,
      );
    });
  });
}
