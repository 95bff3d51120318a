import type { Transaction } from 'kysely';
import { fromKysely, type Job, type JobResult, PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { Clock, Home } from './home.ts';
import type { Log } from './log.ts';
import type { Tables } from './tables.ts';
import { Together } from './together.ts';
import type { Database } from './transaction.ts';

const runId = z.uuid();

/** What a job of each queue names. It never carries state: the row does. */
const dataOf = {
  /** Take the next step of this revision of the run; an older revision has been dealt with. */
  step: z.object({ runId, revision: z.number().int() }),
  /** Look whether the time to decide, or to start, is over. */
  expiry: z.object({ runId }),
  /** Somebody has to look at a run that was started without its approvals: tell them, and remind them when it is due. */
  review: z.object({ runId, told: z.boolean().default(false) }),
  /** Bring one card up to date: the outbox. */
  card: z.object({ runId, conversationId: z.string() }),
  /** Look whether what the run left open still is; `said` reminders came before. `early`: only whether it is closed by now. */
  reminder: z.object({ runId, said: z.number().int(), early: z.boolean() }),
  /** Call for a person while the run stands still as it does since that moment; `said` calls came before. */
  manual: z.object({ runId, since: z.string(), said: z.number().int() }),
  /** Send this revision of what the bot says by itself; an older one need not be sent any more. */
  post: z.object({ postId: z.string(), revision: z.number().int() }),
  /** Look after everything that is watched; a look of another number has been taken. */
  watch: z.object({ tick: z.number().int() }),
  /** Tell a conversation what was found for it. */
  tell: z.object({ conversationId: z.string() }),
  /** Say the digest of a conversation; an older revision has been replaced. */
  digest: z.object({ conversationId: z.string(), revision: z.number().int() }),
  /** Delete what is older than it has to be kept. */
  retention: z.object({}),
} as const;

export type QueueName = keyof typeof dataOf;
const queueNames = Object.keys(dataOf) as readonly QueueName[];

export type JobData<Q extends QueueName> = z.infer<(typeof dataOf)[Q]>;

/** A job in our hands. `attempt` counts from 0 and is written down before the job is handed out: above 0 somebody began it before. */
export interface TakenJob<Q extends QueueName = QueueName> {
  readonly queue: Q;
  readonly id: string;
  readonly attempt: number;
  readonly data: JobData<Q>;
}

/** A job to come. `after` in seconds from now; at once without it. */
export interface Sending<Q extends QueueName> {
  readonly data: JobData<Q>;
  readonly after?: number;
}

/** Works on one job. When it throws, the job is handed out again later, with a higher attempt. */
export type Handle<Q extends QueueName> = (job: TakenJob<Q>) => Promise<void>;

/** The attempt is no longer ours: it was taken for dead and handed to another. Whatever it was about to write must not be written. */
export class AttemptLapsed extends Error {
  override readonly name = 'AttemptLapsed';
}

/**
 * A silent worker's jobs are handed on after ten seconds (pg-boss's least heartbeat), looked for every five; a live one may
 * take two minutes. However often its worker has died, a job waits no more than eight seconds longer: it is taken over within thirty in all. Failures
 * that nobody foresaw are tried again for as long as the run can wait, which is most of a day.
 */
const queueOptions = {
  notify: true,
  heartbeatSeconds: 10,
  expireInSeconds: 120,
  retryLimit: 8000,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 8,
  retentionSeconds: 90 * 86_400,
} as const;

/**
 * Nobody reads a job that is done, and five thousand runs that are followed do a hundred thousand of them in an hour: they go after minutes, or counting
 * what waits would read all of them every few seconds. That of a day stands for its day.
 */
const doneIsKeptSeconds = 300;
const sweepSeconds = 60;

interface Concurrency {
  readonly localConcurrency: number;
  readonly batchSize: number;
}

/** Steps run beside each other, so that one slow answer of Azure's holds up a few runs and not all. */
const concurrency: Record<QueueName, Concurrency> = {
  step: { localConcurrency: 3, batchSize: 20 },
  expiry: { localConcurrency: 1, batchSize: 20 },
  review: { localConcurrency: 1, batchSize: 5 },
  card: { localConcurrency: 1, batchSize: 20 },
  reminder: { localConcurrency: 1, batchSize: 5 },
  manual: { localConcurrency: 1, batchSize: 5 },
  post: { localConcurrency: 1, batchSize: 10 },
  watch: { localConcurrency: 1, batchSize: 1 },
  tell: { localConcurrency: 1, batchSize: 5 },
  digest: { localConcurrency: 1, batchSize: 5 },
  retention: { localConcurrency: 1, batchSize: 1 },
};

/** Only a poll finds a job whose time has come; a job for now is announced and found at once. */
const pollSeconds = 0.5;

/** For tests that hold many jobs at once: workers of a queue that take one job each, and how often each of them looks for one. */
export interface Width {
  readonly workers: Partial<Record<QueueName, number>>;
  /** Every look is a query: the embedded store does nothing else when many workers look often. */
  readonly pollSeconds: number;
}

/** What a transaction of ours takes from its last statement on. */
const transactionMs = 15;

const daySeconds = 86_400;

const noSuchJob = '00000000-0000-4000-8000-000000000000';

interface QueuesOptions {
  readonly home: Home;
  readonly database: Database;
  readonly clock: Clock | undefined;
  readonly width: Width | undefined;
  readonly log: Log;
}

/** Everything that waits, repeats or must be done later, on pg-boss. */
export class Queues {
  readonly #boss: PgBoss;
  readonly #database: Database;
  readonly #log: Log;
  readonly #width: Width | undefined;
  readonly #workers = new Map<QueueName, string>();
  readonly #holds = mapQueues((name) => new Together<TakenJob, boolean>((jobs) => this.#touch(name, jobs)));
  #calm = (): Promise<void> => Promise.resolve();
  #active = 0;
  #taken = 0;
  #quiet: (() => void)[] = [];

  private constructor(boss: PgBoss, options: QueuesOptions) {
    this.#boss = boss;
    this.#database = options.database;
    this.#log = options.log;
    this.#width = options.width;
  }

  /** Creates the queues and fills pg-boss's cache of them, without which the first `send` inside a transaction waits for itself. */
  static async open(options: QueuesOptions): Promise<Queues> {
    const boss = new PgBoss({
      ...options.home.queueing,
      ...(options.clock === undefined ? {} : { clock: options.clock }),
      useListenNotify: true,
      schedule: false,
      superviseIntervalSeconds: 5,
      monitorIntervalSeconds: 5,
      maintenanceIntervalSeconds: sweepSeconds,
    });
    boss.on('error', (error) => options.log.error({ error }, 'a queue failed'));
    boss.on('warning', (warning) => options.log.warn({ warning }, 'a queue warns'));
    const queues = new Queues(boss, options);
    await boss.start();
    for (const name of queueNames) await queues.#prepare(name, options.home.alone);
    return queues;
  }

  async #prepare(name: QueueName, alone: boolean): Promise<void> {
    const options = { ...queueOptions, deleteAfterSeconds: name === 'retention' ? 2 * daySeconds : doneIsKeptSeconds };
    await this.#boss.createQueue(name, options);
    await this.#boss.updateQueue(name, options);
    await this.#boss.findJobs(name, { id: noSuchJob });
    if (alone) await this.#takeBackOrphans(name);
  }

  /** With one process at a time, whatever is active before we begin was held by a process that died. */
  async #takeBackOrphans(name: QueueName): Promise<void> {
    const orphans = (await this.#boss.findJobs(name)).filter((job) => job.state === 'active');
    if (orphans.length > 0) await this.#boss.fail(name, orphans, { reason: 'the process ended' });
  }

  /** In the transaction. */
  async send<Q extends QueueName>(tx: Transaction<Tables>, name: Q, jobs: readonly Sending<Q>[]): Promise<void> {
    if (jobs.length === 0) return;
    const inserts = jobs.map(({ data, after = 0 }) => ({ data, startAfter: after }));
    await this.#boss.insert(name, inserts, { db: fromKysely(tx) });
    for (const { after = 0 } of jobs) this.#lookAgainAfter(name, after);
  }

  /** At most one such job a day, now or, if this day has had one, tomorrow; over all replicas. */
  async daily(name: 'retention'): Promise<void> {
    await this.#boss.sendDebounced(name, {}, null, daySeconds);
  }

  /** In the transaction; all of one queue. Answers the ids of those that were still ours. */
  async complete(tx: Transaction<Tables>, jobs: readonly TakenJob[]): Promise<ReadonlySet<string>> {
    const [first] = jobs;
    if (first === undefined) return new Set();
    return settledBy(await this.#boss.complete(first.queue, jobs.map(attemptOf), null, { db: fromKysely(tx) }));
  }

  /** Whether the job is still ours: asked just before a call that cannot be taken back. */
  async holds(job: TakenJob): Promise<boolean> {
    this.#database.refuseInside('a look at a job');
    return this.#holds[job.queue].add(job);
  }

  async #touch(name: QueueName, jobs: readonly TakenJob[]): Promise<readonly boolean[]> {
    const held = settledBy(await this.#boss.touch(name, jobs.map(attemptOf)));
    return jobs.map(({ id }) => held.has(id));
  }

  /** From now on no job begins before this resolves. */
  letGoFirst(turns: () => Promise<void>): void {
    this.#calm = turns;
  }

  /** Hands out the jobs of a queue. A handler that throws gets its job again later, with a higher attempt. */
  async work<Q extends QueueName>(name: Q, handle: Handle<Q>): Promise<void> {
    const workers = this.#width?.workers[name];
    const width = workers === undefined ? concurrency[name] : { localConcurrency: workers, batchSize: 1 };
    const seconds = this.#width?.pollSeconds ?? pollSeconds;
    const poll = { pollingIntervalSeconds: seconds, notifyPollingIntervalSeconds: seconds };
    const options = { ...width, ...poll, burstWhenBatchFull: true, perJobResults: true } as const;
    const handleAll = (jobs: Job<unknown>[]) => Promise.all(jobs.map((job) => this.#handleOne(name, job, handle)));
    this.#workers.set(name, await this.#boss.work<unknown, JobResult[], typeof options>(name, options, handleAll));
  }

  /** A job that is due before the next poll is fetched when it is due. Its transaction has ended by then; if not, the poll finds it. */
  #lookAgainAfter(name: QueueName, seconds: number): void {
    if (seconds <= 0 || seconds >= pollSeconds) return;
    setTimeout(() => this.#boss.notifyWorker(this.#workers.get(name) ?? ''), seconds * 1000 + transactionMs).unref();
  }

  async #handleOne<Q extends QueueName>(name: Q, job: Job<unknown>, handle: Handle<Q>): Promise<JobResult> {
    this.#active += 1;
    this.#taken += 1;
    try {
      const data = dataOf[name].parse(job.data) as JobData<Q>;
      await this.#calm();
      await handle({ queue: name, id: job.id, attempt: job.retryCount, data });
      return { id: job.id, status: 'completed' as const };
    } catch (error) {
      if (!(error instanceof AttemptLapsed)) this.#log.error({ error, queue: name, job: job.data }, 'a job failed');
      return { id: job.id, status: 'failed' as const, output: { reason: String(error) } };
    } finally {
      this.#active -= 1;
      if (this.#active === 0) for (const wake of this.#quiet.splice(0)) wake();
    }
  }

  /** Resolves when no job is being worked on here; tells how many have been taken so far. */
  async idle(): Promise<number> {
    if (this.#active > 0) await new Promise<void>((resolve) => this.#quiet.push(resolve));
    return this.#taken;
  }

  /** Takes no further jobs and waits for those in hand. */
  async stopWorking(): Promise<void> {
    for (const name of queueNames) await this.#boss.offWork(name, { wait: true });
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: true });
  }
}

function mapQueues<T>(make: (name: QueueName) => T): Readonly<Record<QueueName, T>> {
  return Object.fromEntries(queueNames.map((name) => [name, make(name)])) as Record<QueueName, T>;
}

function attemptOf(job: TakenJob) {
  return { id: job.id, retryCount: job.attempt };
}

/** pg-boss types its answer as an empty object; it holds the ids of the jobs that the command found in our hands, or null for none. */
function settledBy(answer: unknown): ReadonlySet<string> {
  return new Set(z.object({ settled: z.array(z.string()).nullish() }).parse(answer).settled);
}
