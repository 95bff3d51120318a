import { z } from 'zod';
import { CatalogueError } from '../errors.ts';
import { nameOf, segmentOf, vaultOf } from './arm-id.ts';
import { read, readAll } from './exchange.ts';
import { defined, maybe, words } from './fields.ts';
import type { VaultGatewayOptions } from './gateway-options.ts';
import { resourcePath, vaultPath } from './paths.ts';
import type { SiteRecoveryGateway } from './ports.ts';
import type { EligibilityFault, NetworkMapping, ReplicationPolicy } from './recovery-types.ts';
import { replicatedItem } from './replicated-item.ts';
import type { ArmId } from './types.ts';

const fabric = z
  .object({
    name: z.string(),
    properties: z.object({ friendlyName: words, customDetails: maybe(z.object({ location: words })) }),
  })
  .transform(({ name, properties }) => ({
    name,
    region: properties.customDetails?.location ?? properties.friendlyName ?? '',
  }));
const container = z.object({ id: z.string(), name: z.string() });
const mapping = z.object({
  id: z.string(),
  properties: z.object({ targetProtectionContainerId: words, policyId: words, policyFriendlyName: words }),
});
const networkMapping = z
  .object({ properties: z.object({ primaryNetworkId: words, recoveryNetworkId: words }) })
  .transform(
    ({ properties }): NetworkMapping => ({
      primaryNetworkId: properties.primaryNetworkId ?? '',
      recoveryNetworkId: properties.recoveryNetworkId ?? '',
    }),
  );
const positive = maybe(z.number()).transform((value) => (value === undefined || value <= 0 ? undefined : value));
const policy = z
  .object({
    id: z.string(),
    name: z.string(),
    properties: z.object({
      friendlyName: words,
      providerSpecificDetails: z.object({ recoveryPointThresholdInMinutes: positive, recoveryPointHistory: positive }),
    }),
  })
  .transform(
    ({ id, name, properties: { friendlyName, providerSpecificDetails: details } }): ReplicationPolicy =>
      defined({
        id,
        name: friendlyName ?? name,
        rpoThresholdMinutes: details.recoveryPointThresholdInMinutes,
        historyMinutes: details.recoveryPointHistory,
      }),
  );
const eligibility = z.object({
  properties: z.object({
    errors: maybe(
      z.array(
        z
          .object({ code: words, message: words, recommendedAction: words })
          .transform(
            (error): EligibilityFault =>
              defined({ code: error.code ?? '', message: error.message ?? '', action: error.recommendedAction }),
          ),
      ),
    ),
  }),
});

type Setup = Pick<SiteRecoveryGateway, 'items' | 'mappings' | 'networkMappings' | 'policy' | 'eligibility' | 'setup'>;

/**
 * How a vault is set up for replication, and what is in it. Lists of a whole vault are actions of their own, which no built-in role of
 * Site Recovery grants (azure-api.md 4.3): refused, the same is asked of each container.
 */
