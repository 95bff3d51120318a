import type { Selectable, Transaction } from 'kysely';
import type { Actor, Reader } from '../operations/context.ts';
import type { DigestTable, Tables } from './tables.ts';
import type { Database } from './transaction.ts';

/** A summary that a conversation gets every day. */
export interface Digest {
  readonly conversationId: string;
  /** Whose eyes it is seen with. */
  readonly actor: Actor;
  /** Whose clock `time` is told by. */
  readonly reader: Reader;
  /** `08:00`. */
  readonly time: string;
  /** ISO 8601. */
  readonly nextAt: string;
  /** Counts its changes; a queued job of an older one does nothing. */
  readonly revision: number;
}

/** Outside a transaction. */
export interface DigestReads {
  find(conversationId: string): Promise<Digest | undefined>;
}

/** Inside a transaction. */
export interface DigestWrites {
  /** Sets or replaces it; answers the revision. */
  put(digest: Omit<Digest, 'revision'>): Promise<number>;
  /** Compare-and-set: false when it is no longer at that revision. */
  advance(conversationId: string, revision: number, nextAt: string): Promise<boolean>;
  /** False when there was none. */
  remove(conversationId: string): Promise<boolean>;
}

/** @param database its `outside` is used. */
export function digestReads(database: Database): DigestReads {
  return {
    async find(conversationId) {
      const from = database.outside.selectFrom('digest').selectAll();
      const row = await from.where('conversation_id', '=', conversationId).executeTakeFirst();
      return row === undefined ? undefined : digestOf(row);
    },
  };
}

/** @param tx the open transaction. */
export function digestWrites(tx: Transaction<Tables>): DigestWrites {
  return {
    async put(digest) {
      const { conversation_id, ...change } = rowOf(digest);
      const row = tx.insertInto('digest').values({ conversation_id, ...change, revision: 1 });
      const written = row.onConflict((conflict) =>
        conflict
          .column('conversation_id')
          .doUpdateSet((eb) => ({ ...change, revision: eb('digest.revision', '+', 1) })),
      );
      return (await written.returning('revision').executeTakeFirstOrThrow()).revision;
    },
    async advance(conversationId, revision, nextAt) {
      const row = tx.updateTable('digest').set({ next_at: nextAt, revision: revision + 1 });
      const here = row.where('conversation_id', '=', conversationId).where('revision', '=', revision);
      return (await here.executeTakeFirst()).numUpdatedRows === 1n;
    },
    async remove(conversationId) {
      const row = tx.deleteFrom('digest').where('conversation_id', '=', conversationId);
      return (await row.executeTakeFirst()).numDeletedRows === 1n;
    },
  };
}

function rowOf({ conversationId, actor, reader, time, nextAt }: Omit<Digest, 'revision'>) {
  return {
    conversation_id: conversationId,
    tenant_id: actor.tenantId,
    oid: actor.oid,
    person: actor.name,
    locale: reader.locale,
    time_zone: reader.timeZone,
    time,
    next_at: nextAt,
  };
}

function digestOf(row: Selectable<DigestTable>): Digest {
  return {
    conversationId: row.conversation_id,
    actor: { tenantId: row.tenant_id, oid: row.oid, name: row.person },
    reader: { locale: row.locale, timeZone: row.time_zone },
    time: row.time,
    nextAt: row.next_at,
    revision: row.revision,
  };
}
