import { vaultOf } from './arm-id.ts';
import { correlationIdOf, type RawAnswer } from './correlation.ts';
import { idInHeader, type SubmitOptions, submitted } from './exchange.ts';
import { told, unreadable } from './faults.ts';
import type { ItemPath } from './paths.ts';
import type { ArmId, JobRef } from './types.ts';

/** An item's place in the order of the SDK's methods. */
export function itemNames(at: ItemPath): [string, string, string, string, string] {
  return [at.vault, at.resourceGroup, at.fabric, at.container, at.item];
}

/** The id of the operation that Azure opened for a change. */
export function operationIn(answer: RawAnswer): string {
  const operationId = idInHeader(answer, 'azure-asyncoperation') || idInHeader(answer, 'location');
  if (operationId === '') throw unreadable(answer.status, correlationIdOf(answer), 'it names no operation');
  return operationId;
}

/** Sends one change of a protected item and names the operation that will name the job. 204 means that there was nothing to change. */
export async function asOperation(
  itemId: ArmId,
  request: { readonly clientRequestId: string; readonly now: () => Date },
  call: (options: SubmitOptions) => Promise<unknown>,
): Promise<JobRef> {
  const answer = await submitted(request, call);
  if (answer.status === 204) {
    throw told({ status: 404, code: 'NothingToChange', message: 'Azure Backup has no such item any more' });
  }
  return { kind: 'backup', vaultId: vaultOf(itemId), operationId: operationIn(answer) };
}
