import { asCatalogueError, type CatalogueError } from '../../errors.ts';
import { subscriptionOf } from '../arm-id.ts';
import type { ArmId } from '../types.ts';
import type { JobBudget } from './job-budget.ts';
import { isOver, type JobSource, type JobView, seenAgain, unseen } from './job-view.ts';
import { graceSeconds, intervalSeconds } from './pace.ts';
import type { Look } from './paced.ts';

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
const unsaidPauseSeconds = 60;
const dayMs = 86_400_000;
const startMarginMs = 10 * 60 * 1000;
const forgottenAfterMs = dayMs;

interface Watched {
  readonly jobId: string;
  /** When it was first asked for; as old as the job itself, except after a restart. */
  readonly since: number;
  askedAt: number;
  view: JobView;
  dueAt: number;
  /** A list did not have it, though it should. */
  unlisted: boolean;
  /** The view comes from a read of the job itself. */
  detailed: boolean;
}

/**
 * The jobs of one vault and one service that runs are waiting for. One list serves all of them; asked for a job before its time, the watch answers
 * from what it knows. Times are milliseconds since 1970.
 */
export class VaultWatch {
  readonly #options: WatchOptions;
  readonly #jobs = new Map<string, Watched>();
  readonly #reading = new Map<string, Promise<void>>();
  #failure: { readonly error: CatalogueError; readonly until: number } | undefined;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** Throws when Azure did not answer, until the next look; a 429 is no failure but a longer wait. */
  async ask(jobId: string): Promise<Look<JobView>> {
    const job = this.#watched(jobId);
    job.askedAt = this.#now;
    if (isOver(job.view)) await this.#complete(job);
    else await this.#lookWhenDue(job);
    return { value: job.view, nextLookSeconds: isOver(job.view) ? 0 : Math.max(0, (job.dueAt - this.#now) / 1000) };
  }

  /** Whether some run still comes back for a job of it. */
  get active(): boolean {
    return this.#running().length > 0;
  }

  async #lookWhenDue(job: Watched): Promise<void> {
    if (this.#failure !== undefined && this.#now < this.#failure.until) throw this.#failure.error;
    if (this.#now < job.dueAt) return;
    const wait = this.#options.budget.waitSeconds(this.#subscriptionId);
    if (wait > 0) this.#lookIn(job, Math.max(wait, this.#options.firstLookSeconds));
    else if (job.unlisted || (this.#comfortable && this.#running().length <= fewJobs)) await this.#readOne(job);
    else await this.#readAll(job);
  }

  /** A list has told the end; the tasks and the whole error are worth one more read when there is plenty. */
  async #complete(job: Watched): Promise<void> {
    if (job.detailed || !this.#comfortable) return;
    await this.#readOne(job).catch(() => {
      job.detailed = true;
    });
  }

  async #readOne(job: Watched): Promise<void> {
    await this.#once(job.jobId, job, async () => {
      const found = await this.#options.source.get(this.#options.vaultId, job.jobId);
      job.view = seenAgain(job.view, found);
      job.unlisted = false;
      job.detailed = true;
      this.#pace(job);
    });
  }

  async #readAll(asked: Watched): Promise<void> {
    await this.#once('', asked, async () => {
      const jobs = this.#running();
      const found = await this.#options.source.list(this.#options.vaultId, this.#oldest(jobs));
      for (const job of jobs) this.#note(job, found.get(job.jobId.toLowerCase()));
    });
    if (isOver(asked.view)) await this.#complete(asked);
  }

  #note(job: Watched, found: JobView | undefined): void {
    if (found !== undefined) {
      job.view = seenAgain(job.view, found);
      job.detailed = false;
    } else job.unlisted = this.#ageSeconds(job) > graceSeconds(this.#options.firstLookSeconds);
    this.#pace(job);
  }

  /** Those who ask for the same at the same time share one call and what comes of it. */
  async #once(key: string, job: Watched, call: () => Promise<void>): Promise<void> {
    const underWay = this.#reading.get(key) ?? call().finally(() => this.#reading.delete(key));
    this.#reading.set(key, underWay);
    try {
      await underWay;
      this.#failure = undefined;
    } catch (error) {
      this.#failed(job, asCatalogueError(error));
    }
  }

  #failed(job: Watched, error: CatalogueError): void {
    const { firstLookSeconds } = this.#options;
    if (error.code === 'azure-throttled') {
      this.#lookIn(job, error.azure?.retryAfterSeconds ?? unsaidPauseSeconds);
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
    const own = intervalSeconds(this.#ageSeconds(job), firstLookSeconds);
    this.#lookIn(job, this.#comfortable ? own : Math.max(own, sharers() * budget.refillSeconds));
  }

  #lookIn(job: Watched, seconds: number): void {
    job.dueAt = this.#now + seconds * 1000;
  }

  #ageSeconds(job: Watched): number {
    const begun = job.view.startedAt === undefined ? job.since : Date.parse(job.view.startedAt);
    return Math.max(0, (this.#now - begun) / 1000);
  }

  /** From when on a list must reach: a job of which the start is not known may be of yesterday, because a restart forgets. */
  #oldest(jobs: readonly Watched[]): Date {
    const starts = jobs.map(({ since, view }) =>
      view.startedAt === undefined ? since - dayMs : Date.parse(view.startedAt) - startMarginMs,
    );
    return new Date(Math.min(this.#now, ...starts));
  }

  /** A run that was given up stops asking; its job then no longer counts. */
  #running(): readonly Watched[] {
    const patienceMs = 30 * this.#options.firstLookSeconds * 1000;
    return [...this.#jobs.values()].filter(
      (job) => !isOver(job.view) && this.#now <= Math.max(job.dueAt, job.askedAt) + patienceMs,
    );
  }

  #watched(jobId: string): Watched {
    const key = jobId.toLowerCase();
    const found = this.#jobs.get(key);
    if (found !== undefined) return found;
    for (const [other, job] of this.#jobs) if (job.dueAt + forgottenAfterMs < this.#now) this.#jobs.delete(other);
    const now = this.#now;
    const job = { jobId, since: now, askedAt: now, view: unseen, dueAt: now, unlisted: false, detailed: false };
    this.#jobs.set(key, job);
    return job;
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
