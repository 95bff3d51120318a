import { randomUUID } from 'node:crypto';
import { azureTime, computeTime, span } from '../clock.ts';
import { type Answer, type ArmRequest, ok, param, queryOf, type World } from '../exchange.ts';
import { paths } from '../paths.ts';
import { Refusal } from '../refusal.ts';
import type { Route } from '../router.ts';
import { renderDisk, renderSnapshot } from './render.ts';
import type { ComputeOperation } from './state.ts';

/** What an asynchronous compute call has to say about itself. */
export interface Begun {
  readonly kind: 'DiskOperations' | 'operations';
  readonly location: string;
  /** ms until it is done. */
  readonly lasts: number;
  readonly output?: ComputeOperation['output'];
  readonly access?: string;
  readonly error?: ComputeOperation['error'];
}

/** After these, clients read the resource itself, so VM operations name no Location (recorded in vm_osdiskswap_put_200). */
const resourceItself: ReadonlySet<string> = new Set(['PUT', 'PATCH']);

/** Notes an operation and gives the headers that name it, as recorded in disk_copy_put_202 and vm_poweroff_202. */
export function beginOperation(request: ArmRequest, world: World, begun: Begun): Record<string, string> {
  const name = randomUUID();
  const { location, lasts } = begun;
  world.state.computeOperations[name] = {
    name,
    location,
    start: world.now,
    end: world.now + lasts,
    ...(begun.output === undefined ? {} : { output: begun.output }),
    ...(begun.access === undefined ? {} : { access: begun.access }),
    ...(begun.error === undefined ? {} : { error: begun.error }),
  };
  const base = `${request.origin}/subscriptions/${param(request, 'subscription')}/providers/Microsoft.Compute/locations/${location}`;
  const url = `${base}/${begun.kind}/${name}?p=${world.state.tenant}`;
  const version = `&api-version=${request.apiVersion}`;
  return {
    'azure-asyncoperation': `${url}${version}`,
    ...(resourceItself.has(request.method) && begun.kind === 'operations'
      ? {}
      : { location: `${url}&monitor=true${version}` }),
    ...(begun.kind === 'operations' ? { 'azure-asyncnotification': 'Enabled' } : {}),
    'retry-after': '1',
  };
}

/** Reads of compute's operations. */
export function operationRoutes(): Route[] {
  const base = `${paths.subscription}/providers/Microsoft.Compute/locations/{location}`;
  return [
    {
      method: 'GET',
      path: `${base}/DiskOperations/{operation}`,
      action: 'Microsoft.Compute/locations/diskOperations/read',
      handle: readOperation,
    },
    {
      method: 'GET',
      path: `${base}/operations/{operation}`,
      action: 'Microsoft.Compute/locations/operations/read',
      handle: readOperation,
    },
  ];
}

function readOperation(request: ArmRequest, world: World): Answer {
  const name = param(request, 'operation');
  const operation = world.state.computeOperations[name];
  if (operation === undefined) {
    throw new Refusal(404, 'NotFound', `The entity was not found in this Azure location. Operation id: ${name}.`);
  }
  const output = outputOf(operation, world);
  if (queryOf(request, 'monitor') === 'true') return monitor(request, operation, { world, output });
  const answer = ok(statusOf(operation, world, output));
  return world.now < operation.end ? { ...answer, headers: { 'retry-after': '1' } } : answer;
}

function statusOf(operation: ComputeOperation, world: World, output: unknown): Record<string, unknown> {
  const { name, start, end, error } = operation;
  if (world.now < end) return { startTime: computeTime(start), status: 'InProgress', name };
  return {
    startTime: computeTime(start),
    endTime: computeTime(end),
    status: error === undefined ? 'Succeeded' : 'Failed',
    ...(error === undefined ? {} : { error }),
    ...(output === undefined ? {} : { properties: { output } }),
    name,
  };
}

function monitor(request: ArmRequest, operation: ComputeOperation, at: { world: World; output: unknown }): Answer {
  const query = new URLSearchParams(request.query);
  const here = `${request.origin}${encodeURI(request.path)}?${query.toString()}`;
  if (at.world.now < operation.end) return { status: 202, headers: { location: here, 'retry-after': '1' } };
  return { status: 200, ...(at.output === undefined ? {} : { body: at.output }) };
}

function outputOf(operation: ComputeOperation, world: World): unknown {
  if (operation.access !== undefined) return { accessSAS: operation.access };
  if (operation.output?.kind === 'disk') {
    const disk = world.state.disks[operation.output.key];
    return disk === undefined ? undefined : renderDisk(disk, world);
  }
  const snapshot = operation.output === undefined ? undefined : world.state.snapshots[operation.output.key];
  return snapshot === undefined ? undefined : renderSnapshot(snapshot, world);
}

/** A read-only address of a disk's or snapshot's content; nothing is behind it. */
export function accessAddress(uniqueId: string, until: number): string {
  const expiry = encodeURIComponent(azureTime(until).slice(0, 19));
  return `https://md-simulated.z1.blob.storage.azure.net/${uniqueId}/abcd?sv=2018-03-28&sr=b&se=${expiry}Z&sp=r&sig=simulated`;
}

/** The longest time that beginGetAccess grants, in ms. */
export const longestAccess = 60 * span.day;
