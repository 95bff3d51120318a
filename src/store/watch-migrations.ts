import type { Migration } from 'kysely/migration';

/** Watches, what they have found, the clock of the looks, and digests. */
export const watchMigration: Migration = {
  async up(db) {
    await db.schema
      .createTable('watch')
      .addColumn('conversation_id', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('target_key', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('oid', 'text', (column) => column.notNull())
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('locale', 'text', (column) => column.notNull())
      .addColumn('time_zone', 'text', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('watch_pkey', ['conversation_id', 'kind', 'target_key'])
      .execute();
    await db.schema
      .createTable('watch_event')
      .addColumn('conversation_id', 'text', (column) => column.notNull())
      .addColumn('event_key', 'text', (column) => column.notNull())
      .addColumn('found_at', 'text', (column) => column.notNull())
      .addColumn('told', 'boolean', (column) => column.notNull())
      .addColumn('body', 'jsonb', (column) => column.notNull())
      .addPrimaryKeyConstraint('watch_event_pkey', ['conversation_id', 'event_key'])
      .execute();
    await db.schema.createIndex('watch_event_by_key').on('watch_event').columns(['event_key']).execute();
    await db.schema
      .createTable('watched_health')
      .addColumn('item_key', 'text', (column) => column.primaryKey())
      .addColumn('health', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('poll')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('tick', 'integer', (column) => column.notNull())
      .addColumn('next_at', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('digest')
      .addColumn('conversation_id', 'text', (column) => column.primaryKey())
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('oid', 'text', (column) => column.notNull())
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('locale', 'text', (column) => column.notNull())
      .addColumn('time_zone', 'text', (column) => column.notNull())
      .addColumn('time', 'text', (column) => column.notNull())
      .addColumn('next_at', 'text', (column) => column.notNull())
      .addColumn('revision', 'integer', (column) => column.notNull())
      .execute();
  },
};
