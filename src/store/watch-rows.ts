import type { Selectable, Transaction } from 'kysely';
import { z } from 'zod';
import type { Actor, Reader } from '../operations/context.ts';
import type { Tables, WatchTable } from './tables.ts';
import type { Database } from './transaction.ts';

/** What a conversation wants to be told of: a VM, everything in a resource group, or all that the person may see. */
export interface WatchTarget {
  readonly kind: 'vm' | 'group' | 'all';
  /** The VM's ARM id, or the group's name; empty for all. */
  readonly name: string;
}

/** One wish to be told, by somebody, in one conversation. */
export interface Watch {
  readonly target: WatchTarget;
  readonly conversationId: string;
  /** Only what this person may see in Azure is told. */
  readonly actor: Actor;
  readonly reader: Reader;
  /** ISO 8601: what happened before is not told. */
  readonly createdAt: string;
}

/** Something that went wrong, for one conversation. The key is the same for the same failure, whoever finds it. */
export interface WatchEvent {
  readonly key: string;
  readonly conversationId: string;
  readonly foundAt: string;
  readonly told: boolean;
  readonly body: WatchNews;
}

/** What is told of a failure. */
export interface WatchNews {
  readonly kind: 'backup-failed' | 'replication-critical';
  readonly vmId: string;
  readonly vmName: string;
  readonly vaultId: string;
  /** ISO 8601. */
  readonly at: string;
  /** The failed job's ARM id. */
  readonly jobId?: string;
  /** Azure's own words. */
  readonly reason?: string;
}

