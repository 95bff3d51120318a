import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { asStoreFault, StoreFault } from './fault.ts';
import { owedReviewMigration } from './owed-review-migration.ts';
import { retentionMigration } from './retention-migration.ts';
import type { Tables } from './tables.ts';
import { watchMigration } from './watch-migrations.ts';

/** Additive only: a replica of the version before still runs while the new one starts. Names sort in the order of application. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-runs': {
    async up(db) {
      await db.schema
        .createTable('run')
        .addColumn('id', 'uuid', (column) => column.primaryKey())
        .addColumn('code', 'text', (column) => column.notNull())
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('revision', 'integer', (column) => column.notNull())
        .addColumn('requester_oid', 'text', (column) => column.notNull())
        .addColumn('conversation_id', 'text', (column) => column.notNull())
        .addColumn('created_at', 'text', (column) => column.notNull())
        .addColumn('body', 'jsonb', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('run_newest').on('run').columns(['tenant_id', 'created_at']).execute();
      await db.schema.createIndex('run_by_code').on('run').columns(['code']).execute();
      await db.schema.createIndex('run_by_state').on('run').columns(['state', 'tenant_id']).execute();
      await db.schema
        .createTable('run_code')
        .addColumn('code', 'text', (column) => column.primaryKey())
        .addColumn('run_id', 'uuid', (column) => column.notNull())
        .addColumn('taken_until', 'text', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('run_target')
        .addColumn('target_key', 'text', (column) => column.primaryKey())
        .addColumn('run_id', 'uuid', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('run_target_by_run').on('run_target').columns(['run_id']).execute();
    },
  },
  '0002-cards': {
    async up(db) {
      await db.schema
        .createTable('card')
        .addColumn('run_id', 'uuid', (column) => column.notNull())
        .addColumn('conversation_id', 'text', (column) => column.notNull())
        .addColumn('message_id', 'text')
        .addColumn('shown', 'integer', (column) => column.notNull())
        .addColumn('sent_at', 'text')
        .addColumn('queued', 'boolean', (column) => column.notNull())
        .addColumn('held_by', 'text')
        .addColumn('held_at', 'text')
        .addColumn('failures', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('card_pkey', ['run_id', 'conversation_id'])
        .execute();
    },
  },
  '0003-records': {
    async up(db) {
      await db.schema
        .createTable('audit_event')
        .addColumn('seq', 'bigint', (column) => column.primaryKey())
        .addColumn('run_id', 'uuid')
        .addColumn('body', 'text', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('audit_event_by_run').on('audit_event').columns(['run_id', 'seq']).execute();
    },
  },
  '0004-conversations': {
    async up(db) {
      await db.schema
        .createTable('conversation')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('oid', 'text')
        .addColumn('reference', 'jsonb', (column) => column.notNull())
        .addColumn('seen', 'bigserial', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('conversation_personal').on('conversation').columns(['tenant_id', 'oid']).execute();
      await db.schema
        .createTable('delivery')
        .addColumn('conversation_id', 'text', (column) => column.notNull())
        .addColumn('activity_id', 'text', (column) => column.notNull())
        .addColumn('at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('delivery_pkey', ['conversation_id', 'activity_id'])
        .execute();
      await db.schema
        .createTable('bot_state')
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('value', 'jsonb', (column) => column.notNull())
        .addColumn('etag', 'text', (column) => column.notNull())
        .execute();
    },
  },
  '0005-reminders': {
    async up(db) {
      await db.schema
        .createTable('left_open')
        .addColumn('run_id', 'uuid', (column) => column.primaryKey())
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('conversation_id', 'text', (column) => column.notNull())
        .addColumn('target_key', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('opened_at', 'text', (column) => column.notNull())
        .addColumn('said', 'integer', (column) => column.notNull())
        .addColumn('next_at', 'text', (column) => column.notNull())
        .addColumn('stopped_by', 'text')
        .addColumn('closed_at', 'text')
        .execute();
      await db.schema.createIndex('left_open_by_target').on('left_open').columns(['target_key']).execute();
      await db.schema.createIndex('left_open_by_tenant').on('left_open').columns(['tenant_id', 'closed_at']).execute();
      await db.schema
        .createTable('post')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('conversation_id', 'text', (column) => column.notNull())
        .addColumn('screen', 'jsonb', (column) => column.notNull())
        .addColumn('reader', 'jsonb', (column) => column.notNull())
        .addColumn('anew', 'boolean', (column) => column.notNull())
        .addColumn('rings', 'boolean', (column) => column.notNull())
        .addColumn('revision', 'integer', (column) => column.notNull())
        .addColumn('sent', 'integer', (column) => column.notNull())
        .addColumn('message_id', 'text')
        .execute();
      await db.schema.createIndex('post_by_conversation').on('post').columns(['conversation_id']).execute();
      await db.schema
        .createTable('quiet_hours')
        .addColumn('conversation_id', 'text', (column) => column.primaryKey())
        .addColumn('from_time', 'text', (column) => column.notNull())
        .addColumn('until_time', 'text', (column) => column.notNull())
        .addColumn('time_zone', 'text', (column) => column.notNull())
        .execute();
    },
  },
  '0006-watches': watchMigration,
  '0007-retention': retentionMigration,
  '0008-owed-review': owedReviewMigration,
};

/**
 * Brings the database to the current schema, under a lock that replicas wait for.
 * @throws StoreFault `newer-schema` when the database knows migrations that we do not, `not-migrated` when one fails.
 */
export async function migrate(db: Kysely<Tables>, known = migrations): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...known }) } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (error instanceof Error && /previously executed migration .* is missing/i.test(error.message)) {
    throw new StoreFault('newer-schema', { cause: error });
  }
  throw asStoreFault(error) ?? new StoreFault('not-migrated', { cause: error });
}
