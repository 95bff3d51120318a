import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/store/index.ts';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

let own: Promise<string> | undefined;

/**
 * The folder of an empty embedded store, to be copied: that takes a tenth of the time of making one. `npm test` makes one for all its processes
 * and names it in `EMPTY_STORE`; a process that runs by itself makes its own, which goes when it ends.
 */
export function emptyStore(): Promise<string> {
  own ??= process.env.EMPTY_STORE === undefined ? makeOwn() : Promise.resolve(process.env.EMPTY_STORE);
  return own;
}

/** Makes an empty store in a folder. */
export async function makeEmptyStore(folder: string): Promise<string> {
  const store = await openStore({ dataFolder: folder, log: silent });
  await store.close();
  return folder;
}

/** Makes an empty store in a database. */
export async function makeEmptyDatabase(databaseUrl: string): Promise<void> {
  const store = await openStore({ databaseUrl, log: silent });
  await store.close();
}

async function makeOwn(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'vaultkeeper-empty-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return await makeEmptyStore(folder);
}
