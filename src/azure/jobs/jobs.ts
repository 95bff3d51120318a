import { CatalogueError } from '../../errors.ts';
import { keyOf, subscriptionOf } from '../arm-id.ts';
import type { Clients } from '../clients.ts';
import type { JobReader } from '../ports.ts';
import type { ArmId, JobProgress, JobRef } from '../types.ts';
import { backupJobs } from './backup-jobs.ts';
import { backupOperation, type OperationView } from './backup-operations.ts';
import { crossRegionView } from './cross-region-jobs.ts';
import { filesView } from './files-jobs.ts';
import type { JobBudget } from './job-budget.ts';
import { isOver, type JobView, unseen } from './job-view.ts';
import { disksView, machineView } from './machine-jobs.ts';
import { graceSeconds, intervalSeconds } from './pace.ts';
import { type Look, Paced } from './paced.ts';
import { replicationJobs } from './replication-jobs.ts';
import { partsLook } from './replication-parts.ts';
import { restartedView } from './replication-restart.ts';
import { cancellingView, resourceView } from './resource-jobs.ts';
import { snapshotsView } from './snapshot-jobs.ts';
import { VaultWatch } from './vault-watch.ts';

/** What the reader of jobs is built from. */
export interface JobReaderOptions {
  readonly clients: Clients;
  readonly budget: JobBudget;
  readonly now: () => Date;
  readonly firstLookSeconds: number;
}

type Kind<K extends JobRef['kind']> = Extract<JobRef, { kind: K }>;
type Service = 'backup' | 'replication';

interface Begun<V> {
  readonly since: number;
  readonly paced: Paced<V>;
}

const forgottenAfterMs = 86_400_000;

/** Follows jobs of all kinds inside the read budget; its memory is a cache: after a restart it asks Azure again. */
export function openJobs(options: JobReaderOptions): JobReader {
  const reader = new Reader(options);
  return {
    async progress(ref) {
      switch (ref.kind) {
        case 'backup':
          return await reader.backup(ref);
        case 'replication':
          return asProgress(ref, await reader.job('replication', ref.vaultId, ref.jobId));
        case 'snapshots':
          return asProgress(ref, await reader.snapshots(ref));
        case 'resource':
          return asProgress(ref, await reader.resource(ref));
        case 'backup-cancel':
          return await reader.cancelling(ref);
        case 'cross-region':
          return await reader.crossRegion(ref);
        case 'disks':
          return asProgress(ref, await reader.disks(ref));
        case 'machine':
          return asProgress(ref, await reader.machine(ref));
        case 'files':
          return await reader.files(ref);
        case 'replications':
          return asProgress(ref, await partsLook(ref.parts, (jobId) => reader.job('replication', ref.vaultId, jobId)));
        case 'replication-cancel': {
          const look = await reader.job('replication', ref.vaultId, ref.jobId);
          return asProgress(ref, { ...look, value: cancellingView(look.value) });
        }
        case 'replication-restart':
          return asProgress(ref, await reader.restarted(ref));
      }
    },
  };
}

class Reader {
  readonly #options: JobReaderOptions;
  readonly #watches = new Map<string, VaultWatch>();
  readonly #operations = new Map<string, Begun<OperationView>>();
  readonly #across = new Map<string, Begun<JobView & { readonly jobId?: string }>>();
  readonly #snapshots = new Map<string, Begun<JobView>>();

  constructor(options: JobReaderOptions) {
    this.#options = options;
  }

  /** First the operation, until it names its job; then the job. */
  async backup(ref: Kind<'backup'>): Promise<JobProgress> {
    if (ref.jobId !== undefined) return asProgress(ref, await this.job('backup', ref.vaultId, ref.jobId));
    const { value: operation, nextLookSeconds } = await this.#operation(ref);
    if (operation.state !== 'job') return asProgress(ref, { value: viewOf(operation), nextLookSeconds });
    const known = { ...ref, jobId: operation.jobId };
    return asProgress(known, await this.job('backup', ref.vaultId, operation.jobId));
  }

  job(service: Service, vaultId: ArmId, jobId: string): Promise<Look<JobView>> {
    return this.#watch(service, vaultId).ask(jobId);
  }

  /** The cancelling may fail although it was accepted; then the job goes on. */
  async cancelling(ref: Kind<'backup-cancel'>): Promise<JobProgress> {
    // One that was found again has no operation that we know.
    const operation = ref.operationId === '' ? undefined : await this.#operation({ ...ref, kind: 'backup' });
    if (operation?.value.state === 'failed') return asProgress(ref, { ...operation, value: viewOf(operation.value) });
    const look = await this.job('backup', ref.vaultId, ref.jobId);
    return asProgress(ref, { ...look, value: cancellingView(look.value) });
  }

  async crossRegion(ref: Kind<'cross-region'>): Promise<JobProgress> {
    const { firstLookSeconds } = this.#options;
    const begun = this.#begun(this.#across, `${keyOf(ref.vaultId)} ${ref.operationId} ${ref.jobId ?? ''}`);
    const age = (this.#now - begun.since) / 1000;
    const { value, nextLookSeconds } = await begun.paced.ask(async () => {
      const seen = await crossRegionView(this.#options, ref).catch((error: unknown) => {
        if (age > graceSeconds(firstLookSeconds) || !isNotFound(error)) throw error;
        return unseen;
      });
      return { value: seen, nextLookSeconds: intervalSeconds(age, firstLookSeconds) };
    });
    const { jobId = ref.jobId, ...view } = value;
    return asProgress(jobId === undefined ? ref : { ...ref, jobId }, { value: view, nextLookSeconds });
  }

