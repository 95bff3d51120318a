import { vaultIn } from '../backup/names.ts';
import { type Answer, type ArmRequest, ok, pageOf, param, queryOf, type World } from '../exchange.ts';
import { parseFilter, wanted } from '../filters.ts';
import { keyOf, nameOf, stableGuid } from '../identity.ts';
import type { VirtualNetwork } from '../resources/state.ts';
import type { Vault } from '../state.ts';
import { containerInPath, fabricInPath, itemInPath } from './find.ts';
import { containerId, fabricId, siteId } from './names.ts';
import { pointNamed, pointsOf } from './points.ts';
import { siteNotFound } from './refusals.ts';
import { renderFabric, renderRecoveryContainer, renderReplicated, renderReplicationPoint } from './render.ts';
import type { ContainerMapping, NetworkMapping, ReplicatedItem, ReplicationPolicy } from './state.ts';

const vaults = 'Microsoft.RecoveryServices/vaults';

/** GET of the fabrics of a vault. */
export function listFabrics(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  return ok({ value: Object.values(vault.recovery.fabrics).map((fabric) => renderFabric(vault, fabric.name)) });
}

/** GET of a fabric. */
export function getFabric(request: ArmRequest, world: World): Answer {
  const { vault, one } = fabricInPath(request, world);
  return ok(renderFabric(vault, one.name));
}

/** GET of containers, of the vault or of a fabric. */
export function listRecoveryContainers(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const rows = inFabric(request, Object.values(vault.recovery.containers));
  return ok({ value: rows.map((container) => renderRecoveryContainer(vault, container)) });
}

/** GET of a container. */
export function getRecoveryContainer(request: ArmRequest, world: World): Answer {
  const { vault, one } = containerInPath(request, world);
  return ok(renderRecoveryContainer(vault, one));
}

/** Rows of the fabric that the path names, all where it names none. */
function inFabric<T extends { fabric: string }>(request: ArmRequest, rows: readonly T[]): T[] {
  const { fabric } = request.params;
  return rows.filter((row) => fabric === undefined || keyOf(row.fabric) === keyOf(fabric));
}

/** GET of container mappings, of the vault or of a container. */
export function listMappings(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const { container } = request.params;
  const rows = inFabric(request, Object.values(vault.recovery.mappings)).filter(
    (one) => container === undefined || keyOf(one.container) === keyOf(container),
  );
  return ok({ value: rows.map((one) => renderMapping(vault, one)) });
}

function renderMapping(vault: Vault, one: ContainerMapping): Record<string, unknown> {
  const friendly = (fabric: string): string => vault.recovery.fabrics[keyOf(fabric)]?.friendlyName ?? fabric;
  return {
    id: `${containerId(vault, one)}/replicationProtectionContainerMappings/${one.name}`,
    name: one.name,
    type: `${vaults}/replicationFabrics/replicationProtectionContainers/replicationProtectionContainerMappings`,
    properties: {
      targetProtectionContainerId: containerId(vault, { fabric: one.targetFabric, container: one.targetContainer }),
      targetProtectionContainerFriendlyName: one.targetContainer,
      providerSpecificDetails: { instanceType: 'A2A', agentAutoUpdateStatus: 'Disabled', automationAccountArmId: null },
      health: 'Normal',
      healthErrorDetails: [],
      policyId: `${siteId(vault)}/replicationPolicies/${one.policy}`,
      state: 'Paired',
      sourceProtectionContainerFriendlyName: one.container,
      sourceFabricFriendlyName: friendly(one.fabric),
      targetFabricFriendlyName: friendly(one.targetFabric),
      policyFriendlyName: one.policy,
    },
  };
}

/** GET of replication policies. */
export function listReplicationPolicies(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  return ok({ value: Object.values(vault.recovery.policies).map((policy) => renderReplicationPolicy(vault, policy)) });
}

/** GET of one replication policy. */
export function getReplicationPolicy(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const found = vault.recovery.policies[keyOf(param(request, 'policy'))];
  if (found === undefined) throw siteNotFound(param(request, 'policy'));
  return ok(renderReplicationPolicy(vault, found));
}

function renderReplicationPolicy(vault: Vault, policy: ReplicationPolicy): Record<string, unknown> {
  return {
    id: `${siteId(vault)}/replicationPolicies/${policy.name}`,
    name: policy.name,
    type: `${vaults}/replicationPolicies`,
    properties: {
      friendlyName: policy.name,
      providerSpecificDetails: {
        instanceType: 'A2A',
        recoveryPointThresholdInMinutes: 0,
        recoveryPointHistory: policy.historyMinutes,
        appConsistentFrequencyInMinutes: policy.appConsistentMinutes,
        multiVmSyncStatus: policy.multiVmSync,
        crashConsistentFrequencyInMinutes: policy.crashConsistentMinutes,
      },
    },
  };
}

