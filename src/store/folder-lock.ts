import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreFault } from './fault.ts';

/**
 * Takes a folder for this process: PGlite has no lock of its own, and a second process damages the data. The lock is the
 * kernel's, on a file that SQLite holds open, so that a killed process leaves nothing behind.
 * @throws StoreFault `in-use` while another process holds it.
 */
export function lockFolder(folder: string): { release(): void } {
  const file = new DatabaseSync(join(folder, 'lock.sqlite'), { timeout: 0 });
  try {
    file.exec(
      'PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS held (one); COMMIT; BEGIN EXCLUSIVE;',
    );
  } catch (error) {
    file.close();
    throw new StoreFault('in-use', { detail: folder, cause: error });
  }
  return { release: () => file.close() };
}
