import { segmentOf } from './arm-id.ts';
import type { VaultGatewayOptions } from './gateway-options.ts';
import { replicatedItemPath, vaultPath } from './paths.ts';
import type { Reprotect, SiteRecoveryGateway } from './ports.ts';
import { begunJob, itemNames } from './recovery-requests.ts';
import type { NewReplication } from './recovery-types.ts';

type Changes = Pick<SiteRecoveryGateway, 'failOver' | 'changePoint' | 'commit' | 'reprotect' | 'enable' | 'disable'>;

/** The way over and back of one replicated item. Each request is sent once. */
export function recoveryChanges(options: VaultGatewayOptions): Changes {
  const { clients } = options;
  return {
    async failOver(id, { clientRequestId, recoveryPointId, shutDownSource }) {
      const at = replicatedItemPath(id);
      const client = await clients.recovery(at.subscriptionId, 'once');
      const point = recoveryPointId === undefined ? {} : { recoveryPointId };
      const properties = {
        failoverDirection: 'PrimaryToRecovery',
        sourceSiteOperations: shutDownSource ? 'Required' : 'NotRequired',
        providerSpecificDetails: { instanceType: 'A2A' as const, ...point },
      };
      return await begunJob(options, { id, clientRequestId }, (call) =>
        client.replicationProtectedItems.beginUnplannedFailover(...itemNames(at), { properties }, call),
      );
    },
    async changePoint(id, { clientRequestId, recoveryPointId }) {
      const at = replicatedItemPath(id);
      const client = await clients.recovery(at.subscriptionId, 'once');
      const properties = { recoveryPointId, providerSpecificDetails: { instanceType: 'A2A' as const } };
      return await begunJob(options, { id, clientRequestId }, (call) =>
        client.replicationProtectedItems.beginApplyRecoveryPoint(...itemNames(at), { properties }, call),
      );
    },
    async commit(id, { clientRequestId }) {
      const at = replicatedItemPath(id);
      const client = await clients.recovery(at.subscriptionId, 'once');
      return await begunJob(options, { id, clientRequestId }, (call) =>
        client.replicationProtectedItems.beginFailoverCommit(...itemNames(at), call),
      );
    },
    async reprotect(id, request) {
      const at = replicatedItemPath(id);
      const client = await clients.recovery(at.subscriptionId, 'once');
      const properties = { replicationProtectedItemName: at.item, providerSpecificDetails: switchInput(id, request) };
      const { vault, resourceGroup, fabric, container } = at;
      return await begunJob(options, { id, clientRequestId: request.clientRequestId }, (call) =>
        client.replicationProtectionContainers.beginSwitchProtection(
          vault,
          resourceGroup,
          fabric,
          container,
          { properties },
          call,
        ),
      );
    },
    async enable(itemName, { clientRequestId, ...request }) {
      const { containerId } = request.mapping;
      const { subscriptionId, resourceGroup, vault } = vaultPath(containerId);
      const client = await clients.recovery(subscriptionId, 'once');
      const names = [
        segmentOf(containerId, 'replicationFabrics'),
        segmentOf(containerId, 'replicationProtectionContainers'),
        itemName,
      ] as const;
      const input = { properties: enableInput(request) };
      return await begunJob(options, { id: containerId, clientRequestId }, (call) =>
        client.replicationProtectedItems.beginCreate(vault, resourceGroup, ...names, input, call),
      );
    },
    async disable(id, { clientRequestId }) {
      const at = replicatedItemPath(id);
      const client = await clients.recovery(at.subscriptionId, 'once');
      const properties = { disableProtectionReason: 'NotSpecified' };
      return await begunJob(options, { id, clientRequestId }, (call) =>
        client.replicationProtectedItems.beginDelete(...itemNames(at), { properties }, call),
      );
    },
  };
}

function enableInput({ mapping, vmId, disks, groupId, cacheAccountId, networkId }: NewReplication) {
  return {
    policyId: mapping.policyId,
    providerSpecificDetails: {
      instanceType: 'A2A' as const,
      fabricObjectId: vmId,
      recoveryContainerId: mapping.targetContainerId,
      recoveryResourceGroupId: groupId,
      ...(networkId !== undefined && { recoveryAzureNetworkId: networkId }),
      vmManagedDisks: disks.map(({ id, sku }) => ({
        diskId: id,
        primaryStagingAzureStorageAccountId: cacheAccountId,
        recoveryResourceGroupId: groupId,
        recoveryReplicaDiskAccountType: sku,
        recoveryTargetDiskAccountType: sku,
      })),
    },
  };
}

/** The container that holds the item now is where it is replicated to from now on (azure-api.md 2.1: reprotect). */
function switchInput(itemId: string, { diskIds, groupId, cacheAccountId, policyId }: Reprotect) {
  return {
    instanceType: 'A2A' as const,
    recoveryContainerId: itemId.replace(/\/replicationProtectedItems\/[^/]+$/i, ''),
    policyId,
    recoveryResourceGroupId: groupId,
    vmManagedDisks: diskIds.map((diskId) => ({
      diskId,
      primaryStagingAzureStorageAccountId: cacheAccountId,
      recoveryResourceGroupId: groupId,
    })),
  };
}