/** GET of the networks of the fabrics' regions. */
export function listReplicationNetworks(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const fabrics = inFabric(
    request,
    Object.values(vault.recovery.fabrics).map((one) => ({ ...one, fabric: one.name })),
  );
  const value = fabrics.flatMap((fabric) =>
    Object.values(world.state.networks)
      .filter((network) => keyOf(network.location) === keyOf(fabric.location))
      .map((network) => renderReplicationNetwork(vault, fabric.name, network)),
  );
  return ok({ value });
}

function renderReplicationNetwork(vault: Vault, fabric: string, network: VirtualNetwork): Record<string, unknown> {
  const name = stableGuid(keyOf(network.id));
  return {
    type: `${vaults}/replicationFabrics/replicationNetworks`,
    id: `${fabricId(vault, fabric)}/replicationNetworks/${name}`,
    name,
    properties: {
      fabricType: 'Azure',
      subnets: network.subnets.map((subnet) => ({
        name: subnet.name,
        friendlyName: subnet.name,
        addressList: [subnet.prefix],
      })),
      friendlyName: network.name,
      networkType: 'AzureNetwork',
    },
  };
}

/** GET of network mappings, of the vault or of a fabric's network. */
export function listNetworkMappings(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const rows = inFabric(request, Object.values(vault.recovery.networkMappings));
  return ok({ value: rows.map((one) => renderNetworkMapping(vault, one)) });
}

/** GET of one network mapping. */
export function getNetworkMapping(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const found = vault.recovery.networkMappings[keyOf(param(request, 'mapping'))];
  if (found === undefined) throw siteNotFound(param(request, 'mapping'));
  return ok(renderNetworkMapping(vault, found));
}

function renderNetworkMapping(vault: Vault, one: NetworkMapping): Record<string, unknown> {
  const fabric = (name: string) => vault.recovery.fabrics[keyOf(name)];
  return {
    type: `${vaults}/replicationFabrics/replicationNetworks/replicationNetworkMappings`,
    id: `${fabricId(vault, one.fabric)}/replicationNetworks/azureNetwork/replicationNetworkMappings/${one.name}`,
    name: one.name,
    properties: {
      state: 'Paired',
      primaryNetworkFriendlyName: nameOf(one.primaryNetwork),
      primaryNetworkId: keyOf(one.primaryNetwork),
      primaryFabricFriendlyName: fabric(one.fabric)?.friendlyName ?? one.fabric,
      recoveryNetworkFriendlyName: nameOf(one.recoveryNetwork),
      recoveryNetworkId: keyOf(one.recoveryNetwork),
      recoveryFabricArmId: fabricId(vault, one.recoveryFabric),
      recoveryFabricFriendlyName: fabric(one.recoveryFabric)?.friendlyName ?? one.recoveryFabric,
      fabricSpecificSettings: {
        instanceType: 'AzureToAzure',
        primaryFabricLocation: fabric(one.fabric)?.location ?? '',
        recoveryFabricLocation: fabric(one.recoveryFabric)?.location ?? '',
      },
    },
  };
}

/** GET of replicated items, of the vault (by plan if asked) or of a container. */
export function listReplicated(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const plan = wanted(parseFilter(queryOf(request, '$filter')), 'recoveryPlanName');
  const { container } = request.params;
  const rows = inFabric(request, Object.values(vault.recovery.items)).filter(
    (item) =>
      (container === undefined || keyOf(item.container) === keyOf(container)) &&
      (plan === undefined || isInPlan(vault, item, plan)),
  );
  return pageOf(request, rows, { size: 100, render: (item) => renderReplicated(vault, item, world) });
}

function isInPlan(vault: Vault, item: ReplicatedItem, plan: string): boolean {
  const groups = vault.recovery.plans[keyOf(plan)]?.groups ?? [];
  return groups.some((group) => group.items.some(({ id }) => id === keyOf(item.name)));
}

/** GET of a replicated item. */
export function getReplicated(request: ArmRequest, world: World): Answer {
  const { vault, one } = itemInPath(request, world);
  return ok(renderReplicated(vault, one, world));
}

/** GET of an item's recovery points, newest first. */
export function listReplicationPoints(request: ArmRequest, world: World): Answer {
  const { vault, one } = itemInPath(request, world);
  return ok({ value: pointsOf(one, world).map((point) => renderReplicationPoint(vault, one, point)) });
}

/** GET of one recovery point. */
export function getReplicationPoint(request: ArmRequest, world: World): Answer {
  const { vault, one } = itemInPath(request, world);
  const found = pointNamed(one, world, param(request, 'point'));
  if (found === undefined) throw siteNotFound(param(request, 'point'));
  return ok(renderReplicationPoint(vault, one, found));
}
