import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { isMessage } from '../../src/message.ts';
import { type Anchor, anchorOf, auditLines, verifyAudit } from '../../src/runs/audit.ts';
import type { AuditEvent } from '../../src/runs/audit-event.ts';
import { auditReport, type SpeakAt } from '../../src/runs/audit-report.ts';
import { builtInPolicy, policyVersion, withBuiltIn } from '../../src/runs/policy.ts';
import { type AuditRecord, type AuditTrail, beginning, linkHash } from '../../src/store/index.ts';
import { openServer } from '../../src/store/server.ts';
import { onHome, onUsualHome, silent } from '../support/store.ts';
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

onUsualHome('the audit trail', (place) => {
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

  it('names the rules that a request was judged by', async () => {
    const runs = await Harness.open(await place());
    await runs.propose('disruptive');
    const [first = ''] = await all(auditLines(runs.store.audit));
    assert.equal(eventOf(first).details?.policy, policyVersion(builtInPolicy));
    const rule = { id: 'a', when: {}, deny: 'no' };
    assert.notEqual(policyVersion(withBuiltIn({ groups: {}, rules: [rule] })), policyVersion(builtInPolicy));
  });

  it('is exported and reported as the same text every time, and the report is made of it alone', async () => {
    const runs = await Harness.open(await place());
    const run = await aFinishedRun(runs);
    const { audit } = runs.store;
    assert.deepEqual(await all(auditLines(audit)), await all(auditLines(audit)));
    const speak: SpeakAt = (text, at) => `${isMessage(text) ? text.message : JSON.stringify(text)} at ${at}`;
    const report = await auditReport(audit, run.id, speak);
    assert.equal(report, await auditReport(audit, run.id, speak));
    assert.match(report ?? '', new RegExp(`# Run ${run.code} · test.disruptive`));
    assert.match(report ?? '', /## Approvals\n\n- Ben \(oid-ben\), 2026-03-02T08:00:0/);
    assert.match(report ?? '', /Taken by Azure to the end: [\d.]+ s/);
    assert.match(report ?? '', /decision-refused by Ana \(oid-ana\) · own-request/);
    assert.match(report ?? '', /## Outcome\n\n\S+ at 2026-03-02T08:/);
  });
});

/** A trail of these records, as if the database held them. */
function trailOf(records: readonly AuditRecord[]): AuditTrail {
  const inOrder = records.toSorted((a, b) => a.seq - b.seq);
  return {
    page: (after, limit) => Promise.resolve(inOrder.filter(({ seq }) => seq > after).slice(0, limit)),
    ofRun: (runId) => Promise.resolve(inOrder.filter((record) => record.runId === runId)),
  };
}

/** `3 changed`, or undefined when the trail is whole. */
async function brokenAt(trail: AuditTrail, anchor?: Anchor): Promise<string | undefined> {
  const found = await verifyAudit(trail, anchor);
  return found.whole ? undefined : `${found.broken} ${found.reason}`;
}

/** The text with another character at every place in turn. */
function* flips(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += 1)
    yield `${text.slice(0, at)}${String.fromCharCode(text.charCodeAt(at) ^ 1)}${text.slice(at + 1)}`;
}

describe('tampering with the audit trail', () => {
  let records: readonly AuditRecord[];
  const changed = (seq: number, change: Partial<AuditRecord>) =>
    trailOf(records.map((record) => (record.seq === seq ? { ...record, ...change } : record)));

  onHome('embedded', (place) => {
    before(async function () {
      this.timeout(60_000);
      const runs = await Harness.open(await place());
      await aFinishedRun(runs);
      records = await runs.store.audit.page(0, 100);
    });

    it('is found in every byte of every event of a run, of its hash, and of the run that it is filed under', async function () {
      this.timeout(60_000);
      assert.ok(records.length >= 6);
      for (const { seq, body, hash, runId = '' } of records) {
        for (const other of flips(body)) assert.equal(await brokenAt(changed(seq, { body: other })), `${seq} changed`);
        for (const other of flips(hash)) assert.equal(await brokenAt(changed(seq, { hash: other })), `${seq} changed`);
        for (const other of [...flips(runId), undefined])
          assert.equal(await brokenAt(changed(seq, { runId: other })), `${seq} misfiled`);
      }
    });

    it('is found when an event is taken out, put in twice, given another number, or swapped with any other', async () => {
      for (const { seq } of records.slice(0, -1)) {
        assert.equal(await brokenAt(trailOf(records.filter((record) => record.seq !== seq))), `${seq + 1} missing`);
        assert.notEqual(await brokenAt(changed(seq, { seq: records.length + 1 })), undefined);
      }
      for (const one of records) {
        const again = { ...one, seq: records.length + 1 };
        assert.equal(await brokenAt(trailOf([...records, again])), `${again.seq} changed`);
        for (const { seq, ...other } of records.filter((record) => record.seq > one.seq)) {
          const swapped = records.map((record) => {
            if (record.seq === seq) return { ...one, seq };
            return record.seq === one.seq ? { ...other, seq: one.seq } : record;
          });
          assert.equal(await brokenAt(trailOf(swapped)), `${one.seq} changed`);
        }
      }
    });

    it('at its end, or by whoever makes every hash anew, is told by an anchor alone', async () => {
      const found = await verifyAudit(trailOf(records));
      assert.ok(found.whole);
      const anchor = anchorOf(`${found.records}:${found.head}`);
      assert.deepEqual(anchor, { records: found.records, head: found.head });
      for (let kept = 0; kept < records.length; kept += 1) {
        const cut = trailOf(records.slice(0, kept));
        assert.equal(await brokenAt(cut), undefined);
        assert.equal(await brokenAt(cut, anchor), `${kept + 1} cut`);
      }
      const forged = relinked(records.map((record) => ({ ...record, body: record.body.replaceAll('Ben', 'Eve') })));
      assert.equal(await brokenAt(trailOf(forged)), undefined);
      assert.equal(await brokenAt(trailOf(forged), anchor), `${records.length} rewritten`);
      const [next] = relinked([...records, { ...forged[0], seq: records.length + 1 } as AuditRecord]).slice(-1);
      assert.equal(await brokenAt(trailOf([...records, ...(next ? [next] : [])]), anchor), undefined);
    });
  });

  onHome('server', (place) => {
    it('is found at the first record that was changed, wherever a byte of it was, removed or filed elsewhere', async () => {
      const at = await place();
      const runs = await Harness.open(at);
      await aFinishedRun(runs);
      const { databaseUrl } = at.options;
      assert.ok(databaseUrl);
      const home = openServer({ databaseUrl, log: silent });
      const { db } = home;
      const kept = await db.selectFrom('audit_event').selectAll().execute();
      const brokenAfter = async (change: ReturnType<typeof sql>) => {
        await change.execute(db);
        const found = await brokenAt(runs.store.audit);
        await db.deleteFrom('audit_event').execute();
        await db.insertInto('audit_event').values(kept).execute();
        return found;
      };
      const flipped = sql`overlay(body placing case substr(body, 7, 1) when 'x' then 'y' else 'x' end from 7)`;
      for (const { seq } of kept) {
        assert.equal(
          await brokenAfter(sql`update audit_event set body = ${flipped} where seq = ${seq}`),
          `${seq} changed`,
        );
      }
      assert.equal(await brokenAfter(sql`update audit_event set hash = reverse(hash) where seq = 2`), '2 changed');
      assert.equal(await brokenAfter(sql`update audit_event set seq = -seq where seq = 1`), '2 missing');
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

/** What somebody could write who can write to the table and knows how hashes are made. */
function relinked(records: readonly AuditRecord[]): readonly AuditRecord[] {
  let hash = beginning;
  return records.map((record) => {
    hash = linkHash(hash, record.seq, record.body);
    return { ...record, hash };
  });
}
