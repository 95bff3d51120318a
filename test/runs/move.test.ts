import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { verifyAudit } from '../../src/runs/audit.ts';
import { moveStore, StoreFault } from '../../src/store/index.ts';
import { command } from '../support/command.ts';
import { onHome, silent } from '../support/store.ts';
import { Harness, people } from './harness.ts';

describe('an embedded store that is moved to a server', () => {
  onHome('server', (server) => {
    onHome('embedded', (embedded) => {
      it('goes on there: runs are followed, decided and expire, locks hold, the trail is whole', async () => {
        const [from, to] = [await embedded(), await server()];
        const before = await Harness.open(from);
        const running = await before.propose('reversible', people.ana, 'a');
        await before.decide(running, 'confirm', people.ana);
        await before.settle();
        const pending = await before.propose('disruptive', people.ana, 'b');
        const left = await before.propose('disruptive', people.ana, 'c');
        await before.settle();
        await before.runs.stop();
        await before.store.close();
        const { dataFolder, databaseUrl } = { ...from.options, ...to.options };
        assert.ok(dataFolder !== undefined && databaseUrl !== undefined);
        const counts = await moveStore({ dataFolder, databaseUrl, log: silent });
        assert.deepEqual([counts.run, counts.run_target, counts.card], [3, 3, 3]);
        const after = await Harness.open(to, { time: before.time, azure: before.azure });
        after.azure.progress = { state: 'succeeded' };
        await after.pass(31);
        assert.equal((await after.stateOf(running)).state, 'succeeded');
        await assert.rejects(after.propose('reversible', people.cat, 'b'), /target-busy/);
        assert.equal((await after.decide(pending, 'approve', people.ben)).accepted, true);
        await after.pass(31 * 60);
        assert.equal((await after.stateOf(left)).state, 'expired');
        assert.equal((await verifyAudit(after.store.audit)).whole, true);
        const again = moveStore({ dataFolder, databaseUrl, log: silent });
        await assert.rejects(again, (error) => error instanceof StoreFault && error.code === 'not-empty');
      });

      it('takes every table along', async () => {
        const [from, to] = [await embedded(), await server()];
        await (await from.open()).close();
        const { dataFolder, databaseUrl } = { ...from.options, ...to.options };
        assert.ok(dataFolder !== undefined && databaseUrl !== undefined);
        const taken = Object.keys(await moveStore({ dataFolder, databaseUrl, log: silent }));
        const there = await asked(databaseUrl, `select tablename from pg_tables where schemaname = 'public'`);
        const ours = there.map(({ tablename }) => String(tablename)).filter((name) => !name.startsWith('kysely_'));
        assert.deepEqual(taken.toSorted(), [...ours, 'pgboss.job'].toSorted());
      });

      it('is moved by a command as a whole or not at all, though that is killed in the middle, and not twice', async function () {
        this.timeout(120_000);
        const [from, to] = [await embedded(), await server()];
        const before = await Harness.open(from);
        await before.propose('disruptive');
        await before.runs.stop();
        await before.store.close();
        const { dataFolder = '', databaseUrl = '' } = { ...from.options, ...to.options };
        const given = ['move', '--data', dataFolder, '--database-url', databaseUrl];
        const count = async () => (await asked(databaseUrl, 'select count(*)::int as n from run'))[0]?.n;

        const holder = new pg.Client({ connectionString: databaseUrl });
        await holder.connect();
        await holder.query('begin');
        // The runs can be written, their cards cannot.
        await holder.query('lock table card in share mode');
        const moving = spawn(process.execPath, ['src/store/main.ts', ...given], { stdio: 'ignore' });
        const ended = once(moving, 'exit');
        const waits = `select 1 from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())`;
        while ((await holder.query(waits)).rowCount === 0) {
          assert.equal(moving.exitCode, null, 'it met no lock');
          await wait(20);
        }
        moving.kill('SIGKILL');
        await ended;
        await holder.end();
        assert.equal(await count(), 0);

        const moved = await command('src/store/main.ts', given);
        assert.deepEqual([moved.code, moved.err], [0, '']);
        assert.match(moved.out, /^run: 1\nrun_code: 1\n[\s\S]*audit_event: 1\n/);
        assert.equal(await count(), 1);
        const again = await command('src/store/main.ts', given);
        assert.deepEqual([again.code, again.out], [1, '']);
        assert.match(again.err, /^The database on the server has runs or records already; nothing was moved\.\n$/);
        const kept = await from.open();
        assert.equal((await kept.runs.recent('tenant', 10)).length, 1);
      });
    });
  });
});

async function asked(databaseUrl: string, question: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(question)).rows;
  } finally {
    await client.end();
  }
}
