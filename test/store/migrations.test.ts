import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { openStore } from '../../src/store/index.ts';
import { migrate, migrations } from '../../src/store/migrations.ts';
import { openServer } from '../../src/store/server.ts';
import { onHome, silent } from '../support/store.ts';

describe('the schema', () => {
  onHome('server', (place) => {
    const databaseOf = async () => {
      const { databaseUrl } = (await place()).options;
      assert.ok(databaseUrl);
      return databaseUrl;
    };

    it('is refused when it comes from a newer version', async () => {
      const databaseUrl = await databaseOf();
      const home = openServer({ databaseUrl, log: silent });
      await migrate(home.db, { ...migrations, '9999-later': { up: () => Promise.resolve() } });
      await home.close();
      await assert.rejects(openStore({ databaseUrl, log: silent }), /newer version of Vaultkeeper/);
    });

    it('is brought up by one of three that start at once, while the others wait', async () => {
      const databaseUrl = await databaseOf();
      const home = openServer({ databaseUrl, log: silent });
      await sql`drop schema public cascade`.execute(home.db);
      await sql`create schema public`.execute(home.db);
      await sql`drop schema pgboss cascade`.execute(home.db);
      await home.close();
      const stores = await Promise.all([1, 2, 3].map(() => openStore({ databaseUrl, log: silent })));
      await Promise.all(stores.map((store) => store.check()));
      await Promise.all(stores.map((store) => store.close()));
    });

    it('keeps the data of each version before', async () => {
      const databaseUrl = await databaseOf();
      const home = openServer({ databaseUrl, log: silent });
      await sql`drop schema public cascade`.execute(home.db);
      await sql`create schema public`.execute(home.db);
      const names = Object.keys(migrations).sort();
      for (const [count, name] of names.entries()) {
        await migrate(home.db, Object.fromEntries(Object.entries(migrations).filter(([known]) => known <= name)));
        await sql`insert into run_target values (${`/vm/${count}`}, gen_random_uuid())`.execute(home.db);
      }
      const kept = await home.db.selectFrom('run_target').selectAll().execute();
      assert.equal(kept.length, names.length);
      await home.close();
    });

    it('finds the runs that are owed a review by an index, and reads no others', async () => {
      const databaseUrl = await databaseOf();
      const store = await openStore({ databaseUrl, log: silent });
      const home = openServer({ databaseUrl, log: silent });
      const plan = await home.db.transaction().execute(async (tx) => {
        await sql`set local enable_seqscan = off`.execute(tx);
        return await sql<{
          'QUERY PLAN': string;
        }>`explain select body from run where tenant_id = 't' and body -> 'breakGlass' ->> 'usedAt' is not null
          and body -> 'breakGlass' -> 'reviewed' is null order by created_at`.execute(tx);
      });
      assert.match(plan.rows.map((row) => row['QUERY PLAN']).join(' '), /run_break_glass/);
      await home.close();
      await store.close();
    });
  });
});
