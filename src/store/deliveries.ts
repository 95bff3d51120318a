import type { DeliveryLog } from '../runs/ports.ts';
import type { Tables } from './tables.ts';
import { Together } from './together.ts';
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
  const entries = new Together<Delivery, boolean>((deliveries) => enter(database, deliveries));
  return {
    async firstTime(conversationId, activityId) {
      database.refuseInside('an entry of a delivery');
      const at = new Date(now()).toISOString();
      const isFirst = await entries.add({ conversation_id: conversationId, activity_id: activityId, at });
      await forgetOld();
      return isFirst;
    },
  };
}

type Delivery = Tables['delivery'];

/** Tells of each whether it is new; of two that are the same the first one is. */
async function enter(database: Database, deliveries: readonly Delivery[]): Promise<readonly boolean[]> {
  const entry = database.outside.insertInto('delivery').values(deliveries);
  const written = await entry
    .onConflict((conflict) => conflict.doNothing())
    .returning(['conversation_id', 'activity_id'])
    .execute();
  const fresh = new Set(written.map(keyOf));
  return deliveries.map((one) => fresh.delete(keyOf(one)));
}

function keyOf({ conversation_id, activity_id }: Pick<Delivery, 'conversation_id' | 'activity_id'>): string {
  return JSON.stringify([conversation_id, activity_id]);
}
