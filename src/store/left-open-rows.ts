import type { Transaction } from 'kysely';
import type { LeftOpenTable, Tables } from './tables.ts';
import type { Database } from './transaction.ts';

/** What a run left open in Azure, until it is seen to be closed. All times ISO 8601. */
export interface LeftOpenEntry {
  readonly runId: string;
  readonly tenantId: string;
  readonly conversationId: string;
  /** The first target of the run, to compare with those of other runs. */
  readonly target: string;
  readonly kind: string;
  readonly openedAt: string;
  /** How many reminders were due so far, said or kept to ourselves. */
  readonly said: number;
  readonly nextAt: string;
  /** Who wanted to hear no more of it; it stays listed. */
  readonly stoppedBy?: string;
  readonly closedAt?: string;
}

/** Outside a transaction. */
export interface LeftOpenReads {
  get(runId: string): Promise<LeftOpenEntry | undefined>;
  /** Of a tenant, oldest first. */
  open(tenantId: string): Promise<readonly LeftOpenEntry[]>;
}

/** Inside a transaction. */
export interface LeftOpenWrites {
  /** Does nothing when the run has an entry. */
  add(entry: LeftOpenEntry): Promise<void>;
  lock(runId: string): Promise<LeftOpenEntry | undefined>;
  save(entry: LeftOpenEntry): Promise<void>;
  /** What runs left open on any of the targets, locked. */
  onTargets(targets: readonly string[]): Promise<readonly LeftOpenEntry[]>;
  /** What runs of a conversation left open, locked. */
  inConversation(conversationId: string): Promise<readonly LeftOpenEntry[]>;
}

/** @param database its `outside` is used. */
export function leftOpenReads(database: Database): LeftOpenReads {
  const from = () => database.outside.selectFrom('left_open').selectAll();
  return {
    async get(runId) {
      const row = await from().where('run_id', '=', runId).executeTakeFirst();
      return row === undefined ? undefined : entryOf(row);
    },
    async open(tenantId) {
      const rows = from().where('tenant_id', '=', tenantId).where('closed_at', 'is', null);
      return (await rows.orderBy('opened_at').execute()).map(entryOf);
    },
  };
}

/** @param tx the open transaction. */
export function leftOpenWrites(tx: Transaction<Tables>): LeftOpenWrites {
  const open = () => tx.selectFrom('left_open').selectAll().where('closed_at', 'is', null).orderBy('run_id');
  return {
    async add(entry) {
      const fresh = tx.insertInto('left_open').values(rowOf(entry));
      await fresh.onConflict((conflict) => conflict.doNothing()).execute();
    },
    async lock(runId) {
      const row = tx.selectFrom('left_open').selectAll().where('run_id', '=', runId);
      const found = await row.forUpdate().executeTakeFirst();
      return found === undefined ? undefined : entryOf(found);
    },
    async save(entry) {
      const { run_id, ...change } = rowOf(entry);
      await tx.updateTable('left_open').set(change).where('run_id', '=', run_id).execute();
    },
    async onTargets(targets) {
      if (targets.length === 0) return [];
      const keys = targets.map((target) => target.toLowerCase());
      return (await open().where('target_key', 'in', keys).forUpdate().execute()).map(entryOf);
    },
    async inConversation(conversationId) {
      return (await open().where('conversation_id', '=', conversationId).forUpdate().execute()).map(entryOf);
    },
  };
}

function rowOf(entry: LeftOpenEntry): LeftOpenTable {
  return {
    run_id: entry.runId,
    tenant_id: entry.tenantId,
    conversation_id: entry.conversationId,
    target_key: entry.target.toLowerCase(),
    kind: entry.kind,
    opened_at: entry.openedAt,
    said: entry.said,
    next_at: entry.nextAt,
    stopped_by: entry.stoppedBy ?? null,
    closed_at: entry.closedAt ?? null,
  };
}

function entryOf(row: LeftOpenTable): LeftOpenEntry {
  return {
    runId: row.run_id,
    tenantId: row.tenant_id,
    conversationId: row.conversation_id,
    target: row.target_key,
    kind: row.kind,
    openedAt: row.opened_at,
    said: row.said,
    nextAt: row.next_at,
    ...(row.stopped_by === null ? {} : { stoppedBy: row.stopped_by }),
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
  };
}
