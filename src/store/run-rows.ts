import { type Kysely, sql, type Transaction } from 'kysely';
import type { RunState } from '../operations/run-summary.ts';
import type { StoredRun } from '../runs/run.ts';
import { storedRun } from './run-schema.ts';
import type { Tables } from './tables.ts';
import { Together } from './together.ts';
import type { Database } from './transaction.ts';

/** Reading runs, outside any transaction. */
export interface RunReads {
  get(id: string): Promise<StoredRun | undefined>;
  /** The newest of that code, in any casing. */
  find(code: string, tenantId: string): Promise<StoredRun | undefined>;
  /** Newest first. */
  recent(tenantId: string, limit: number): Promise<readonly StoredRun[]>;
  inState(state: RunState, tenantId: string): Promise<readonly StoredRun[]>;
  /** Runs of a person that were sent back with a wish for changes and that no later run replaces, asked for since a moment (ISO 8601), newest first. */
  sentBackTo(person: { readonly oid: string; readonly tenantId: string }, since: string): Promise<readonly StoredRun[]>;
  /** Runs that were started without their approvals and that nobody has reviewed, oldest first. */
  owedReview(tenantId: string): Promise<readonly StoredRun[]>;
  /** Drafts of a person in a conversation. */
  draftsOf(oid: string, conversationId: string): Promise<readonly StoredRun[]>;
}

/** A run as it is to be, and the revision that it must have until then. */
export interface RunChange {
  readonly run: StoredRun;
  readonly was: number;
}

/** Writing runs, inside a transaction. */
export interface RunWrites {
  /** The row, locked until the transaction ends. */
  lock(id: string): Promise<StoredRun | undefined>;
  /** The row as it was last committed, without waiting for whoever is changing it. */
  read(id: string): Promise<StoredRun | undefined>;
  /** The runs of a tenant since a moment (ISO 8601). Whoever asks this waits for everybody else who has, until they commit: what is counted stays so. */
  countable(tenantId: string, since: string): Promise<readonly StoredRun[]>;
  insert(run: StoredRun): Promise<void>;
  readAll(ids: readonly string[]): Promise<readonly StoredRun[]>;
  /** Compare-and-set: answers the ids of those that were at revision `was`; of the others nothing is written. */
  update(changes: readonly RunChange[]): Promise<ReadonlySet<string>>;
  /** True when nobody holds the code; it is then taken until `until`. */
  takeCode(
    code: string,
    claim: { readonly runId: string; readonly now: string; readonly until: string },
  ): Promise<boolean>;
}

/** Any constant that no other lock of two numbers uses. */
const limitLock = 7_301_945;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @param database its `outside` is used, so that a read past an open transaction is refused. */
export function runReads(database: Database): RunReads {
  const from = () => database.outside.selectFrom('run').select('body');
  const bodies = new Together<string, { readonly body: unknown } | undefined>(async (ids) => {
    const rows = await from().select('id').where('id', 'in', ids).execute();
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => found.get(id.toLowerCase()));
  });
  return {
    async get(id) {
      database.refuseInside('a query');
      return uuid.test(id) ? parsed(await bodies.add(id)) : undefined;
    },
    async find(code, tenantId) {
      const rows = from().where('code', '=', code.toUpperCase()).where('tenant_id', '=', tenantId);
      return parsed(await rows.orderBy('created_at', 'desc').limit(1).executeTakeFirst());
    },
    async recent(tenantId, limit) {
      const rows = from().where('tenant_id', '=', tenantId).orderBy('created_at', 'desc').orderBy('id').limit(limit);
      return (await rows.execute()).map((row) => storedRun.parse(row.body));
    },
    async inState(state, tenantId) {
      const rows = from().where('state', '=', state).where('tenant_id', '=', tenantId).orderBy('created_at', 'desc');
      return (await rows.execute()).map((row) => storedRun.parse(row.body));
    },
    async sentBackTo({ oid, tenantId }, since) {
      const rows = from().where('tenant_id', '=', tenantId).where('created_at', '>', since);
      const mine = await rows.where('requester_oid', '=', oid).orderBy('created_at', 'desc').execute();
      const runs = mine.map((row) => storedRun.parse(row.body));
      const replaced = new Set(runs.map(({ replaces }) => replaces));
      return runs.filter((run) => run.sentBack === true && !replaced.has(run.code));
    },
    async owedReview(tenantId) {
      const used = sql<boolean>`body -> 'breakGlass' ->> 'usedAt' is not null`;
      const owed = sql<boolean>`body -> 'breakGlass' -> 'reviewed' is null`;
      const rows = from().where('tenant_id', '=', tenantId).where(used).where(owed).orderBy('created_at');
      return (await rows.execute()).map((row) => storedRun.parse(row.body));
    },
    async draftsOf(oid, conversationId) {
      const rows = from().where('state', '=', 'draft').where('requester_oid', '=', oid);
      return (await rows.where('conversation_id', '=', conversationId).execute()).map((row) =>
        storedRun.parse(row.body),
      );
    },
  };
}

