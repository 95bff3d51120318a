import type { Database } from './transaction.ts';

/** When a conversation is not to be disturbed, told by a clock: `22:00` to `07:00`. The same time twice: never. */
export interface QuietHours {
  readonly from: string;
  readonly until: string;
  /** IANA. */
  readonly timeZone: string;
}

/** The quiet hours that people have set, by conversation; a personal chat's are those of its person. */
export interface QuietBook {
  find(conversationId: string): Promise<QuietHours | undefined>;
  set(conversationId: string, hours: QuietHours): Promise<void>;
}

/** @param database its `outside` is used. */
export function quietBook(database: Database): QuietBook {
  return {
    async find(conversationId) {
      const from = database.outside.selectFrom('quiet_hours').selectAll();
      const row = await from.where('conversation_id', '=', conversationId).executeTakeFirst();
      return row === undefined ? undefined : { from: row.from_time, until: row.until_time, timeZone: row.time_zone };
    },
    async set(conversationId, { from, until, timeZone }) {
      const change = { from_time: from, until_time: until, time_zone: timeZone };
      const row = database.outside.insertInto('quiet_hours').values({ conversation_id: conversationId, ...change });
      await row.onConflict((conflict) => conflict.column('conversation_id').doUpdateSet(change)).execute();
    },
  };
}
