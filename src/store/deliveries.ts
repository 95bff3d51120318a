import type { DeliveryLog } from '../runs/ports.ts';
import type { Database } from './transaction.ts';

/** Teams gives up on a turn within minutes; a day is far beyond any redelivery. */
const rememberedForMs = 86_400_000;
/** Between two deletions of what is old: a turn need not pay for one. */
const betweenDeletionsMs = 600_000;

/**
 * What Teams has delivered. Now and then an entry takes the opportunity to forget what is older than a day.
 * @param now the present, for the age of entries.
 */
export function deliveryLog(database: Database, now: () => number): DeliveryLog {
  let deletedAt = Number.NEGATIVE_INFINITY;
  const forgetOld = async (): Promise<void> => {
    if (now() - deletedAt < betweenDeletionsMs) return;
    deletedAt = now();
    const old = new Date(deletedAt - rememberedForMs).toISOString();
    await database.outside.deleteFrom('delivery').where('at', '<', old).execute();
  };
  return {
    async firstTime(conversationId, activityId) {
      const fresh = { conversation_id: conversationId, activity_id: activityId, at: new Date(now()).toISOString() };
      const entry = database.outside.insertInto('delivery').values(fresh);
      const written = await entry.onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
      await forgetOld();
      return written.numInsertedOrUpdatedRows === 1n;
    },
  };
}
