import { z } from 'zod';
import { type AuditRecord, type AuditTrail, beginning, canonical, linkHash } from '../store/index.ts';

/** What verifying the trail found: how far it is whole, and the first record that is not. */
export type Verification =
  | {
      readonly whole: true;
      readonly records: number;
      /** The last hash. Kept elsewhere, it also proves later that nothing was cut off at the end. */
      readonly head: string;
    }
  | { readonly whole: false; readonly records: number; readonly broken: number; readonly reason: BrokenLink };

/** A record is missing before it, its text or its place in the chain was changed, or it was filed under another run. */
export type BrokenLink = 'missing' | 'changed' | 'misfiled';

/** Records read at once: an audit trail of years never stands in memory as a whole. */
const pageSize = 500;

/** Walks the chain from its beginning and names the first record that breaks it. */
export async function verifyAudit(trail: AuditTrail): Promise<Verification> {
  let records = 0;
  let head = beginning;
  for await (const record of recordsOf(trail)) {
    const reason = brokenLink(record, records + 1, head);
    if (reason !== undefined) return { whole: false, records, broken: record.seq, reason };
    records += 1;
    head = record.hash;
  }
  return { whole: true, records, head };
}

/** Every record, oldest first. */
export async function* recordsOf(trail: AuditTrail): AsyncGenerator<AuditRecord> {
  let last = 0;
  for (;;) {
    const page = await trail.page(last, pageSize);
    yield* page;
    const end = page.at(-1);
    if (end === undefined) return;
    last = end.seq;
  }
}

function brokenLink(record: AuditRecord, expected: number, previous: string): BrokenLink | undefined {
  if (record.seq !== expected) return 'missing';
  if (record.hash !== linkHash(previous, record.seq, record.body)) return 'changed';
  return record.runId === runIdOf(record.body) ? undefined : 'misfiled';
}

const named = z.object({ runId: z.string().optional() });

function runIdOf(body: string): string | undefined {
  return named.parse(JSON.parse(body)).runId;
}

/** The trail as JSON lines, the same bytes every time; of one run when its id is given. */
export async function* auditLines(trail: AuditTrail, runId?: string): AsyncGenerator<string> {
  for await (const { seq, hash, body, runId: of } of recordsOf(trail)) {
    const event: unknown = JSON.parse(body);
    if (runId === undefined || runId === of) yield `${canonical({ seq, hash, event })}\n`;
  }
}
