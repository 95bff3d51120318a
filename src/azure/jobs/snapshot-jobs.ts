import { z } from 'zod';
import { type AzureFault, CatalogueError } from '../../errors.ts';
import { nameOf } from '../arm-id.ts';
import type { Clients } from '../clients.ts';
import { read } from '../exchange.ts';
import { defined, maybe, moment, words } from '../fields.ts';
import { resourcePath } from '../paths.ts';
import type { ArmId, Instant, TaskState } from '../types.ts';
import type { JobView } from './job-view.ts';

const copied = z.object({
  provisioningState: words,
  completionPercent: maybe(z.number()),
  timeCreated: moment,
  copyCompletionError: maybe(z.object({ errorCode: words, errorMessage: words })),
});

interface Copy {
  readonly name: string;
  readonly state: TaskState;
  readonly percent: number | undefined;
  readonly createdAt: Instant | undefined;
  readonly fault: AzureFault | undefined;
}

/**
 * Snapshots that were asked for together, seen as one job with a task for each. `mayBeMissing` while Azure may not know them yet; afterwards a missing one has failed.
 * A background copy reports `Succeeded` long before its `completionPercent` is 100 (azure-api.md 3.1).
 */
export async function snapshotsView(
  parts: { readonly clients: Clients; readonly now: () => Date },
  snapshotIds: readonly ArmId[],
  options: { readonly mayBeMissing: boolean },
): Promise<JobView> {
  const copies = await Promise.all(snapshotIds.map((id) => copyOf(parts, id, options)));
  const percents = copies.flatMap(({ percent }) => percent ?? []);
  return defined({
    state: together(copies),
    tasks: copies.map(({ name, state }) => ({ name, state })),
    startedAt: copies.flatMap(({ createdAt }) => createdAt ?? []).toSorted()[0],
    percent: percents.length === 0 ? undefined : mean(percents),
    fault: copies.find(({ fault }) => fault !== undefined)?.fault,
    recommendations: [],
  });
}

async function copyOf(
  { clients, now }: { readonly clients: Clients; readonly now: () => Date },
  id: ArmId,
  { mayBeMissing }: { readonly mayBeMissing: boolean },
): Promise<Copy> {
  const { subscriptionId, resourceGroup, name } = resourcePath(id);
  const client = await clients.compute(subscriptionId, 'patient');
  try {
    const found = await read(copied, now, (options) => client.snapshots.get(resourceGroup, name, options));
    return { name, ...standing(found), percent: found.completionPercent, createdAt: found.timeCreated };
  } catch (error) {
    if (!(error instanceof CatalogueError) || error.code !== 'azure-not-found') throw error;
    const missing = { name: nameOf(id), percent: undefined, createdAt: undefined };
    return mayBeMissing
      ? { ...missing, state: 'waiting', fault: undefined }
      : { ...missing, state: 'failed', fault: error.azure };
  }
}

function standing(found: z.infer<typeof copied>): Pick<Copy, 'state' | 'fault'> {
  const failure = found.copyCompletionError;
  if (failure !== undefined || /^(failed|cancell?ed)$/i.test(found.provisioningState ?? '')) {
    const message = failure?.errorMessage ?? `provisioningState ${found.provisioningState ?? 'Failed'}`;
    return { state: 'failed', fault: { status: 200, code: failure?.errorCode ?? 'ProvisioningFailed', message } };
  }
  const done = /^succeeded$/i.test(found.provisioningState ?? '') && (found.completionPercent ?? 100) >= 100;
  return { state: done ? 'succeeded' : 'running', fault: undefined };
}

/** Failed only when nothing is under way any more: the others may still succeed and are worth waiting for. */
function together(copies: readonly Copy[]): JobView['state'] {
  if (copies.some(({ state }) => state === 'running' || state === 'waiting')) return 'running';
  return copies.some(({ state }) => state === 'failed') ? 'failed' : 'succeeded';
}

function mean(values: readonly number[]): number {
  return Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);
}
