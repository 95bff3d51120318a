import { randomUUID } from 'node:crypto';
import { azureTime, noTime, span } from '../clock.ts';
import { type Answer, type ArmRequest, ok, param, type World } from '../exchange.ts';
import { Refusal } from '../refusal.ts';
import { lasting } from '../schedule.ts';
import type { Vault } from '../state.ts';
import { vaultIn } from './names.ts';
import type { BackupOperation } from './state.ts';

/** Which addresses an operation is read at: below the item, the job, the fabric or the vault itself. */
export interface OperationPlace {
  readonly vault: Vault;
  /** The path that the addresses hang below, for instance a protected item's. */
  readonly base: string;
  readonly status?: string;
  readonly result?: string;
}

/** Notes an operation that names `job` (if any), and answers 202 with the headers that backup gives. */
export function accepted(
  request: ArmRequest,
  world: World,
  of: { place: OperationPlace; operation: Partial<BackupOperation> },
): Answer {
  const { place } = of;
  const operation = { name: randomUUID(), ...newOperation(world), ...of.operation };
  place.vault.backup.operations[operation.name] = operation;
  const tail = `${operation.name}?api-version=${request.apiVersion}`;
  const base = `${request.origin}${encodeURI(place.base)}`;
  const headers = {
    'azure-asyncoperation': `${base}/${place.status ?? 'operationsStatus'}/${tail}`,
    location: `${base}/${place.result ?? 'operationResults'}/${tail}`,
    'retry-after': retryAfter(world, 60),
  };
  return { status: 202, headers };
}

/** `Retry-After` in seconds: Azure's own, shortened as the pace shortens everything else. */
export function retryAfter(world: World, seconds: number): string {
  return String(Math.max(1, Math.round(seconds * Math.min(1, world.state.settings.pace))));
}

function newOperation(world: World): { start: number; ready: number } {
  return { start: world.now, ready: world.now + lasting(world, span.second, span.second / 2) };
}

/** GET of an operation's status, wherever it is read. */
export function readStatus(request: ArmRequest, world: World): Answer {
  const operation = operationIn(request, vaultIn(request, world));
  const done = world.now >= operation.ready;
  const { name, error } = operation;
  const base = { id: name, name, startTime: azureTime(operation.start) };
  if (!done) return ok({ ...base, status: 'InProgress', endTime: noTime });
  const endTime = azureTime(operation.ready);
  if (error !== undefined) return ok({ ...base, status: 'Failed', endTime, error });
  return ok({ ...base, status: 'Succeeded', endTime, ...succeeded(operation) });
}

function succeeded(operation: BackupOperation): { properties?: Record<string, unknown> } {
  if (operation.properties !== undefined) return { properties: operation.properties };
  if (operation.job === undefined) return {};
  return { properties: { objectType: 'OperationStatusJobExtendedInfo', jobId: operation.job } };
}

/** GET of an operation's result: 202 while it runs, then its result or 204. */
export function readResult(request: ArmRequest, world: World): Answer {
  const operation = operationIn(request, vaultIn(request, world));
  if (world.now < operation.ready) {
    const location = `${request.origin}${encodeURI(request.path)}?api-version=${request.apiVersion}`;
    return { status: 202, headers: { location, 'retry-after': retryAfter(world, 60) } };
  }
  return operation.result === undefined ? { status: 204 } : ok(operation.result);
}

function operationIn(request: ArmRequest, vault: Vault): BackupOperation {
  const found = vault.backup.operations[param(request, 'operation')];
  if (found !== undefined) return found;
  throw new Refusal(404, 'OperationNotFound', `Operation ${param(request, 'operation')} was not found.`, {
    cause: 'service',
  });
}