/** @param tx the open transaction. */
export function runWrites(tx: Transaction<Tables>): RunWrites {
  return {
    async lock(id) {
      if (!uuid.test(id)) return undefined;
      return parsed(await tx.selectFrom('run').select('body').where('id', '=', id).forUpdate().executeTakeFirst());
    },
    async read(id) {
      return parsed(await tx.selectFrom('run').select('body').where('id', '=', id).executeTakeFirst());
    },
    async readAll(ids) {
      if (ids.length === 0) return [];
      const rows = await tx.selectFrom('run').select('body').where('id', 'in', ids).execute();
      return rows.map((row) => storedRun.parse(row.body));
    },
    async countable(tenantId, since) {
      await sql`select pg_advisory_xact_lock(${sql.lit(limitLock)}, hashtext(${tenantId}))`.execute(tx);
      const rows = tx
        .selectFrom('run')
        .select('body')
        .where('tenant_id', '=', tenantId)
        .where('created_at', '>', since);
      return (await rows.execute()).map((row) => storedRun.parse(row.body));
    },
    async insert(run) {
      await tx
        .insertInto('run')
        .values({ ...columnsOf(run), ...identityOf(run) })
        .execute();
    },
    async update(changes) {
      if (changes.length === 0) return new Set();
      const rows = changes.map(({ run, was }) => ({ ...columnsOf(run), id: run.id, was, body: run }));
      const written = await sql<{ readonly id: string }>`
        update run set state = new.state, revision = new.revision, body = new.body
        from json_to_recordset(${JSON.stringify(rows)}::json)
          as new (id uuid, was integer, state text, revision integer, body jsonb)
        where run.id = new.id and run.revision = new.was returning run.id`.execute(tx);
      return new Set(written.rows.map(({ id }) => id));
    },
    takeCode: (code, claim) => takeCode(tx, code, claim),
  };
}

async function takeCode(
  db: Kysely<Tables>,
  code: string,
  claim: Parameters<RunWrites['takeCode']>[1],
): Promise<boolean> {
  const mine = { run_id: claim.runId, taken_until: claim.until };
  const taken = await db
    .insertInto('run_code')
    .values({ code, ...mine })
    .onConflict((conflict) => conflict.column('code').doUpdateSet(mine).where('run_code.taken_until', '<', claim.now))
    .returning('run_id')
    .executeTakeFirst();
  return taken !== undefined;
}

function parsed(row: { readonly body: unknown } | undefined): StoredRun | undefined {
  return row === undefined ? undefined : storedRun.parse(row.body);
}

function columnsOf(run: StoredRun) {
  return { state: run.state, revision: run.revision, body: JSON.stringify(run) };
}

function identityOf(run: StoredRun) {
  return {
    id: run.id,
    code: run.code,
    tenant_id: run.requester.tenantId,
    requester_oid: run.requester.oid,
    conversation_id: run.conversationId,
    created_at: run.createdAt,
  };
}
