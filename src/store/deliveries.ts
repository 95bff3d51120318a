import type { DeliveryLog } from '../runs/ports.ts';
import type { Database } from './transaction.ts';

/** Teams gives up on a turn within minutes; a day is far beyond any redelivery. */
const rememberedForMs = 86_400_000;

/**
 * What Teams has delivered. Each entry also takes the opportunity to forget what is older than a day.
 * @param now the present, for the age of entries.
 */
export function deliveryLog(database: Database, now: () => number): DeliveryLog {
  return {
    async firstTime(conversationId, activityId) {
      const at = new Date(now()).toISOString();
      const old = new Date(now() - rememberedForMs).toISOString();
      const fresh = { conversation_id: conversationId, activity_id: activityId, at };
      const entry = database.outside.insertInto('delivery').values(fresh);
      const written = await entry.onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
      await database.outside.deleteFrom('delivery').where('at', '<', old).execute();
      return written.numInsertedOrUpdatedRows === 1n;
    },
  };
}
