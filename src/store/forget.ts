import type { Database } from './transaction.ts';

/** Tables whose rows belong to one conversation, in which the bot says something by itself. */
const own = ['post', 'quiet_hours', 'watch', 'watch_event', 'digest'] as const;

/** The bot is no longer in a conversation: what was to be said there is dropped, and how to get there. Runs keep their history. */
export async function forgetConversation(database: Database, id: string): Promise<void> {
  await database.transaction(async (tx) => {
    for (const table of own) await tx.deleteFrom(table).where('conversation_id', '=', id).execute();
    await tx.deleteFrom('conversation').where('id', '=', id).execute();
  });
}