/** Outside a transaction. */
export interface WatchReads {
  all(): Promise<readonly Watch[]>;
  of(conversationId: string): Promise<readonly Watch[]>;
  /** Which of these keys some conversation has already, as `<conversation> <key>`. */
  known(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** The replication health that each item had when it was last looked at, by key. */
  healths(): Promise<ReadonlyMap<string, string>>;
}

/** Inside a transaction. */
export interface WatchWrites {
  /** How many the conversation has; whoever else counts waits until the transaction ends. */
  count(conversationId: string): Promise<number>;
  /** False when the conversation has it already. */
  add(watch: Watch): Promise<boolean>;
  /** Answers what was removed; without a target all of them. */
  remove(conversationId: string, target?: WatchTarget): Promise<readonly Watch[]>;
  /** False when the conversation has it already. */
  addEvent(event: WatchEvent): Promise<boolean>;
  /** What has not been told yet, oldest first, locked; marked as told. */
  takeUntold(conversationId: string): Promise<readonly WatchEvent[]>;
  /** In place of all that was noted before. */
  noteHealths(healths: ReadonlyMap<string, string>): Promise<void>;
  /** Failures of long ago come no more. */
  dropEventsBefore(foundAt: string): Promise<void>;
  /**
   * Goes on from look number `tick`; false when another replica has done so already. The first one ever is number 0.
   */
  advance(tick: number, nextAt: string): Promise<boolean>;
  /** The number of the look that is due next, and when. */
  clock(): Promise<{ readonly tick: number; readonly nextAt: string } | undefined>;
}

const kinds = z.enum(['vm', 'group', 'all']);
const news: z.ZodType<WatchNews> = z.object({
  kind: z.enum(['backup-failed', 'replication-critical']),
  vmId: z.string(),
  vmName: z.string(),
  vaultId: z.string(),
  at: z.string(),
  jobId: z.string().exactOptional(),
  reason: z.string().exactOptional(),
});
const theClock = 'watch';
/** Far below PostgreSQL's limit of 65,535 parameters. */
const rowsPerStatement = 500;

/** @param database its `outside` is used. */
export function watchReads(database: Database): WatchReads {
  const from = () => database.outside.selectFrom('watch').selectAll().orderBy('created_at').orderBy('target_key');
  return {
    all: async () => (await from().execute()).map(watchOf),
    of: async (conversationId) => (await from().where('conversation_id', '=', conversationId).execute()).map(watchOf),
    async known(keys) {
      if (keys.length === 0) return new Set();
      const events = database.outside.selectFrom('watch_event').select(['conversation_id', 'event_key']);
      const rows = await events.where('event_key', 'in', keys).execute();
      return new Set(rows.map((row) => `${row.conversation_id} ${row.event_key}`));
    },
    async healths() {
      const rows = await database.outside.selectFrom('watched_health').selectAll().execute();
      return new Map(rows.map((row) => [row.item_key, row.health]));
    },
  };
}

/** @param tx the open transaction. */
export function watchWrites(tx: Transaction<Tables>): WatchWrites {
  return {
    async count(conversationId) {
      await tx.selectFrom('conversation').select('id').where('id', '=', conversationId).forUpdate().execute();
      const rows = tx.selectFrom('watch').select('target_key').where('conversation_id', '=', conversationId);
      return (await rows.execute()).length;
    },
    async add(watch) {
      const row = tx.insertInto('watch').values(rowOf(watch));
      return (
        (await row.onConflict((conflict) => conflict.doNothing()).executeTakeFirst()).numInsertedOrUpdatedRows === 1n
      );
    },
    async remove(conversationId, target) {
      const rows = tx.deleteFrom('watch').where('conversation_id', '=', conversationId);
      const some =
        target === undefined ? rows : rows.where('kind', '=', target.kind).where('target_key', '=', keyOf(target));
      return (await some.returningAll().execute()).map(watchOf);
    },
    ...eventWrites(tx),
    ...clockWrites(tx),
  };
}

function eventWrites(
  tx: Transaction<Tables>,
): Pick<WatchWrites, 'addEvent' | 'takeUntold' | 'noteHealths' | 'dropEventsBefore'> {
  return {
    async addEvent({ key, conversationId, foundAt, told, body }) {
      const values = {
        event_key: key,
        conversation_id: conversationId,
        found_at: foundAt,
        told,
        body: JSON.stringify(body),
      };
      const row = tx
        .insertInto('watch_event')
        .values(values)
        .onConflict((conflict) => conflict.doNothing());
      return (await row.executeTakeFirst()).numInsertedOrUpdatedRows === 1n;
    },
    async takeUntold(conversationId) {
      const rows = tx.updateTable('watch_event').set({ told: true }).where('conversation_id', '=', conversationId);
      const taken = await rows.where('told', '=', false).returningAll().execute();
      return taken
        .map((row) => ({
          key: row.event_key,
          conversationId: row.conversation_id,
          foundAt: row.found_at,
          told: row.told,
          body: news.parse(row.body),
        }))
        .toSorted((a, b) => a.body.at.localeCompare(b.body.at));
    },
    async noteHealths(healths) {
      await tx.deleteFrom('watched_health').execute();
      const rows = [...healths].map(([item_key, health]) => ({ item_key, health }));
      for (let at = 0; at < rows.length; at += rowsPerStatement) {
        await tx
          .insertInto('watched_health')
          .values(rows.slice(at, at + rowsPerStatement))
          .execute();
      }
    },
    async dropEventsBefore(foundAt) {
      await tx.deleteFrom('watch_event').where('found_at', '<', foundAt).execute();
    },
  };
}

function clockWrites(tx: Transaction<Tables>): Pick<WatchWrites, 'advance' | 'clock'> {
  return {
    async advance(tick, nextAt) {
      const change = { tick: tick + 1, next_at: nextAt };
      const moved = await tx
        .updateTable('poll')
        .set(change)
        .where('name', '=', theClock)
        .where('tick', '=', tick)
        .executeTakeFirst();
      if (moved.numUpdatedRows === 1n || tick > 0) return moved.numUpdatedRows === 1n;
      const first = tx
        .insertInto('poll')
        .values({ name: theClock, ...change })
        .onConflict((conflict) => conflict.doNothing());
      return (await first.executeTakeFirst()).numInsertedOrUpdatedRows === 1n;
    },
    async clock() {
      const row = await tx.selectFrom('poll').selectAll().where('name', '=', theClock).forUpdate().executeTakeFirst();
      return row === undefined ? undefined : { tick: row.tick, nextAt: row.next_at };
    },
  };
}

function keyOf({ name }: WatchTarget): string {
  return name.toLowerCase();
}

function rowOf({ target, conversationId, actor, reader, createdAt }: Watch): WatchTable {
  return {
    conversation_id: conversationId,
    kind: target.kind,
    target_key: keyOf(target),
    name: target.name,
    tenant_id: actor.tenantId,
    oid: actor.oid,
    person: actor.name,
    locale: reader.locale,
    time_zone: reader.timeZone,
    created_at: createdAt,
  };
}

function watchOf(row: Selectable<WatchTable>): Watch {
  return {
    target: { kind: kinds.parse(row.kind), name: row.name },
    conversationId: row.conversation_id,
    actor: { tenantId: row.tenant_id, oid: row.oid, name: row.person },
    reader: { locale: row.locale, timeZone: row.time_zone },
    createdAt: row.created_at,
  };
}
