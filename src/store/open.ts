import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Transaction } from 'kysely';
import type { AuditEvent } from '../runs/audit-event.ts';
import { appendToChain, auditTrail } from './audit-chain.ts';
import { botState } from './bot-state.ts';
import { cardRows } from './card-rows.ts';
import { conversationBook } from './conversations.ts';
import { deliveryLog } from './deliveries.ts';
import { digestReads, digestWrites } from './digest-rows.ts';
import { logEvents } from './event-log.ts';
import { asStoreFault, StoreFault } from './fault.ts';
import { forgetConversation } from './forget.ts';
import type { Clock, Home } from './home.ts';
import { leftOpenReads, leftOpenWrites } from './left-open-rows.ts';
import type { Log } from './log.ts';
import { measures } from './measures.ts';
import { migrate } from './migrations.ts';
import { postReads, postWrites } from './post-rows.ts';
import { AttemptLapsed, Queues, type Width } from './queues.ts';
import { quietBook } from './quiet-rows.ts';
import { type Forgotten, forgetOlder, type Outlived } from './retention.ts';
import { runReads, runWrites } from './run-rows.ts';
import { openServer } from './server.ts';
import type { Store, Unit } from './store.ts';
import type { Tables } from './tables.ts';
import { targetLocks } from './target-locks.ts';
import { telling } from './told.ts';
import { Database } from './transaction.ts';
import { watchReads, watchWrites } from './watch-rows.ts';

export interface StoreOptions {
  /** A PostgreSQL server; without it the database runs inside this process. */
  readonly databaseUrl?: string;
  /** Asked for each new connection to the server: an Entra token. */
  readonly password?: () => Promise<string>;
  /** Of the embedded database; `./data` when not given. */
  readonly dataFolder?: string;
  /** As `queues.ts` says when not given. */
  readonly width?: Width;
  /** Connections to the server for our own queries; 10 when not given. */
  readonly connections?: number;
  /** Time and timers of the queues; tests give pg-boss's TestClock. */
  readonly clock?: Clock;
  readonly log: Log;
}

/**
 * Opens the store: migrations under a lock, queues created and ready.
 * @throws StoreFault `in-use`, `newer-schema`, `unreachable`, `read-only`, `full` or `not-migrated`, with the reason in words.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const home = await openHome(options);
  try {
    await migrate(home.db);
    const database = new Database(home.db);
    const { clock, log, width } = options;
    const queues = await Queues.open({ home, database, clock, log, width });
    return telling(new OpenStore({ home, database, queues, log, now: () => options.clock?.now() ?? Date.now() }));
  } catch (error) {
    await home.close();
    throw asStoreFault(error) ?? error;
  }
}

/** @throws StoreFault `missing` when no store was ever made in the folder: opening it would make an empty one */
export function assertStoreIn(dataFolder: string): void {
  if (!existsSync(join(dataFolder, 'postgres'))) throw new StoreFault('missing', { detail: dataFolder });
}

async function openHome(options: StoreOptions): Promise<Home> {
  const { databaseUrl, ...rest } = options;
  if (databaseUrl !== undefined) return openServer({ databaseUrl, ...rest });
  // A database inside the process is loaded only where there is one.
  const { openEmbedded } = await import('./embedded.ts');
  return await openEmbedded(options.dataFolder ?? './data');
}

interface Parts {
  readonly home: Home;
  readonly database: Database;
  readonly queues: Queues;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

class OpenStore implements Store {
  readonly runs;
  readonly audit;
  readonly jobs;
  readonly conversations;
  readonly deliveries;
  readonly botState;
  readonly leftOpen;
  readonly posts;
  readonly watches;
  readonly digests;
  readonly quiet;
  readonly measures;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    const { database, queues, now } = parts;
    this.#parts = parts;
    this.runs = runReads(database);
    this.audit = auditTrail(database);
    this.jobs = queues;
    this.conversations = conversationBook(database);
    this.deliveries = deliveryLog(database, now);
    this.botState = botState(database, now);
    this.leftOpen = leftOpenReads(database);
    this.posts = postReads(database);
    this.watches = watchReads(database);
    this.digests = digestReads(database);
    this.quiet = quietBook(database);
    this.measures = measures(database);
  }

  async transaction<T>(work: (unit: Unit) => Promise<T>): Promise<T> {
    const { database, queues, log } = this.#parts;
    const events: AuditEvent[] = [];
    const result = await database.transaction(async (tx) => {
      const done = await work(unitOf(tx, queues, events));
      await appendToChain(tx, events);
      return done;
    });
    logEvents(log, events);
    return result;
  }

  async forgetConversation(id: string): Promise<void> {
    await forgetConversation(this.#parts.database, id);
  }

  async forgetOlder(outlived: Outlived): Promise<Forgotten> {
    return await forgetOlder(this.#parts.database, outlived);
  }

  async check(): Promise<void> {
    try {
      await this.#parts.database.transaction(tryToWrite);
    } catch (error) {
      if (error instanceof Written) return;
      throw asStoreFault(error) ?? new StoreFault('unreachable', { cause: error });
    }
  }

  async close(): Promise<void> {
    await this.#parts.queues.close();
    await this.#parts.home.close();
  }
}

/** Thrown to take back what was written only to see whether it could be. */
class Written extends Error {}

async function tryToWrite(tx: Transaction<Tables>): Promise<never> {
  const probe = { conversation_id: 'readiness', activity_id: randomUUID(), at: new Date(0).toISOString() };
  await tx.insertInto('delivery').values(probe).execute();
  throw new Written();
}

/** @param events collects what is recorded, until the transaction's end. */
function unitOf(tx: Transaction<Tables>, queues: Queues, events: AuditEvent[]): Unit {
  return {
    runs: runWrites(tx),
    targets: targetLocks(tx),
    cards: cardRows(tx),
    leftOpen: leftOpenWrites(tx),
    posts: postWrites(tx),
    watches: watchWrites(tx),
    digests: digestWrites(tx),
    record: (event) => void events.push(event),
    send: (queue, data, after = 0) => queues.send(tx, queue, [{ data, after }]),
    sendAll: (queue, jobs) => queues.send(tx, queue, jobs),
    complete: async (job) => {
      if (!(await queues.complete(tx, [job])).has(job.id))
        throw new AttemptLapsed(`${job.queue} ${job.id} attempt ${job.attempt}`);
    },
    completeAll: (jobs) => queues.complete(tx, jobs),
  };
}
