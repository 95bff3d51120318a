import { nameOf, vaultOf } from './arm-id.ts';
import { asOperation, itemNames, operationIn } from './backup-requests.ts';
import { submitted } from './exchange.ts';
import type { VaultGatewayOptions } from './gateway-options.ts';
import { protectedItemPath, vaultPath } from './paths.ts';
import type { BackupGateway, ItemChange } from './ports.ts';
import type { ArmId, JobRef } from './types.ts';

type Changes = Pick<BackupGateway, 'protect' | 'stop' | 'undelete' | 'deleteData' | 'cancelJob'>;

/** What a PUT of a protected item can say besides whose it is (azure-api.md 1.1). */
interface Wanted {
  readonly policyId: string;
  readonly protectionState?: 'ProtectionStopped';
  readonly isRehydrate?: true;
}

/** Changes of a VM's protection, each sent once. */
export function backupChanges(options: VaultGatewayOptions): Changes {
  const stopped = { policyId: '', protectionState: 'ProtectionStopped' } as const;
  return {
    protect: (itemId, request) => put(options, itemId, { ...request, wanted: { policyId: request.policyId } }),
    stop: (itemId, request) => put(options, itemId, { ...request, wanted: stopped }),
    undelete: (itemId, request) => put(options, itemId, { ...request, wanted: { ...stopped, isRehydrate: true } }),
    async deleteData(itemId, { clientRequestId }) {
      const at = protectedItemPath(itemId);
      const client = await options.clients.backup(at.subscriptionId, 'once');
      return await asOperation(itemId, { clientRequestId, now: options.now }, (callOptions) =>
        client.protectedItems.delete(...itemNames(at), callOptions),
      );
    },
    async cancelJob(jobId, { clientRequestId }) {
      const { subscriptionId, resourceGroup, vault } = vaultPath(jobId);
      const client = await options.clients.backup(subscriptionId, 'once');
      const answer = await submitted({ clientRequestId, now: options.now }, (callOptions) =>
        client.jobCancellations.trigger(vault, resourceGroup, nameOf(jobId), callOptions),
      );
      return { kind: 'backup-cancel', vaultId: vaultOf(jobId), operationId: operationIn(answer), jobId: nameOf(jobId) };
    },
  };
}

async function put(
  { clients, now }: VaultGatewayOptions,
  itemId: ArmId,
  { vmId, clientRequestId, wanted }: ItemChange & { readonly wanted: Wanted },
): Promise<JobRef> {
  const at = protectedItemPath(itemId);
  const client = await clients.backup(at.subscriptionId, 'once');
  const protectedItemType = 'Microsoft.Compute/virtualMachines' as const;
  const properties = { protectedItemType, sourceResourceId: vmId, ...wanted };
  return await asOperation(itemId, { clientRequestId, now }, (options) =>
    client.protectedItems.createOrUpdate(...itemNames(at), { properties }, options),
  );
}
