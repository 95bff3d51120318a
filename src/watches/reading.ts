import { keyOf, resourceGroupOf } from '../azure/arm-id.ts';
import type { ReplicatedItemSummary } from '../azure/ports.ts';
import type { BackupJob, JobSummary, ProtectedItem, Vm } from '../azure/types.ts';
import type { Context } from '../operations/context.ts';
import { readable } from '../operations/readable.ts';
import type { Log, Store, Watch, WatchNews, WatchTarget } from '../store/index.ts';

/** The right to look at a VM: whoever lacks it is told nothing of it. */
const readVm = 'Microsoft.Compute/virtualMachines/read';

/** What a look at Azure works with. */
export interface Looking {
  readonly store: Store;
  readonly contextOf: (watch: Pick<Watch, 'actor' | 'reader'>) => Context;
  readonly log: Log;
}

/** Something that went wrong, and the watches that want to know. */
export interface Found {
  readonly key: string;
  readonly news: WatchNews;
  readonly watches: readonly Watch[];
}

/** What one look saw. `healths` by key of the replicated item. */
export interface Seen {
  readonly found: readonly Found[];
  readonly healths: ReadonlyMap<string, string>;
}

/** Which watches cover a VM, among the VMs that their people may see. */
type Coverage = ReadonlyMap<string, readonly Watch[]>;

/** Whether a target covers a VM. */
export function covers({ kind, name }: WatchTarget, vmId: string): boolean {
  if (kind === 'all') return true;
  const own = kind === 'vm' ? vmId : resourceGroupOf(vmId);
  return own.toLowerCase() === name.toLowerCase();
}

/** The VMs that a target means, among those that somebody may see. */
export async function coveredVms(context: Context, target: WatchTarget): Promise<readonly Vm[]> {
  const { value } = await context.azure.inventory.vms();
  return await readable(
    context,
    readVm,
    value.filter(({ id }) => covers(target, id)),
  );
}

/**
 * Looks at Azure once for all watches: Resource Graph for breadth, and the vault itself for the reason of what has newly failed.
 * `at`: now, ISO 8601.
 */
export async function look(looking: Looking, watches: readonly Watch[], at: string): Promise<Seen> {
  const [first] = watches;
  if (first === undefined) return { found: [], healths: new Map() };
  const coverage = await coverageOf(looking, watches);
  const context = looking.contextOf(first);
  const { value: replicas } = await context.azure.inventory.replicatedItems();
  const watched = replicas.filter(({ vmId }) => coverage.has(keyOf(vmId)));
  const known = await looking.store.watches.healths();
  const turns = watched.filter((item) => hasTurned(item, known.get(keyOf(item.id))));
  return {
    found: [...(await failedBackups(looking, context, coverage)), ...turns.map((item) => turnOf(item, coverage, at))],
    healths: new Map(watched.map((item) => [keyOf(item.id), item.replicationHealth])),
  };
}

async function coverageOf(looking: Looking, watches: readonly Watch[]): Promise<Coverage> {
  const coverage = new Map<string, Watch[]>();
  for (const watch of watches) {
    for (const { id } of await coveredVms(looking.contextOf(watch), watch.target)) {
      coverage.set(keyOf(id), [...(coverage.get(keyOf(id)) ?? []), watch]);
    }
  }
  return coverage;
}

/** Critical, and not when we last looked. The first look at an item only notes how it is. */
function hasTurned({ replicationHealth }: ReplicatedItemSummary, before: string | undefined): boolean {
  return replicationHealth === 'Critical' && before !== undefined && before !== 'Critical';
}

function turnOf(item: ReplicatedItemSummary, coverage: Coverage, at: string): Found {
  const { id, vmId, friendlyName: vmName, vaultId } = item;
  const news = { kind: 'replication-critical', vmId, vmName, vaultId, at } as const;
  return { key: `critical/${keyOf(id)}/${at}`, news, watches: coverage.get(keyOf(vmId)) ?? [] };
}

interface Failure {
  readonly job: JobSummary;
  readonly item: ProtectedItem;
  readonly key: string;
}

async function failedBackups({ store, log }: Looking, context: Context, coverage: Coverage): Promise<readonly Found[]> {
  const { inventory } = context.azure;
  const [jobs, items] = await Promise.all([inventory.jobs(), inventory.protectedItems()]);
  const covered = items.value.filter(({ vmId }) => coverage.has(keyOf(vmId)));
  const failures = jobs.value.filter(isFailedBackup).flatMap((job) => failureOf(job, covered));
  const known = await store.watches.known(failures.map(({ key }) => key));
  const isNew = ({ key, item }: Failure) =>
    (coverage.get(keyOf(item.vmId)) ?? []).some(({ conversationId }) => !known.has(`${conversationId} ${key}`));
  const fresh = failures.filter(isNew);
  const told = await reasonsOf(context, fresh, log);
  return fresh.map((failure) => ({
    key: failure.key,
    news: newsOf(failure, told.get(failure.job.name.toLowerCase())),
    watches: coverage.get(keyOf(failure.item.vmId)) ?? [],
  }));
}

function isFailedBackup({ service, operation, status }: JobSummary): boolean {
  return service === 'backup' && operation === 'Backup' && status === 'Failed';
}

/** A job names the VM; which VM that is, its vault knows. */
function failureOf(job: JobSummary, covered: readonly ProtectedItem[]): readonly Failure[] {
  const item = covered.find(
    ({ vaultId, friendlyName }) =>
      keyOf(vaultId) === keyOf(job.vaultId) && friendlyName.toLowerCase() === job.target.toLowerCase(),
  );
  return item === undefined ? [] : [{ job, item, key: `backup/${job.name.toLowerCase()}` }];
}

/** So many jobs of one look are read one by one, because only that tells why they failed; the others are told without. */
const mostReasons = 5;

/** Inside the budget of job reads. A job that cannot be read leaves the reason open. */
async function reasonsOf(
  { azure }: Context,
  failures: readonly Failure[],
  log: Log,
): Promise<ReadonlyMap<string, BackupJob>> {
  const read = await Promise.all(
    failures.slice(0, mostReasons).map(async ({ job }) => {
      return await azure.backup.job(job.id).catch((error: unknown) => {
        log.warn({ error, job: job.id }, 'why a backup failed could not be read');
        return undefined;
      });
    }),
  );
  return new Map(read.flatMap((job) => (job === undefined ? [] : [[job.name.toLowerCase(), job] as const])));
}

function newsOf({ job, item }: Failure, told: BackupJob | undefined): WatchNews {
  const fault = told?.fault;
  return {
    kind: 'backup-failed',
    vmId: item.vmId,
    vmName: item.friendlyName,
    vaultId: item.vaultId,
    at: told?.endedAt ?? job.startedAt ?? '',
    jobId: job.id,
    ...(fault !== undefined && { reason: `${fault.code}: ${fault.message}` }),
  };
}
