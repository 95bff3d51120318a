import { isOver, type JobView, unseen } from './job-view.ts';

const dayMs = 86_400_000;
const startMarginMs = 10 * 60 * 1000;
/** In units of a first look: as long as somebody may stay away before his job no longer counts. */
const patience = 30;

/** A job that a run is waiting for. Times are milliseconds since 1970. */
export interface Watched {
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

/** The jobs of one vault that runs are waiting for, and those that were over not long ago. */
export class WatchedJobs {
  readonly #now: () => number;
  readonly #patienceMs: number;
  readonly #jobs = new Map<string, Watched>();

  constructor(now: () => number, firstLookSeconds: number) {
    this.#now = now;
    this.#patienceMs = patience * firstLookSeconds * 1000;
  }

  /** The job, from now on at the latest. */
  asked(jobId: string): Watched {
    const now = this.#now();
    const found = this.#jobs.get(jobId.toLowerCase());
    if (found !== undefined) {
      found.askedAt = now;
      return found;
    }
    this.#forget(now);
    const job = { jobId, since: now, askedAt: now, view: unseen, dueAt: now, unlisted: false, detailed: false };
    this.#jobs.set(jobId.toLowerCase(), job);
    return job;
  }

  /** Those that are not over. A run that was given up stops asking, and its job then no longer counts. */
  running(): readonly Watched[] {
    const now = this.#now();
    const awaited = (job: Watched) => now <= Math.max(job.dueAt, job.askedAt) + this.#patienceMs;
    return [...this.#jobs.values()].filter((job) => !isOver(job.view) && awaited(job));
  }

  /** From when on a list must reach to hold all of them: a job of which the start is not known may be of yesterday, because a restart forgets. */
  oldestStart(): Date {
    const starts = this.running().map(({ since, view }) =>
      view.startedAt === undefined ? since - dayMs : Date.parse(view.startedAt) - startMarginMs,
    );
    return new Date(Math.min(this.#now(), ...starts));
  }

  #forget(now: number): void {
    for (const [key, job] of this.#jobs) if (Math.max(job.dueAt, job.askedAt) + dayMs < now) this.#jobs.delete(key);
  }
}
