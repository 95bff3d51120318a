import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { verifyAudit } from '../../src/runs/index.ts';
import { endedStates } from '../../src/runs/transitions.ts';
import { openServer } from '../../src/store/server.ts';
import { onHome, silent } from '../support/store.ts';
import { aRun } from './a-run.ts';
import { Harness, people } from './harness.ts';

const day = 86_400;

describe('what was kept long enough', () => {
  onHome('embedded', (place) => {
    it('is deleted a day after day: ended runs with their cards, and memories; what goes on and the audit trail stay', async () => {
      const runs = await Harness.open(await place(), { keepDays: 100 });
      const { store } = runs;
      const old = await runs.propose('reversible');
      await runs.decide(old, 'withdraw', people.ana);
      await store.botState.write({ old: { turn: 1 } });
      await runs.settle();
      await runs.pass(99 * day);
      assert.ok(await store.runs.get(old.id), 'too early');
      const young = await runs.propose('reversible', people.ana, 'sql-02');
      await runs.decide(young, 'withdraw', people.ana);
      await store.botState.write({ young: { turn: 1 } });
      await runs.pass(2 * day);
      await runs.pass(day);
      assert.equal(await store.runs.get(old.id), undefined);
      assert.ok(await store.runs.get(young.id));
      assert.deepEqual(Object.keys(await store.botState.read(['old', 'young'])), ['young']);
      const trail = await store.audit.ofRun(old.id);
      assert.ok(trail.length > 1);
      assert.equal((await verifyAudit(store.audit)).whole, true);
    });

    it('is never a run that has not ended, or that left something open, however old', async () => {
      const store = await (await place()).open();
      const states = ['awaiting-approval', 'running', 'needs-attention', 'succeeded', 'failed'] as const;
      const runs = states.map((state, at) =>
        aRun({ id: `3f2a9c1e-0000-4000-8000-00000000000${at}`, code: `AAA${at}`, state }),
      );
      const [, , , succeeded, failed] = runs;
      assert.ok(succeeded && failed);
      await store.transaction(async (unit) => {
        for (const run of runs) await unit.runs.insert(run);
        const { id: runId, createdAt } = failed;
        const open = { runId, tenantId: 't', conversationId: 'c', target: 'v', kind: 'test-failover' as const };
        await unit.leftOpen.add({ ...open, openedAt: createdAt, said: 0, nextAt: createdAt });
      });
      assert.equal((await store.forgetOlder({ before: '2099-01-01T00:00:00.000Z', ended: endedStates })).runs, 1);
      const left = await Promise.all(runs.map(async ({ id }) => (await store.runs.get(id))?.state));
      assert.deepEqual(left, ['awaiting-approval', 'running', 'needs-attention', undefined, 'failed']);
    });
  });

  onHome('server', (place) => {
    it('is no job that is done: after minutes it is gone, and what waits is not', async () => {
      const at = await place();
      const runs = await Harness.open(at);
      const run = await runs.propose('disruptive');
      await runs.decide(run, 'approve', people.ben);
      await runs.settle();
      const home = openServer({ databaseUrl: at.options.databaseUrl ?? '', log: silent });
      const jobs = async (state: string) => {
        const counted = sql<{
          readonly n: number;
        }>`select count(*)::int as n from pgboss.job where name in ('step', 'expiry') and state = ${state}`;
        return (await counted.execute(home.db)).rows[0]?.n ?? 0;
      };
      assert.ok((await jobs('completed')) > 1);
      runs.azure.progress = { nextLookSeconds: 3600 };
      for (let passed = 0; passed < 8; passed += 1) await runs.pass(62);
      assert.equal(await jobs('completed'), 0);
      assert.ok((await jobs('created')) > 0);
      await home.close();
    });
  });
});
