import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** When a memory was last written, so that old ones can be told; those that are there already count from now. */
export const retentionMigration: Migration = {
  async up(db) {
    await db.schema.alterTable('bot_state').addColumn('written_at', 'text').execute();
    await sql`update bot_state set written_at = ${new Date().toISOString()}`.execute(db);
  },
};
