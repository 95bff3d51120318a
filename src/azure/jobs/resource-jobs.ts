import { z } from 'zod';
import { CatalogueError } from '../../errors.ts';
import { nameOf } from '../arm-id.ts';
import type { Clients } from '../clients.ts';
import { read } from '../exchange.ts';
import { words } from '../fields.ts';
import { resourcePath } from '../paths.ts';
import type { ArmId, JobRef, TaskState } from '../types.ts';
import type { JobView } from './job-view.ts';

const provisioned = z
  .object({ provisioningState: words })
  .transform(({ provisioningState }) => provisioningState ?? '');

type Resource = Extract<JobRef, { kind: 'resource' }>;

interface Parts {
  readonly clients: Clients;
  readonly now: () => Date;
}

/** A disk or a snapshot that comes or goes, seen as a job with one task. `mayBeMissing` while Azure may not know it yet. */
export async function resourceView(
  parts: Parts,
  { id, wanted }: Resource,
  { mayBeMissing }: { readonly mayBeMissing: boolean },
): Promise<JobView> {
  const state = await stateOf(parts, id);
  if (wanted === 'gone') return view(id, state === 'missing' ? 'succeeded' : 'running');
  if (state === 'missing') return mayBeMissing ? view(id, 'running') : view(id, 'failed', 'NotFound');
  if (/^succeeded$/i.test(state)) return view(id, 'succeeded');
  return /^(failed|cancell?ed)$/i.test(state) ? view(id, 'failed', `provisioningState ${state}`) : view(id, 'running');
}

async function stateOf({ clients, now }: Parts, id: ArmId): Promise<string> {
  const { subscriptionId, resourceGroup, name } = resourcePath(id);
  const client = await clients.compute(subscriptionId, 'patient');
  const kind = /\/disks\/[^/]+$/i.test(id) ? client.disks : client.snapshots;
  try {
    return await read(provisioned, now, (options) => kind.get(resourceGroup, name, options));
  } catch (error) {
    if (error instanceof CatalogueError && error.code === 'azure-not-found') return 'missing';
    throw error;
  }
}

function view(id: ArmId, state: Extract<TaskState, 'running' | 'succeeded' | 'failed'>, message?: string): JobView {
  const fault = message === undefined ? {} : { fault: { status: 200, code: 'ProvisioningFailed', message } };
  return { state, tasks: [{ name: nameOf(id), state }], recommendations: [], ...fault };
}

/** A job that somebody cancels: when it is cancelled, the cancelling has succeeded; when it ended otherwise, it came too late. */
export function cancellingView(job: JobView): JobView {
  const { fault: _, ...rest } = job;
  if (job.state === 'running') return job;
  if (job.state === 'cancelled') return { ...rest, state: 'succeeded', recommendations: [] };
  const message = 'The job ended before it could be cancelled';
  return { ...rest, state: 'failed', fault: { status: 200, code: 'JobAlreadyOver', message } };
}
