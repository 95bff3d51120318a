import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Runs that went around an approval are few among all: who asks what is owed a review finds them without reading every run of the tenant. */
export const owedReviewMigration: Migration = {
  async up(db) {
    await sql`create index run_break_glass on run (tenant_id, created_at) where (body -> 'breakGlass' ->> 'usedAt') is not null`.execute(
      db,
    );
  },
};
