import type { Transaction } from 'kysely';
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

/** The cards of runs, inside a transaction. What is read is locked until it ends. */
export interface CardRows {
  /** Does nothing when the run has a card there already. */
  add(runId: string, conversationId: string): Promise<void>;
  of(runId: string): Promise<readonly Card[]>;
  lock(runId: string, conversationId: string): Promise<Card | undefined>;
  save(card: Card): Promise<void>;
}

/** @param tx the open transaction. */
export function cardRows(tx: Transaction<Tables>): CardRows {
  const of = (runId: string) => tx.selectFrom('card').selectAll().where('run_id', '=', runId);
  return {
    async add(runId, conversationId) {
      const fresh = rowOf({ runId, conversationId, shown: 0, queued: false, failures: 0 });
      await tx
        .insertInto('card')
        .values(fresh)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async of(runId) {
      return (await of(runId).orderBy('conversation_id').forUpdate().execute()).map(cardOf);
    },
    async lock(runId, conversationId) {
      const row = await of(runId).where('conversation_id', '=', conversationId).forUpdate().executeTakeFirst();
      return row === undefined ? undefined : cardOf(row);
    },
    async save(card) {
      const { run_id, conversation_id, ...change } = rowOf(card);
      const row = tx.updateTable('card').set(change).where('run_id', '=', run_id);
      await row.where('conversation_id', '=', conversation_id).execute();
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
