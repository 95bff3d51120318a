import { mkdirSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { fromPglite } from 'pg-boss';
import { DurableFolder, durableStart } from './durable-folder.ts';
import { lockFolder } from './folder-lock.ts';
import type { Home } from './home.ts';
import type { Tables } from './tables.ts';

/**
 * PostgreSQL inside this process, its data in a folder that belongs to this process alone.
 * @throws StoreFault `in-use` when a second process holds the folder.
 */
export async function openEmbedded(folder: string): Promise<Home> {
  mkdirSync(folder, { recursive: true });
  const lock = lockFolder(folder);
  try {
    const pglite = await PGlite.create({ fs: new DurableFolder(`${folder}/postgres`), startParams: [...durableStart] });
    const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
    return {
      db,
      queueing: { backend: 'pglite', db: fromPglite(pglite) },
      alone: true,
      async close() {
        await db.destroy();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
