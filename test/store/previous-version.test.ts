import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { verifyAudit } from '../../src/runs/audit.ts';
import { migrate, migrations } from '../../src/store/migrations.ts';
import { openServer } from '../../src/store/server.ts';
import type { Tables } from '../../src/store/tables.ts';
import { Harness, people } from '../runs/harness.ts';
import { testClock } from '../support/clock.ts';
import { onHome, type Place, silent } from '../support/store.ts';

/** What the version with these migrations left in its database: an ended run, one in flight, one that waits for approval, and what the bot knew. */
const version = '0004-conversations';
const left = z
  .object({ at: z.string(), tables: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))) })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'versions', `${version}.json`), 'utf8')));

describe('a database that the version before has left', () => {
  onHome('server', (place) => {
    it('is migrated by two processes at once: all is readable, what was in flight ends, what waited is decided', async () => {
      const at = await place();
      await leaveBehind(at);
      const time = testClock(left.at);
      const [first, second] = await Promise.all([Harness.open(at, { time }), at.open()]);
      await second.check();
      const runs = await first.store.runs.recent('tenant', 10);
      const named = (name: string) => runs.find(({ targetName }) => targetName === name) ?? assert.fail(name);
      assert.deepEqual(
        ['ended-01', 'running-01', 'waiting-01'].map((name) => named(name).state),
        ['succeeded', 'running', 'awaiting-approval'],
      );
      assert.equal((await second.conversations.personalOf('oid-ana', 'tenant'))?.id, 'chat');
      assert.equal(await second.deliveries.firstTime('chat', 'activity-1'), false);
      const state = await second.botState.read(['conversation/chat']);
      assert.deepEqual(z.object({ language: z.string() }).parse(state['conversation/chat']).language, 'pt-BR');

      await assert.rejects(first.propose('reversible', people.cat, 'running-01'), /target-busy/);
      first.azure.progress = { state: 'succeeded' };
      assert.equal((await first.decide(named('waiting-01'), 'approve', people.ben)).accepted, true);
      await first.settle();
      await first.pass(60);
      for (const name of ['running-01', 'waiting-01'])
        assert.equal((await first.stateOf(named(name))).state, 'succeeded', name);
      assert.equal((await verifyAudit(second.audit)).whole, true);
    });
  });
});

/** Makes the database as that version left it: its tables, its rows, its queued jobs. */
async function leaveBehind({ options }: Place): Promise<void> {
  const home = openServer({ databaseUrl: options.databaseUrl ?? '', log: silent });
  const { db } = home;
  await sql`drop schema public cascade`.execute(db);
  await sql`create schema public`.execute(db);
  await migrate(db, Object.fromEntries(Object.entries(migrations).filter(([name]) => name <= version)));
  for (const [table, rows] of Object.entries(left.tables)) await fill(db, table, rows);
  await home.close();
}

async function fill(db: Kysely<Tables>, table: string, rows: readonly Record<string, unknown>[]): Promise<void> {
  for (const row of rows) {
    const columns = Object.entries(row).filter(([, value]) => value !== null);
    const names = sql.join(columns.map(([name]) => sql.ref(name)));
    const values = sql`jsonb_populate_record(null::${sql.table(table)}, ${JSON.stringify(row)}::jsonb)`;
    await sql`insert into ${sql.table(table)} (${names}) select ${names} from ${values}`.execute(db);
  }
}
