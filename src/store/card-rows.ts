import { sql, type Transaction } from 'kysely';
import type { CardTable, Tables } from './tables.ts';

/** One message that shows a run, in one conversation. All times ISO 8601. */
export interface Card {
  readonly runId: string;
  readonly conversationId: string;
  /** Absent before the first post. */
  readonly messageId?: string;
  /** The revision of the run that it shows. */
  readonly shown: number;
  readonly sentAt?: string;
  /** Whether a job for it waits in the queue. */
  readonly queued: boolean;
  /** Who is sending it at this moment: two senders at once could leave the older state standing. */
  readonly held?: { readonly by: string; readonly at: string };
  readonly failures: number;
}

/** The cards of runs, inside a transaction. What is read is locked until it ends, in one order for everybody. */
export interface CardRows {
  /** Does nothing when the run has a card there already. */
  add(runId: string, conversationId: string): Promise<void>;
  of(...runIds: readonly string[]): Promise<readonly Card[]>;
  lock(runId: string, conversationId: string): Promise<Card | undefined>;
  save(...cards: readonly Card[]): Promise<void>;
}

/** @param tx the open transaction. */
export function cardRows(tx: Transaction<Tables>): CardRows {
  return {
    async add(runId, conversationId) {
      const fresh = rowOf({ runId, conversationId, shown: 0, queued: false, failures: 0 });
      await tx
        .insertInto('card')
        .values(fresh)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async of(...runIds) {
      if (runIds.length === 0) return [];
      const rows = tx.selectFrom('card').selectAll().where('run_id', 'in', runIds);
      return (await rows.orderBy('run_id').orderBy('conversation_id').forUpdate().execute()).map(cardOf);
    },
    async lock(runId, conversationId) {
      const row = tx.selectFrom('card').selectAll().where('run_id', '=', runId);
      const found = await row.where('conversation_id', '=', conversationId).forUpdate().executeTakeFirst();
      return found === undefined ? undefined : cardOf(found);
    },
    async save(...cards) {
      if (cards.length === 0) return;
      await sql`
        update card set message_id = new.message_id, shown = new.shown, sent_at = new.sent_at, queued = new.queued,
          held_by = new.held_by, held_at = new.held_at, failures = new.failures
        from json_to_recordset(${JSON.stringify(cards.map(rowOf))}::json)
          as new (run_id uuid, conversation_id text, message_id text, shown integer, sent_at text, queued boolean,
            held_by text, held_at text, failures integer)
        where card.run_id = new.run_id and card.conversation_id = new.conversation_id`.execute(tx);
    },
  };
}

function rowOf(card: Card): CardTable {
  return {
    run_id: card.runId,
    conversation_id: card.conversationId,
    message_id: card.messageId ?? null,
    shown: card.shown,
    sent_at: card.sentAt ?? null,
    queued: card.queued,
    held_by: card.held?.by ?? null,
    held_at: card.held?.at ?? null,
    failures: card.failures,
  };
}

function cardOf(row: CardTable): Card {
  return {
    runId: row.run_id,
    conversationId: row.conversation_id,
    ...(row.message_id === null ? {} : { messageId: row.message_id }),
    shown: row.shown,
    ...(row.sent_at === null ? {} : { sentAt: row.sent_at }),
    queued: row.queued,
    ...(row.held_by === null || row.held_at === null ? {} : { held: { by: row.held_by, at: row.held_at } }),
    failures: row.failures,
  };
}
