import { z } from 'zod';
import { CatalogueError } from '../../errors.ts';
import { nameOf } from '../arm-id.ts';
import type { Clients } from '../clients.ts';
import { read } from '../exchange.ts';
import { maybe, words } from '../fields.ts';
import type { JobRef, TaskState } from '../job-types.ts';
import { resourcePath } from '../paths.ts';
import type { ArmId } from '../types.ts';
import type { JobView } from './job-view.ts';
import { resourceView } from './resource-jobs.ts';

interface Parts {
  readonly clients: Clients;
  readonly now: () => Date;
}

/** Disks that were asked for together, seen as one job with a task for each. */
export async function disksView(
  parts: Parts,
  diskIds: readonly ArmId[],
  options: { readonly mayBeMissing: boolean },
): Promise<JobView> {
  const each = await Promise.all(
    diskIds.map((id) => resourceView(parts, { kind: 'resource', id, wanted: 'ready' }, options)),
  );
  const fault = each.find((one) => one.fault !== undefined)?.fault;
  const tasks = each.flatMap((one) => one.tasks ?? []);
  return { state: together(each), tasks, recommendations: [], ...(fault === undefined ? {} : { fault }) };
}

/** Failed only when nothing is under way any more. */
function together(each: readonly JobView[]): JobView['state'] {
  if (each.some(({ state }) => state === 'running')) return 'running';
  return each.some(({ state }) => state === 'failed') ? 'failed' : 'succeeded';
}

const machine = z
  .object({
    provisioningState: words,
    instanceView: maybe(z.object({ statuses: maybe(z.array(z.object({ code: words, message: words }))) })),
  })
  .transform(({ provisioningState = '', instanceView }) => {
    const statuses = instanceView?.statuses ?? [];
    return {
      provisioning: provisioningState.toLowerCase(),
      power: statuses.find(({ code }) => code?.startsWith('PowerState/'))?.code?.slice(11) ?? '',
      reason: statuses.map(reasonIn).find((reason) => reason !== undefined),
    };
  });

/** Why a VM could not be provisioned stands in its instance view: `ProvisioningState/failed/AllocationFailed`, with Azure's words. */
function reasonIn({ code, message }: { readonly code: string | undefined; readonly message: string | undefined }) {
  const name = /^ProvisioningState\/failed\/(.+)$/i.exec(code ?? '')?.[1];
  return name === undefined ? undefined : { code: name, message: message ?? name };
}

/** A VM that is made, changed, stopped or started, seen as a job with one task. */
export async function machineView(
  { clients, now }: Parts,
  { vmId, wanted }: Extract<JobRef, { kind: 'machine' }>,
  { mayBeMissing }: { readonly mayBeMissing: boolean },
): Promise<JobView> {
  const { subscriptionId, resourceGroup, name } = resourcePath(vmId);
  const client = await clients.compute(subscriptionId, 'patient');
  try {
    const { provisioning, power, reason } = await read(machine, now, (options) =>
      client.virtualMachines.get(resourceGroup, name, { ...options, expand: 'instanceView' }),
    );
    if (provisioning === 'failed' || provisioning === 'canceled')
      return view(vmId, 'failed', reason ?? because(provisioning));
    const there = wanted === 'ready' || power === wanted;
    return view(vmId, provisioning === 'succeeded' && there ? 'succeeded' : 'running');
  } catch (error) {
    if (!(error instanceof CatalogueError) || error.code !== 'azure-not-found') throw error;
    return mayBeMissing ? view(vmId, 'running') : view(vmId, 'failed', because('NotFound'));
  }
}

/** Where Azure gives no reason: the state itself, and our words of the code. */
function because(state: string) {
  return { code: 'ProvisioningFailed', message: `provisioningState ${state}` };
}

function view(
  id: ArmId,
  state: Extract<TaskState, 'running' | 'succeeded' | 'failed'>,
  reason?: { readonly code: string; readonly message: string },
): JobView {
  const fault = reason === undefined ? {} : { fault: { status: 200, ...reason } };
  return { state, tasks: [{ name: nameOf(id), state }], recommendations: [], ...fault };
}
