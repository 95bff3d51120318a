import { AsyncLocalStorage } from 'node:async_hooks';
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * The only door to the database. Inside a transaction everything must go through the transaction: another route waits for
 * itself for ever on the embedded home, and silently is not atomic on a server. So another route throws at once.
 */
export class Database {
  readonly #db: Kysely<Tables>;
  readonly #inside = new AsyncLocalStorage<true>();

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** For queries outside any transaction. @throws TypeError inside one. */
  get outside(): Kysely<Tables> {
    this.refuseInside('a query');
    return this.#db;
  }

  /** Commits when `work` resolves, rolls back when it throws. @throws TypeError inside another transaction. */
  async transaction<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> {
    this.refuseInside('a second transaction');
    return this.#db.transaction().execute((tx) => this.#inside.run(true, () => work(tx)));
  }

  /** @throws TypeError when called inside a transaction. */
  refuseInside(what: string): void {
    if (this.#inside.getStore() === true) throw new TypeError(`${what} goes past the open transaction`);
  }
}
