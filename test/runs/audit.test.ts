import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { auditLines, verifyAudit } from '../../src/runs/audit.ts';
import type { AuditEvent } from '../../src/runs/audit-event.ts';
import { auditReport } from '../../src/runs/audit-report.ts';
import { openServer } from '../../src/store/server.ts';
import { onBothHomes, onHome, silent } from '../support/store.ts';
import { Harness, people } from './harness.ts';

function eventOf(line: string): AuditEvent {
  return (JSON.parse(line) as { readonly event: AuditEvent }).event;
}

async function all(lines: AsyncIterable<string>): Promise<readonly string[]> {
  const read: string[] = [];
  for await (const line of lines) read.push(line);
  return read;
}

async function aFinishedRun(runs: Harness) {
  const run = await runs.propose('disruptive');
  await runs.decide(run, 'approve', people.ana);
  await runs.decide(run, 'approve', people.ben);
  await runs.settle();
  runs.azure.progress = { state: 'succeeded' };
  await runs.pass(31);
  return run;
}

onBothHomes('the audit trail', (place) => {
  it('holds every change, decision and refusal of a run, with who did it, and is whole', async () => {
    const runs = await Harness.open(await place());
    await aFinishedRun(runs);
    const lines = await all(auditLines(runs.store.audit));
    const told = lines.map(eventOf).map(({ kind, actor, from, to }) => [kind, actor?.name, from, to]);
    assert.deepEqual(told, [
      ['run-proposed', 'Ana', undefined, 'awaiting-approval'],
      ['decision-refused', 'Ana', undefined, undefined],
      ['run-approved', 'Ben', 'awaiting-approval', 'approved'],
      ['run-changed', undefined, 'approved', 'starting'],
      ['run-changed', undefined, 'starting', 'running'],
      ['run-changed', undefined, 'running', 'succeeded'],
    ]);
    assert.equal((await verifyAudit(runs.store.audit)).whole, true);
  });

  it('is exported and reported as the same text every time, and the report is made of it alone', async () => {
    const runs = await Harness.open(await place());
    const run = await aFinishedRun(runs);
    const { audit } = runs.store;
    assert.deepEqual(await all(auditLines(audit)), await all(auditLines(audit)));
    const report = await auditReport(audit, run.id);
    assert.equal(report, await auditReport(audit, run.id));
    assert.match(report ?? '', new RegExp(`# Run ${run.code} · test.disruptive`));
    assert.match(report ?? '', /## Approvals\n\n- Ben \(oid-ben\), 2026-03-02T08:00:0/);
    assert.match(report ?? '', /Taken by Azure to the end: [\d.]+ s/);
  });
});

describe('tampering with the audit trail', () => {
  onHome('server', (place) => {
    it('is found at the first record that was changed, wherever a byte of it was, removed or filed elsewhere', async () => {
      const at = await place();
      const runs = await Harness.open(at);
      await aFinishedRun(runs);
      const { databaseUrl } = at.options;
      assert.ok(databaseUrl);
      const home = openServer({ databaseUrl, log: silent });
      const { db } = home;
      const brokenAfter = async (change: ReturnType<typeof sql>) => {
        const before = await db.selectFrom('audit_event').selectAll().execute();
        await change.execute(db);
        const found = await verifyAudit(runs.store.audit);
        await db.deleteFrom('audit_event').execute();
        await db.insertInto('audit_event').values(before).execute();
        return found.whole ? undefined : `${found.broken} ${found.reason}`;
      };
      const [third] = await db.selectFrom('audit_event').select('body').where('seq', '=', 3).execute();
      for (let byte = 1; byte <= (third?.body.length ?? 0); byte += 1) {
        const flipped = sql`overlay(body placing case substr(body, ${byte}, 1) when 'x' then 'y' else 'x' end from ${byte})`;
        assert.equal(await brokenAfter(sql`update audit_event set body = ${flipped} where seq = 3`), '3 changed');
      }
      assert.equal(await brokenAfter(sql`update audit_event set hash = reverse(hash) where seq = 2`), '2 changed');
      assert.equal(await brokenAfter(sql`delete from audit_event where seq = 4`), '5 missing');
      assert.equal(
        await brokenAfter(sql`update audit_event set run_id = gen_random_uuid() where seq = 5`),
        '5 misfiled',
      );
      assert.equal(await brokenAfter(sql`update audit_event set run_id = run_id`), undefined);
      await home.close();
    });
  });
});