  disks({ diskIds }: Kind<'disks'>): Promise<Look<JobView>> {
    return this.#compute(diskIds.map(keyOf).join(' '), (mayBeMissing) =>
      disksView(this.#options, diskIds, { mayBeMissing }),
    );
  }

  machine(ref: Kind<'machine'>): Promise<Look<JobView>> {
    return this.#compute(`${ref.wanted} ${keyOf(ref.vmId)}`, (mayBeMissing) =>
      machineView(this.#options, ref, { mayBeMissing }),
    );
  }

  /** The operation tells, and where it is not known, the point. */
  async files(ref: Kind<'files'>): Promise<JobProgress> {
    if (ref.operationId === '')
      return asProgress(
        ref,
        await this.#compute(`${ref.wanted} ${keyOf(ref.pointId)}`, () => filesView(this.#options, ref)),
      );
    const { value: operation, nextLookSeconds } = await this.#operation({ ...ref, kind: 'backup' });
    return asProgress(ref, { value: viewOf(operation, { doneIsOver: true }), nextLookSeconds });
  }

  snapshots({ snapshotIds }: Kind<'snapshots'>): Promise<Look<JobView>> {
    return this.#compute(snapshotIds.map(keyOf).join(' '), (mayBeMissing) =>
      snapshotsView(this.#options, snapshotIds, { mayBeMissing }),
    );
  }

  resource(ref: Kind<'resource'>): Promise<Look<JobView>> {
    return this.#compute(`${ref.wanted} ${keyOf(ref.id)}`, (mayBeMissing) =>
      resourceView(this.#options, ref, { mayBeMissing }),
    );
  }

  restarted(ref: Kind<'replication-restart'>): Promise<Look<JobView>> {
    const { firstLookSeconds } = this.#options;
    const begun = this.#begun(this.#snapshots, `${keyOf(ref.vaultId)} ${ref.jobId} ${ref.restartedAt}`);
    const age = (this.#now - Date.parse(ref.restartedAt)) / 1000;
    return begun.paced.ask(async () => {
      const value = await restartedView(replicationJobs(this.#options), ref, {
        mayBeOld: age <= graceSeconds(firstLookSeconds),
      });
      return { value, nextLookSeconds: intervalSeconds(age, firstLookSeconds) };
    });
  }

  #compute(key: string, look: (mayBeMissing: boolean) => Promise<JobView>): Promise<Look<JobView>> {
    const { firstLookSeconds } = this.#options;
    const begun = this.#begun(this.#snapshots, key);
    const age = (this.#now - begun.since) / 1000;
    return begun.paced.ask(async () => {
      const value = await look(age <= graceSeconds(firstLookSeconds));
      // A snapshot of a managed disk is done in about a second, and reading it costs nothing of the budget.
      const soon = Math.min(2, firstLookSeconds);
      return { value, nextLookSeconds: age < firstLookSeconds ? soon : intervalSeconds(age, firstLookSeconds) };
    });
  }

  #operation({ vaultId, operationId }: Kind<'backup'>): Promise<Look<OperationView>> {
    const { firstLookSeconds } = this.#options;
    const begun = this.#begun(this.#operations, `${keyOf(vaultId)} ${operationId}`);
    const age = (this.#now - begun.since) / 1000;
    return begun.paced.ask(async () => {
      const value = await backupOperation(this.#options, vaultId, operationId).catch((error: unknown) => {
        if (age > graceSeconds(firstLookSeconds) || !isNotFound(error)) throw error;
        return { state: 'running' as const };
      });
      const over = value.state !== 'running';
      return { value, nextLookSeconds: over ? Number.POSITIVE_INFINITY : intervalSeconds(age, firstLookSeconds) };
    });
  }

  #watch(service: Service, vaultId: ArmId): VaultWatch {
    const key = `${service} ${keyOf(vaultId)}`;
    const source = service === 'backup' ? backupJobs(this.#options) : replicationJobs(this.#options);
    const sharers = () => this.#sharers(vaultId);
    const watch = this.#watches.get(key) ?? new VaultWatch({ ...this.#options, source, vaultId, sharers });
    this.#watches.set(key, watch);
    return watch;
  }

  #sharers(vaultId: ArmId): number {
    const inside = `/subscriptions/${subscriptionOf(vaultId)}/`.toLowerCase();
    return [...this.#watches].filter(([key, watch]) => key.includes(inside) && watch.active).length;
  }

  #begun<V>(all: Map<string, Begun<V>>, key: string): Begun<V> {
    const found = all.get(key);
    if (found !== undefined) return found;
    for (const [other, { since }] of all) if (since + forgottenAfterMs < this.#now) all.delete(other);
    const { now, firstLookSeconds } = this.#options;
    const begun = { since: this.#now, paced: new Paced<V>(now, firstLookSeconds) };
    all.set(key, begun);
    return begun;
  }

  get #now(): number {
    return this.#options.now().getTime();
  }
}

/** A job follows most operations, so that one that is done without it is waited for, unless none will follow. */
function viewOf(operation: OperationView, { doneIsOver } = { doneIsOver: false }): JobView {
  if (operation.state === 'done' && doneIsOver) return { ...unseen, state: 'succeeded' };
  if (operation.state === 'failed') return { ...unseen, state: 'failed', fault: operation.fault };
  return operation.state === 'cancelled' ? { ...unseen, state: 'cancelled' } : unseen;
}

function asProgress(ref: JobRef, { value, nextLookSeconds }: Look<JobView>): JobProgress {
  return { ...value, ref, tasks: value.tasks ?? [], nextLookSeconds: isOver(value) ? 0 : nextLookSeconds };
}

function isNotFound(error: unknown): boolean {
  return error instanceof CatalogueError && error.code === 'azure-not-found';
}
