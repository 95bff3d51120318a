import { nameOf, segmentOf } from './arm-id.ts';
import type { SubmitOptions } from './exchange.ts';
import type { VaultGatewayOptions } from './gateway-options.ts';
import { vaultPath } from './paths.ts';
import type { SiteRecoveryGateway } from './ports.ts';
import { begunJob } from './recovery-requests.ts';
import type { SetupStep } from './recovery-types.ts';

/** As the portal makes it ("24-hour-retention-policy"): points are kept for a day, an application-consistent one is made every four hours. */
const policyOfPortal = {
  instanceType: 'A2A' as const,
  recoveryPointHistory: 24 * 60,
  crashConsistentFrequencyInMinutes: 5,
  appConsistentFrequencyInMinutes: 4 * 60,
  multiVmSyncStatus: 'Enable' as const,
};

/** Makes what a vault lacks to replicate from one region to another (azure-api.md 2.1). Each request is sent once, and is a PUT. */
export function recoverySettingUp(options: VaultGatewayOptions): Pick<SiteRecoveryGateway, 'setUp'> {
  return {
    async setUp(step, { clientRequestId }) {
      const { subscriptionId, resourceGroup, vault } = vaultPath(step.id);
      const client = await options.clients.recovery(subscriptionId, 'once');
      const call = (sending: SubmitOptions) => sent({ client, vault: [vault, resourceGroup], step, sending });
      return await begunJob(options, { id: step.id, clientRequestId }, call);
    },
  };
}

interface Sending {
  readonly client: Awaited<ReturnType<VaultGatewayOptions['clients']['recovery']>>;
  readonly vault: readonly [vault: string, resourceGroup: string];
  readonly step: SetupStep;
  readonly sending: SubmitOptions;
}

async function sent({ client, vault, step, sending }: Sending): Promise<unknown> {
  const name = nameOf(step.id);
  const fabric = segmentOf(step.id, 'replicationFabrics');
  const container = segmentOf(step.id, 'replicationProtectionContainers');
  switch (step.kind) {
    case 'fabric': {
      const properties = { customDetails: { instanceType: 'Azure' as const, location: step.region } };
      return await client.replicationFabrics.beginCreate(...vault, name, { properties }, sending);
    }
    case 'policy': {
      const properties = { providerSpecificInput: policyOfPortal };
      return await client.replicationPolicies.beginCreate(...vault, name, { properties }, sending);
    }
    case 'container': {
      const properties = { providerSpecificInput: [{ instanceType: 'A2A' as const }] };
      return await client.replicationProtectionContainers.beginCreate(...vault, fabric, name, { properties }, sending);
    }
    case 'mapping': {
      const { targetContainerId: targetProtectionContainerId, policyId } = step;
      const providerSpecificInput = { instanceType: 'A2A' as const };
      const properties = { targetProtectionContainerId, policyId, providerSpecificInput };
      const mappings = client.replicationProtectionContainerMappings;
      return await mappings.beginCreate(...vault, fabric, container, name, { properties }, sending);
    }
    case 'network-mapping': {
      const { primaryNetworkId, recoveryNetworkId, recoveryFabric: recoveryFabricName } = step;
      const fabricSpecificDetails = { instanceType: 'AzureToAzure' as const, primaryNetworkId };
      const properties = { recoveryFabricName, recoveryNetworkId, fabricSpecificDetails };
      const network = segmentOf(step.id, 'replicationNetworks');
      return await client.replicationNetworkMappings.beginCreate(
        ...vault,
        fabric,
        network,
        name,
        { properties },
        sending,
      );
    }
  }
}
