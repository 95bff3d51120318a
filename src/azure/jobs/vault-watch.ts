import { asCatalogueError, type CatalogueError } from '../../errors.ts';
import { subscriptionOf } from '../arm-id.ts';
import type { ArmId } from '../types.ts';
import type { JobBudget } from './job-budget.ts';
import { isOver, type JobSource, type JobView, seenAgain } from './job-view.ts';
import { graceSeconds, intervalSeconds } from './pace.ts';
import type { Look } from './paced.ts';
import { type Watched, WatchedJobs } from './watched-jobs.ts';

/** What a vault's watch is built from. */
export interface WatchOptions {
  readonly source: JobSource;
  readonly vaultId: ArmId;
  readonly budget: JobBudget;
  readonly now: () => Date;
  readonly firstLookSeconds: number;
  /** How many watches share the subscription's budget now, this one included. */
  readonly sharers: () => number;
}

/** Up to so many running jobs are read one by one, because only that tells their tasks. */
const fewJobs = 2;
/** In units of a first look: a list that serves many is worth its read, however old they are. */
const mostBetweenLists = 4;
const unsaidPauseSeconds = 60;

/**
 * The jobs of one vault and one service that runs are waiting for. One list serves all of them; asked for a job before its time, the watch answers
 * from what it knows.
 */
export class VaultWatch {
  readonly #options: WatchOptions;
  readonly #jobs: WatchedJobs;
  readonly #underWay = new Map<string, Promise<void>>();
  #failure: { readonly error: CatalogueError; readonly until: number } | undefined;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#jobs = new WatchedJobs(() => this.#now, options.firstLookSeconds);
  }

  /** Throws when Azure did not answer, until the next look; a 429 is no failure but a longer wait. */
  async ask(jobId: string): Promise<Look<JobView>> {
    const job = this.#jobs.asked(jobId);
    if (isOver(job.view)) await this.#complete(job);
    else await this.#lookWhenDue(job);
    // A list does not say for what; the next one may mean another step.
    if (job.view.waitsFor !== undefined) await this.#complete(job);
    return {
      value: job.view,
      nextLookSeconds: isOver(job.view) ? 0 : Math.max(0, (this.#dueAt(job) - this.#now) / 1000),
    };
  }

  /** Whether some run still comes back for a job of it. */
  get active(): boolean {
    return this.#jobs.running().length > 0;
  }

  async #lookWhenDue(job: Watched): Promise<void> {
    if (this.#failure !== undefined && this.#now < this.#failure.until) throw this.#failure.error;
    if (this.#now < this.#dueAt(job)) return;
    const wait = this.#options.budget.waitSeconds(this.#subscriptionId);
    if (wait > 0) this.#putOff(job, Math.max(wait, this.#options.firstLookSeconds / 6));
    else if (job.unlisted || (this.#comfortable && this.#jobs.running().length <= fewJobs)) await this.#readOne(job);
    else await this.#readAll(job);
  }

  /** A list has told the end, or that it waits; the tasks, the whole error and what it waits for are worth one more read when there is plenty. */
  async #complete(job: Watched): Promise<void> {
    if (job.detailed || !this.#comfortable) return;
    await this.#readOne(job).catch(() => {
      job.detailed = true;
    });
  }

  async #readOne(job: Watched): Promise<void> {
    await this.#shared(job.jobId, job, async () => {
      const found = await this.#options.source.get(this.#options.vaultId, job.jobId);
      job.view = seenAgain(job.view, found);
      job.unlisted = false;
      job.detailed = true;
      this.#pace(job);
    });
  }

  async #readAll(asked: Watched): Promise<void> {
    await this.#shared('all', asked, async () => {
      const jobs = this.#jobs.running();
      const found = await this.#options.source.list(this.#options.vaultId, this.#jobs.oldestStart());
      for (const job of jobs) this.#note(job, found.get(job.jobId.toLowerCase()));
    });
    if (isOver(asked.view)) await this.#complete(asked);
  }

  #note(job: Watched, found: JobView | undefined): void {
    if (found !== undefined) {
      job.view = seenAgain(job.view, found);
      job.detailed = false;
    } else job.unlisted = this.#ageSeconds(job) > graceSeconds(this.#options.firstLookSeconds);
    // A job that lists leave out keeps its turn, and is then read alone; the next list must not put it off again.
    if (!job.unlisted) this.#pace(job);
  }

  /** Those who ask for the same at the same time share one call and what comes of it. */
  async #shared(key: string, job: Watched, call: () => Promise<void>): Promise<void> {
    const calling = this.#underWay.get(key) ?? call().finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, calling);
    try {
      await calling;
      this.#failure = undefined;
    } catch (error) {
      this.#failed(job, asCatalogueError(error));
    }
  }

  #failed(job: Watched, error: CatalogueError): void {
    const { firstLookSeconds } = this.#options;
    if (error.code === 'azure-throttled') {
      this.#putOff(job, error.azure?.retryAfterSeconds ?? unsaidPauseSeconds);
    } else if (error.code === 'azure-not-found') {
      this.#lookIn(job, firstLookSeconds);
      if (this.#ageSeconds(job) > graceSeconds(firstLookSeconds)) throw error;
    } else {
      this.#failure = { error, until: this.#now + firstLookSeconds * 1000 };
      throw error;
    }
  }

  #pace(job: Watched): void {
    const { budget, firstLookSeconds, sharers } = this.#options;
    const most = this.#jobs.running().length > fewJobs ? mostBetweenLists * firstLookSeconds : Number.POSITIVE_INFINITY;
    const own = Math.min(intervalSeconds(this.#ageSeconds(job), firstLookSeconds), most);
    this.#lookIn(job, this.#comfortable ? own : Math.max(own, sharers() * budget.refillSeconds));
  }

  #lookIn(job: Watched, seconds: number): void {
    job.dueAt = this.#now + seconds * 1000;
  }

  #ageSeconds(job: Watched): number {
    const begun = job.view.startedAt === undefined ? job.since : Date.parse(job.view.startedAt);
    return Math.max(0, (this.#now - begun) / 1000);
  }

  /** Where a list serves all, all are due with the first: it costs the others nothing, and an old job is not told of its end later than a young one. */
  #dueAt(job: Watched): number {
    const listed = this.#jobs.running().filter(({ unlisted }) => !unlisted);
    if (job.unlisted || listed.length <= fewJobs) return job.dueAt;
    return Math.min(job.dueAt, ...listed.map(({ dueAt }) => dueAt));
  }

  /** Nobody can be looked at before then. */
  #putOff(job: Watched, seconds: number): void {
    const due = this.#jobs.running().filter(({ dueAt }) => dueAt <= this.#now);
    for (const one of [job, ...due]) this.#lookIn(one, seconds);
  }

  get #comfortable(): boolean {
    return this.#options.budget.comfortable(this.#subscriptionId);
  }

  get #subscriptionId(): string {
    return subscriptionOf(this.#options.vaultId);
  }

  get #now(): number {
    return this.#options.now().getTime();
  }
}
