import { vaultOf } from './arm-id.ts';
import { correlationIdOf, type RawAnswer } from './correlation.ts';
import { idInHeader, read, readAll, type SubmitOptions, submitted } from './exchange.ts';
import { unreadable } from './faults.ts';
import type { VaultGatewayOptions } from './gateway-options.ts';
import { type ItemPath, replicatedItemPath } from './paths.ts';
import type { SiteRecoveryGateway } from './ports.ts';
import { recoveryHistory } from './recovery-history.ts';
import { replicatedItem, replicationPoint } from './replicated-item.ts';
import type { ArmId, JobRef } from './types.ts';

type TestFailover = Parameters<SiteRecoveryGateway['testFailover']>[1];

/** Site Recovery, Azure to Azure. */
export function openSiteRecovery(options: VaultGatewayOptions): SiteRecoveryGateway {
  const { clients, now } = options;
  return {
    async item(itemId) {
      const at = replicatedItemPath(itemId);
      const client = await clients.recovery(at.subscriptionId, 'patient');
      return await read(replicatedItem, now, (callOptions) =>
        client.replicationProtectedItems.get(...names(at), callOptions),
      );
    },
    async recoveryPoints(itemId) {
      const at = replicatedItemPath(itemId);
      const client = await clients.recovery(at.subscriptionId, 'patient');
      const points = await readAll(replicationPoint, now, (callOptions) =>
        client.recoveryPoints.listByReplicationProtectedItems(...names(at), callOptions),
      );
      return points.toSorted((a, b) => b.time.localeCompare(a.time));
    },
    async testFailover(itemId, request) {
      const client = await clients.recovery(replicatedItemPath(itemId).subscriptionId, 'once');
      const input = { properties: testFailoverInput(request) };
      return await begun(options, { itemId, ...request }, (at, callOptions) =>
        client.replicationProtectedItems.beginTestFailover(...at, input, callOptions),
      );
    },
    async cleanUpTestFailover(itemId, request) {
      const client = await clients.recovery(replicatedItemPath(itemId).subscriptionId, 'once');
      const input = { properties: { comments: request.comments } };
      return await begun(options, { itemId, ...request }, (at, callOptions) =>
        client.replicationProtectedItems.beginTestFailoverCleanup(...at, input, callOptions),
      );
    },
    ...recoveryHistory(options),
  };
}

function testFailoverInput({ networkId, recoveryPointId }: TestFailover) {
  const network =
    networkId === undefined
      ? { networkType: 'NoNetworkAttachAsInput' }
      : { networkType: 'VmNetworkAsInput', networkId };
  const point = recoveryPointId === undefined ? {} : { recoveryPointId };
  const providerSpecificDetails = { instanceType: 'A2A' as const, ...point };
  return { failoverDirection: 'PrimaryToRecovery', ...network, providerSpecificDetails };
}

type Names = [string, string, string, string, string];

async function begun(
  { now }: VaultGatewayOptions,
  request: { readonly itemId: ArmId; readonly clientRequestId: string },
  call: (at: Names, options: SubmitOptions) => Promise<unknown>,
): Promise<JobRef> {
  const at = names(replicatedItemPath(request.itemId));
  const answer = await submitted({ clientRequestId: request.clientRequestId, now }, (callOptions) =>
    call(at, callOptions),
  );
  return { kind: 'replication', vaultId: vaultOf(request.itemId), jobId: jobIdOf(answer) };
}

/** Site Recovery's job has the name of the operation: the GUID that ends `Location: …/operationresults/{guid}` (azure-api.md 2.0). */
function jobIdOf(answer: RawAnswer): string {
  const jobId = idInHeader(answer, 'location') || idInHeader(answer, 'azure-asyncoperation');
  if (jobId === '') throw unreadable(answer.status, correlationIdOf(answer), 'it names no operation');
  return jobId;
}

/** In the order of the SDK's methods of version 5.1: the vault first. */
function names(at: ItemPath): Names {
  return [at.vault, at.resourceGroup, at.fabric, at.container, at.item];
}
