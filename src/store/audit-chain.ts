import { sql, type Transaction } from 'kysely';
import { z } from 'zod';
import type { AuditEvent } from '../runs/audit-event.ts';
import { canonical, sha256 } from './canonical.ts';
import type { Tables } from './tables.ts';
import type { Database } from './transaction.ts';

/** One link of the chain, as it is kept. */
export interface AuditRecord {
  /** From 1, without gaps. */
  readonly seq: number;
  readonly runId: string | undefined;
  /** Canonical JSON of an `AuditEvent`. */
  readonly body: string;
  /** SHA-256 over the record before it, `seq` and `body`. */
  readonly hash: string;
}

/** Reading the audit trail, outside any transaction. */
export interface AuditTrail {
  /** In order, from `after` (exclusive; 0 is the beginning), at most `limit`. */
  page(after: number, limit: number): Promise<readonly AuditRecord[]>;
  ofRun(runId: string): Promise<readonly AuditRecord[]>;
}

/** What the first record follows. */
export const beginning = '0'.repeat(64);

/** The hash that a record must have after `previous`. */
export function linkHash(previous: string, seq: number, body: string): string {
  return sha256(`${previous}\n${seq}\n${body}`);
}

/** Any constant: the same for every replica, and used for nothing else. */
const chainLock = 7_301_944;

/**
 * Appends events inside a transaction, as its last act: from here to the commit all writers of the chain wait for each
 * other, which is what makes it free of gaps.
 */
export async function appendToChain(tx: Transaction<Tables>, events: readonly AuditEvent[]): Promise<void> {
  if (events.length === 0) return;
  await sql`select pg_advisory_xact_lock(${sql.lit(chainLock)})`.execute(tx);
  const last = await tx
    .selectFrom('audit_event')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  let seq = z.coerce.number().parse(last?.seq ?? 0);
  let hash = last?.hash ?? beginning;
  const links = events.map((event) => {
    const body = canonical(event);
    seq += 1;
    hash = linkHash(hash, seq, body);
    return { seq, run_id: event.runId ?? null, body, hash };
  });
  await tx.insertInto('audit_event').values(links).execute();
}

/** @param database its `outside` is used. */
export function auditTrail(database: Database): AuditTrail {
  const from = () => database.outside.selectFrom('audit_event').selectAll().orderBy('seq');
  return {
    async page(after, limit) {
      return (await from().where('seq', '>', after).limit(limit).execute()).map(recordOf);
    },
    async ofRun(runId) {
      return (await from().where('run_id', '=', runId).execute()).map(recordOf);
    },
  };
}

function recordOf(row: Tables['audit_event']): AuditRecord {
  return { seq: z.coerce.number().parse(row.seq), runId: row.run_id ?? undefined, body: row.body, hash: row.hash };
}
