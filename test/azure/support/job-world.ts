import type { Received, Reply, Script } from './fake-arm.ts';
import { type ManualClock, subscriptionId } from './ports.ts';

/** The ids of vaults that hold jobs; one subscription. */
export function vaultIds(count: number): readonly string[] {
  return Array.from(
    { length: count },
    (_, nth) =>
      `/subscriptions/${subscriptionId}/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/rsv-${nth}`,
  );
}

/** A backup job in the world: it runs for so long after its start, then it is done. */
export interface WorldJob {
  readonly vaultId: string;
  readonly jobId: string;
  readonly startedAt: number;
  readonly seconds: number;
}

const perPage = 100;

/** Azure Backup's jobs, as far as watching them goes: lists with pages and time filters, single jobs with tasks, and the moment of every read of either. */
export class JobWorld {
  readonly reads: number[] = [];
  readonly #readsOf = new Map<string, number[]>();
  readonly #clock: ManualClock;
  readonly #jobs: readonly WorldJob[];

  constructor(clock: ManualClock, jobs: readonly WorldJob[]) {
    this.#clock = clock;
    this.#jobs = jobs;
  }

  /** The most reads that any one hour holds. */
  get mostInAnHour(): number {
    return Math.max(
      0,
      ...this.reads.map((from) => this.reads.filter((at) => at >= from && at < from + 3_600_000).length),
    );
  }

  /** The longest time, in seconds, for which nobody looked into a vault between its first and its last read. */
  get longestUnseen(): number {
    const gaps = [...this.#readsOf.values()].flatMap((at) => at.slice(1).map((time, nth) => time - (at[nth] ?? time)));
    return Math.max(0, ...gaps) / 1000;
  }

  readonly answer: Script = (request): Reply => {
    const found = /^(.*\/vaults\/[^/]+)\/backupJobs(?:\/([^/]+))?$/.exec(request.path);
    if (found === null) return { status: 404 };
    this.reads.push(this.#clock.now().getTime());
    const [, vaultId = '', jobId] = found;
    this.#readsOf.set(vaultId, [...(this.#readsOf.get(vaultId) ?? []), this.#clock.now().getTime()]);
    return jobId === undefined ? this.#list(vaultId, request) : this.#one(jobId);
  };

  #one(jobId: string): Reply {
    const job = this.#jobs.find((one) => one.jobId === jobId);
    if (job === undefined) return { status: 404, body: { error: { code: 'NotFound', message: 'no such job' } } };
    const tasksList = [{ taskId: 'Take Snapshot', status: this.#isDone(job) ? 'Completed' : 'InProgress' }];
    return { body: this.#body(job, { extendedInfo: { tasksList } }) };
  }

  #list(vaultId: string, { query }: Received): Reply {
    const from = Date.parse(`${/startTime eq '([^']+)'/.exec(query.get('$filter') ?? '')?.[1] ?? ''} UTC`);
    const all = this.#jobs.filter((job) => job.vaultId === vaultId && job.startedAt >= from);
    const skip = Number(query.get('$skipToken') ?? 0);
    const next = skip + perPage;
    const nextLink = `https://management.azure.com${vaultId}/backupJobs?api-version=2023-06-01&$filter=${encodeURIComponent(query.get('$filter') ?? '')}&$skipToken=${next}`;
    const value = all.slice(skip, next).map((job) => this.#body(job, {}));
    return { body: next < all.length ? { value, nextLink } : { value } };
  }

  #body(job: WorldJob, more: object) {
    const done = this.#isDone(job);
    const endTime = new Date(done ? job.startedAt + job.seconds * 1000 : Date.UTC(1, 0, 1)).toISOString();
    const properties = {
      jobType: 'AzureIaaSVMJob',
      operation: 'Backup',
      status: done ? 'Completed' : 'InProgress',
      startTime: new Date(job.startedAt).toISOString(),
      endTime: done ? endTime : '0001-01-01T00:00:00',
      ...more,
    };
    return { id: `${job.vaultId}/backupJobs/${job.jobId}`, name: job.jobId, properties };
  }

  #isDone(job: WorldJob): boolean {
    return this.#clock.now().getTime() >= job.startedAt + job.seconds * 1000;
  }
}
