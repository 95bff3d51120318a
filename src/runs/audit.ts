import { z } from 'zod';
import { type AuditRecord, type AuditTrail, beginning, canonical, linkHash } from '../store/index.ts';

/** What verifying the trail found: how far it is whole, and the first record that is not. */
export type Verification =
  | {
      readonly whole: true;
      readonly records: number;
      /** The last hash. Kept elsewhere with the number of records, it is the anchor of later verifications. */
      readonly head: string;
    }
  | { readonly whole: false; readonly records: number; readonly broken: number; readonly reason: BrokenLink };

/**
 * A record is missing before it, its text or its place in the chain was changed, or it was filed under another run; and what only an anchor tells: the
 * trail was cut off here, or written anew up to here.
 */
export type BrokenLink = 'missing' | 'changed' | 'misfiled' | 'cut' | 'rewritten';

/** What an earlier verification printed, kept where nobody who can write to the database can write. */
export interface Anchor {
  readonly records: number;
  readonly head: string;
}

/** Reads `120:3f2a…`. Undefined for anything else. */
export function anchorOf(text: string): Anchor | undefined {
  const found = /^(\d{1,15}):([0-9a-f]{64})$/i.exec(text.trim());
  return found === null ? undefined : { records: Number(found[1]), head: (found[2] ?? '').toLowerCase() };
}

/** Records read at once: an audit trail of years never stands in memory as a whole. */
const pageSize = 500;

/**
 * Walks the chain from its beginning and names the first record that breaks it. The chain alone cannot tell that its end was cut off, or that somebody
 * made all of its hashes anew: with an anchor, that is told for everything up to it.
 */
export async function verifyAudit(trail: AuditTrail, anchor?: Anchor): Promise<Verification> {
  let records = 0;
  let head = beginning;
  for await (const record of recordsOf(trail)) {
    const reason = brokenLink(record, records + 1, head);
    if (reason !== undefined) return { whole: false, records, broken: record.seq, reason };
    records += 1;
    head = record.hash;
    if (records === anchor?.records && head !== anchor.head)
      return { whole: false, records: 0, broken: records, reason: 'rewritten' };
  }
  if (anchor !== undefined && records < anchor.records)
    return { whole: false, records, broken: records + 1, reason: 'cut' };
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
