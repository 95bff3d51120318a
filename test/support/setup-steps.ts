import type { SetupStep } from '../../src/azure/recovery-types.ts';

/** One step of each kind in the setup of a vault for replication, with ids that Azure would take. */
export function setupSteps(vaultId: string): readonly SetupStep[] {
  const fabric = `${vaultId}/replicationFabrics/asr-a2a-default-uksouth`;
  const container = `${fabric}/replicationProtectionContainers/asr-a2a-default-uksouth-container`;
  const policyId = `${vaultId}/replicationPolicies/24-hour-retention-policy`;
  const network = 'Microsoft.Network/virtualNetworks';
  const pair = { primaryNetworkId: `/subscriptions/s/resourceGroups/g/providers/${network}/a`, recoveryNetworkId: 'b' };
  return [
    { kind: 'fabric', id: fabric, region: 'uksouth' },
    { kind: 'policy', id: policyId },
    { kind: 'container', id: container },
    {
      kind: 'mapping',
      id: `${container}/replicationProtectionContainerMappings/m`,
      targetContainerId: container,
      policyId,
    },
    {
      kind: 'network-mapping',
      id: `${fabric}/replicationNetworks/azureNetwork/replicationNetworkMappings/n`,
      ...pair,
      recoveryFabric: 'asr-a2a-default-uksouth',
    },
  ];
}