export function recoverySetup(options: VaultGatewayOptions): Setup {
  const { clients, now } = options;
  const at = async (vaultId: ArmId) => {
    const { subscriptionId, resourceGroup, vault } = vaultPath(vaultId);
    return { client: await clients.recovery(subscriptionId, 'patient'), names: [vault, resourceGroup] as const };
  };
  return {
    async items(vaultId) {
      const { client, names } = await at(vaultId);
      const { replicationProtectedItems: items } = client;
      return await wholeOrParts(
        () => readAll(replicatedItem, now, (call) => items.list(...names, call)),
        () => containersOf(options, vaultId),
        (one) =>
          readAll(replicatedItem, now, (call) =>
            items.listByReplicationProtectionContainers(...names, ...containerNames(one), call),
          ),
      );
    },
    async mappings(vaultId) {
      const { client, names } = await at(vaultId);
      const { replicationProtectionContainerMappings: all } = client;
      const [fabrics, found] = await Promise.all([
        fabricsOf(options, vaultId),
        wholeOrParts(
          () => readAll(mapping, now, (call) => all.list(...names, call)),
          () => containersOf(options, vaultId),
          (one) =>
            readAll(mapping, now, (call) =>
              all.listByReplicationProtectionContainers(...names, ...containerNames(one), call),
            ),
        ),
      ]);
      const regions = new Map(fabrics.map(({ name, region }) => [name.toLowerCase(), region]));
      return found.map(({ id, properties }) => mappingOf(id, properties, regions));
    },
    async networkMappings(vaultId) {
      const { client, names } = await at(vaultId);
      const { replicationNetworkMappings: all } = client;
      return await wholeOrParts(
        () => readAll(networkMapping, now, (call) => all.list(...names, call)),
        () => fabricsOf(options, vaultId),
        ({ name }) =>
          readAll(networkMapping, now, (call) => all.listByReplicationNetworks(...names, name, azureNetwork, call)),
      );
    },
    async setup(vaultId) {
      const { client, names } = await at(vaultId);
      const [fabrics, containers, policies] = await Promise.all([
        fabricsOf(options, vaultId),
        containersOf(options, vaultId),
        readAll(policy, now, (call) => client.replicationPolicies.list(...names, call)),
      ]);
      return { fabrics, containers, policies };
    },
    async policy(policyId) {
      const { client, names } = await at(policyId);
      return await read(policy, now, (call) => client.replicationPolicies.get(...names, nameOf(policyId), call));
    },
    async eligibility(vmId) {
      const { subscriptionId, resourceGroup, name } = resourcePath(vmId);
      const client = await clients.recovery(subscriptionId, 'patient');
      const found = await read(eligibility, now, (call) =>
        client.replicationEligibilityResultsOperations.get(resourceGroup, name, call),
      );
      return found.properties.errors ?? [];
    },
  };
}

/** The name under which Azure to Azure keeps all of a region's network mappings. */
const azureNetwork = 'azureNetwork';

async function wholeOrParts<T, P>(
  whole: () => Promise<readonly T[]>,
  parts: () => Promise<readonly P[]>,
  ofPart: (part: P) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  try {
    return await whole();
  } catch (error) {
    if (!(error instanceof CatalogueError) || error.azure?.status !== 403) throw error;
  }
  return (await Promise.all((await parts()).map(ofPart))).flat();
}

async function fabricsOf({ clients, now }: VaultGatewayOptions, vaultId: ArmId) {
  const { subscriptionId, resourceGroup, vault } = vaultPath(vaultId);
  const client = await clients.recovery(subscriptionId, 'patient');
  return await readAll(fabric, now, (call) => client.replicationFabrics.list(vault, resourceGroup, call));
}

async function containersOf(options: VaultGatewayOptions, vaultId: ArmId): Promise<readonly ArmId[]> {
  const { subscriptionId, resourceGroup, vault } = vaultPath(vaultId);
  const client = await options.clients.recovery(subscriptionId, 'patient');
  const lists = (await fabricsOf(options, vaultId)).map(({ name }) =>
    readAll(container, options.now, (call) =>
      client.replicationProtectionContainers.listByReplicationFabrics(vault, resourceGroup, name, call),
    ),
  );
  return (await Promise.all(lists)).flat().map(({ id }) => id);
}

function containerNames(containerId: ArmId): [fabric: string, container: string] {
  return [segmentOf(containerId, 'replicationFabrics'), segmentOf(containerId, 'replicationProtectionContainers')];
}

function mappingOf(id: ArmId, properties: z.infer<typeof mapping>['properties'], regions: ReadonlyMap<string, string>) {
  const targetContainerId = properties.targetProtectionContainerId ?? '';
  const regionOf = (of: ArmId) => regions.get(segmentOf(of, 'replicationFabrics').toLowerCase()) ?? '';
  const policyId = properties.policyId ?? '';
  return {
    id,
    vaultId: vaultOf(id),
    containerId: id.replace(/\/replicationProtectionContainerMappings\/[^/]+$/i, ''),
    targetContainerId,
    policyId,
    policyName: properties.policyFriendlyName ?? nameOf(policyId),
    fromRegion: regionOf(id),
    toRegion: regionOf(targetContainerId),
  };
}
