import { keyOf } from '../../azure/arm-id.ts';
import type { ArmId, JobRef, ReplicatedItem, ReplicationPart } from '../../azure/types.ts';
import { type AzureFault, asCatalogueError, CatalogueError } from '../../errors.ts';
import type { Context } from '../context.ts';
import type { Execution } from '../operation.ts';
import type { PlanNow } from './plan-now.ts';
import { cacheAccount, reprotectScenarios, wayBack } from './way-back.ts';

/** The items of a run by name, as they were frozen, over the plan as it is now. */
export interface Wanted {
  readonly now: PlanNow;
  readonly items: readonly string[];
  readonly execution: Execution;
}

/** So long an item that takes no reprotect and shows no job may still be one whose job Azure does not list yet. */
const lagMs = 120_000;

/**
 * Begins one job per item. Azure's records decide what is still to be sent: an item that has a job of this run's time is not asked for again, so that this
 * may be called again after a crash. What Azure refuses is a part that failed; an answer that was lost ends the call, and its job is looked for first.
 */
export async function beginParts(context: Context, wanted: Wanted): Promise<JobRef> {
  const begun = await jobsOf(context, wanted);
  const caches = new Map<string, ArmId | undefined>();
  const parts: ReplicationPart[] = [];
  for (const { name, item } of each(wanted)) {
    const jobId = begun.get(keyOf(name));
    if (jobId !== undefined) parts.push({ itemName: name, name: shown(name, item), jobId });
    else parts.push(await begin(context, { wanted, name, item, caches }));
  }
  return { kind: 'replications', vaultId: wanted.now.plan.vaultId, parts };
}

/** The jobs that Azure has of this run; `nothing` while an item that could be sent has none. */
export async function findParts(context: Context, wanted: Wanted): Promise<JobRef | 'nothing'> {
  const begun = await jobsOf(context, wanted);
  const missing = each(wanted).filter(({ name }) => !begun.has(keyOf(name)));
  const settled = missing.every(({ item }) => item === undefined || (!accepts(item) && isLate(context, wanted)));
  if (!settled || begun.size === 0) return 'nothing';
  const parts = each(wanted).map(({ name, item }): ReplicationPart => {
    const jobId = begun.get(keyOf(name));
    const own = { itemName: name, name: shown(name, item) };
    return jobId === undefined ? { ...own, fault: item === undefined ? gone : notNow } : { ...own, jobId };
  });
  return { kind: 'replications', vaultId: wanted.now.plan.vaultId, parts };
}

interface Named {
  readonly name: string;
  /** Missing when it is no longer replicated. */
  readonly item: ReplicatedItem | undefined;
}

function each({ now, items }: Wanted): readonly Named[] {
  const known = new Map(now.items.map((item) => [keyOf(item.name), item]));
  return items.map((name) => ({ name, item: known.get(keyOf(name)) }));
}

function shown(name: string, item: ReplicatedItem | undefined): string {
  return item?.friendlyName ?? name;
}

function accepts({ allowedOperations }: ReplicatedItem): boolean {
  return allowedOperations.includes('SwitchProtection');
}

function isLate(context: Context, { execution }: Wanted): boolean {
  return context.now().getTime() - Date.parse(execution.startingAt) > lagMs;
}

/** By item name in lower case; one list of the vault's jobs for all of them. */
async function jobsOf(context: Context, wanted: Wanted): Promise<ReadonlyMap<string, string>> {
  const { plan, items } = wanted.now;
  const names = new Set(wanted.items.map(keyOf));
  const own = items.filter(({ name }) => names.has(keyOf(name)));
  const jobs = await context.azure.recovery.itemJobsSince(plan.vaultId, {
    items: own,
    scenarios: reprotectScenarios,
    since: wanted.execution.startingAt,
  });
  const nameById = new Map(own.map(({ id, name }) => [keyOf(id), keyOf(name)]));
  return new Map(jobs.map(({ itemId, jobId }) => [nameById.get(keyOf(itemId)) ?? '', jobId]));
}

interface Beginning extends Named {
  readonly wanted: Wanted;
  readonly caches: Map<string, ArmId | undefined>;
}

async function begin(context: Context, { wanted, name, item, caches }: Beginning): Promise<ReplicationPart> {
  const own = { itemName: name, name: shown(name, item) };
  if (item === undefined) return { ...own, fault: gone };
  // Perhaps it is our own job that holds it, and Azure does not list it yet: never sent twice, never given up too early.
  if (!accepts(item) && !isLate(context, wanted)) throw new CatalogueError('azure-unavailable');
  try {
    const { clientRequestId } = wanted.execution;
    const cache = await cacheFor(context, item, caches);
    const request = { ...(await wayBack(context, item, cache)), clientRequestId };
    const job = await context.azure.recovery.reprotect(item.id, request);
    if (job.kind !== 'replication') throw new TypeError(`a reprotect began a ${job.kind}`);
    return { ...own, jobId: job.jobId };
  } catch (error) {
    return { ...own, fault: refusalOf(error) };
  }
}

async function cacheFor(context: Context, item: ReplicatedItem, caches: Map<string, ArmId | undefined>) {
  const region = item.recoveryRegion;
  if (!caches.has(region)) caches.set(region, await cacheAccount(context, item.vaultId, region));
  return caches.get(region);
}

/** Only what Azure has clearly refused is a part that failed; being busy concerns the whole, and a lost answer proves nothing. */
function refusalOf(thrown: unknown): AzureFault {
  const error = asCatalogueError(thrown);
  if (error.code === 'not-allowed-by-azure-now') return notNow;
  const { azure } = error;
  if (azure === undefined || azure.status < 400 || azure.status >= 500 || [408, 429].includes(azure.status))
    throw error;
  return azure;
}

const gone: AzureFault = { status: 404, code: 'NotReplicated', message: 'It is no longer replicated' };
const notNow: AzureFault = {
  status: 409,
  code: 'NotAllowedNow',
  message: 'Azure does not accept a reprotect of it now',
};
