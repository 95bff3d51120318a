import { z } from 'zod';
import { vaultOf } from './arm-id.ts';
import { consistency, defined, maybe, moment, words } from './fields.ts';
import type { HealthError, ReplicatedItem, ReplicationPoint } from './types.ts';

const healthError = z
  .object({
    errorCode: words,
    errorMessage: words,
    summaryMessage: words,
    possibleCauses: words,
    recommendedAction: words,
  })
  .transform(
    (error): HealthError =>
      defined({
        code: error.errorCode ?? '',
        message: error.errorMessage ?? error.summaryMessage ?? '',
        causes: error.possibleCauses,
        action: error.recommendedAction,
      }),
  );

/** Azure-to-Azure only; what another kind of replication lacks stays empty. */
const a2a = z.object({
  fabricObjectId: words,
  primaryFabricLocation: words,
  recoveryFabricLocation: words,
  rpoInSeconds: maybe(z.number()),
  lastRpoCalculatedTime: moment,
  recoveryAzureVMName: words,
  tfoAzureVMName: words,
  recoveryFabricObjectId: words,
  agentVersion: words,
  lastHeartbeat: moment,
  isReplicationAgentUpdateRequired: maybe(z.boolean()),
  recoveryAzureResourceGroupId: words,
  selectedRecoveryAzureNetworkId: words,
  selectedTfoAzureNetworkId: words,
  recoveryAzureVMSize: words,
  vmNics: maybe(z.array(z.object({ ipConfigs: maybe(z.array(z.object({ recoverySubnetName: words }))) }))),
});

const properties = z.object({
  friendlyName: words,
  protectionState: z.string(),
  protectionStateDescription: words,
  replicationHealth: words,
  healthErrors: maybe(z.array(healthError)),
  testFailoverState: words,
  activeLocation: words,
  lastSuccessfulTestFailoverTime: moment,
  lastSuccessfulFailoverTime: moment,
  policyId: words,
  allowedOperations: maybe(z.array(z.string())),
  primaryFabricFriendlyName: words,
  recoveryFabricFriendlyName: words,
  providerSpecificDetails: a2a,
});

type Properties = z.infer<typeof properties>;

/** A replicated item as the vault tells it. */
export const replicatedItem: z.ZodType<ReplicatedItem> = z
  .object({ id: z.string(), name: z.string(), properties })
  .transform(({ id, name, properties: item }): ReplicatedItem => {
    const own = { id, vaultId: vaultOf(id), name, friendlyName: item.friendlyName ?? name };
    return defined({ ...own, ...standing(item), ...places(item) });
  });

function standing(item: Properties) {
  return {
    protectionState: item.protectionState,
    protectionStateDescription: item.protectionStateDescription ?? item.protectionState,
    replicationHealth: item.replicationHealth ?? 'None',
    healthErrors: item.healthErrors ?? [],
    testFailoverState: item.testFailoverState ?? 'None',
    activeLocation: item.activeLocation ?? '',
    rpoSeconds: item.providerSpecificDetails.rpoInSeconds,
    rpoMeasuredAt: item.providerSpecificDetails.lastRpoCalculatedTime,
    lastTestFailover: item.lastSuccessfulTestFailoverTime,
    lastFailover: item.lastSuccessfulFailoverTime,
    agentVersion: item.providerSpecificDetails.agentVersion,
    lastHeartbeat: item.providerSpecificDetails.lastHeartbeat,
    agentOutdated: item.providerSpecificDetails.isReplicationAgentUpdateRequired,
    allowedOperations: item.allowedOperations ?? [],
  };
}

function places({ providerSpecificDetails: a2aDetails, ...item }: Properties) {
  return {
    vmId: a2aDetails.fabricObjectId ?? '',
    primaryRegion: a2aDetails.primaryFabricLocation ?? item.primaryFabricFriendlyName ?? '',
    recoveryRegion: a2aDetails.recoveryFabricLocation ?? item.recoveryFabricFriendlyName ?? '',
    recoveryVmName: a2aDetails.recoveryAzureVMName,
    recoveryVmId: a2aDetails.recoveryFabricObjectId,
    policyId: item.policyId,
    testVmName: a2aDetails.tfoAzureVMName,
    recoveryResourceGroupId: a2aDetails.recoveryAzureResourceGroupId,
    recoveryNetworkId: a2aDetails.selectedRecoveryAzureNetworkId,
    testNetworkId: a2aDetails.selectedTfoAzureNetworkId,
    recoverySubnet: a2aDetails.vmNics?.[0]?.ipConfigs?.[0]?.recoverySubnetName,
    recoveryVmSize: a2aDetails.recoveryAzureVMSize,
  };
}

/** A point of Site Recovery. */
export const replicationPoint: z.ZodType<ReplicationPoint> = z
  .object({
    id: z.string(),
    properties: z.object({ recoveryPointTime: moment.pipe(z.string()), recoveryPointType: consistency }),
  })
  .transform(({ id, properties: point }) => ({
    id,
    time: point.recoveryPointTime,
    consistency: point.recoveryPointType,
  }));
