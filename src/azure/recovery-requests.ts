import { vaultOf } from './arm-id.ts';
import { correlationIdOf, type RawAnswer } from './correlation.ts';
import { idInHeader, type SubmitOptions, submitted } from './exchange.ts';
import { unreadable } from './faults.ts';
import type { VaultGatewayOptions } from './gateway-options.ts';
import type { ItemPath } from './paths.ts';
import type { ArmId, JobRef } from './types.ts';

/** Sends a change of something in a vault, and says which job Site Recovery made of it. */
export async function begunJob(
  { now }: VaultGatewayOptions,
  request: { readonly id: ArmId; readonly clientRequestId: string },
  call: (options: SubmitOptions) => Promise<unknown>,
): Promise<JobRef> {
  const answer = await submitted({ clientRequestId: request.clientRequestId, now }, call);
  return { kind: 'replication', vaultId: vaultOf(request.id), jobId: jobIdOf(answer) };
}

/** Site Recovery's job has the name of the operation: the GUID that ends `Location: …/operationresults/{guid}` (azure-api.md 2.0). */
function jobIdOf(answer: RawAnswer): string {
  const jobId = idInHeader(answer, 'location') || idInHeader(answer, 'azure-asyncoperation');
  if (jobId === '') throw unreadable(answer.status, correlationIdOf(answer), 'it names no operation');
  return jobId;
}

/** An item's path in the order of the SDK's methods of version 5.1: the vault first. */
export function itemNames(at: ItemPath): [string, string, string, string, string] {
  return [at.vault, at.resourceGroup, at.fabric, at.container, at.item];
}
