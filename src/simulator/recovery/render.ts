import { azureTime } from '../clock.ts';
import type { World } from '../exchange.ts';
import { keyOf, stableGuid } from '../identity.ts';
import type { Vault } from '../state.ts';
import { renderA2A } from './a2a-render.ts';
import { containerId, fabricId, replicatedId, siteId } from './names.ts';
import type { ReplicationPoint } from './points.ts';
import type { HealthError, RecoveryContainer, ReplicatedItem } from './state.ts';
import { allowedOperations, healthErrors, healthOf, protectionState, testState } from './view.ts';

const vaults = 'Microsoft.RecoveryServices/vaults';

/** A replicated item, with every field of the recordings (rpi_get_protected, rpi_get_IRinprogress). */
export function renderReplicated(vault: Vault, item: ReplicatedItem, world: World): Record<string, unknown> {
  const type = `${vaults}/replicationFabrics/replicationProtectionContainers/replicationProtectedItems`;
  return { id: replicatedId(vault, item), name: item.name, type, properties: itemProperties(vault, item, world) };
}

function itemProperties(vault: Vault, item: ReplicatedItem, world: World): Record<string, unknown> {
  const primary = vault.recovery.fabrics[keyOf(item.fabric)];
  const recovery = vault.recovery.fabrics[keyOf(item.recoveryFabric)];
  const here = { fabric: item.fabric, container: item.container };
  const there = { fabric: item.recoveryFabric, container: item.recoveryContainer };
  const protection = protectionState(item);
  const test = testState(item);
  const health = healthOf(item);
  return {
    friendlyName: item.friendlyName,
    protectedItemType: '',
    protectableItemId: null,
    recoveryServicesProviderId: `${fabricId(vault, here.fabric)}/replicationRecoveryServicesProviders/${stableGuid(here.fabric)}`,
    primaryFabricFriendlyName: primary?.friendlyName ?? here.fabric,
    primaryFabricProvider: 'AzureFabric',
    recoveryFabricFriendlyName: recovery?.friendlyName ?? there.fabric,
    recoveryFabricId: fabricId(vault, there.fabric),
    primaryProtectionContainerFriendlyName: here.container,
    recoveryProtectionContainerFriendlyName: there.container,
    protectionState: protection.state,
    protectionStateDescription: protection.description,
    activeLocation: item.activeLocation,
    testFailoverState: test.state,
    testFailoverStateDescription: test.description,
    switchProviderState: 'None',
    switchProviderStateDescription: null,
    allowedOperations: allowedOperations(item),
    replicationHealth: health.replication,
    failoverHealth: health.failover,
    healthErrors: healthErrors(item).map((error) => renderHealthError(error, item)),
    policyId: `${siteId(vault)}/replicationPolicies/${item.policy}`,
    policyFriendlyName: item.policy,
    ...(item.lastFailover === undefined ? {} : { lastSuccessfulFailoverTime: azureTime(item.lastFailover) }),
    ...(item.lastTest === undefined ? {} : { lastSuccessfulTestFailoverTime: azureTime(item.lastTest) }),
    currentScenario: scenarioOf(vault, item.job),
    failoverRecoveryPointId: item.failoverPoint ?? null,
    providerSpecificDetails: renderA2A(vault, item, world),
    recoveryContainerId: containerId(vault, there),
    eventCorrelationId: stableGuid(`events:${item.internalId}`),
  };
}

/** What runs on an object, or Site Recovery's way of saying nothing. */
export function scenarioOf(vault: Vault, jobName: string | undefined): Record<string, unknown> {
  const jobs = `${siteId(vault)}/replicationJobs`;
  const job = jobName === undefined ? undefined : vault.recovery.jobs[jobName];
  if (job === undefined) return { scenarioName: 'None', jobId: `${jobs}/None`, startTime: '1753-01-01T01:01:01Z' };
  return { scenarioName: job.scenario, jobId: `${jobs}/${job.name}`, startTime: azureTime(job.timeline.start) };
}

/** A health error in the recorded form. */
function renderHealthError(error: HealthError, item: ReplicatedItem): Record<string, unknown> {
  const test = error.category === 'TestFailover';
  return {
    innerHealthErrors: [],
    errorSource: test ? 'ReplicationUnitFailoverValidatorError' : 'SRS',
    errorType: test ? '8010' : error.code,
    errorLevel: error.level,
    errorCategory: error.category,
    errorCode: error.code,
    summaryMessage: '',
    errorMessage: error.message,
    possibleCauses: error.causes,
    recommendedAction: error.action,
    creationTimeUtc: azureTime(error.at),
    recoveryProviderErrorMessage: null,
    entityId: item.internalId,
    errorId: `6:${test ? '8010' : error.code}`,
    customerResolvability: 'NotAllowed',
  };
}

/** A recovery point of replication. */
export function renderReplicationPoint(
  vault: Vault,
  item: ReplicatedItem,
  point: ReplicationPoint,
): Record<string, unknown> {
  const type = `${vaults}/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/recoveryPoints`;
  const details = {
    instanceType: 'A2A',
    recoveryPointSyncType: 'PerVmRecoveryPoint',
    disks: item.disks.map((disk) => disk.id),
  };
  return {
    name: point.name,
    type,
    id: `${replicatedId(vault, item)}/recoveryPoints/${point.name}`,
    properties: {
      recoveryPointTime: azureTime(point.time),
      recoveryPointType: point.type,
      providerSpecificDetails: details,
    },
  };
}

/** A fabric (recorded in fabric_get). */
export function renderFabric(vault: Vault, name: string): Record<string, unknown> {
  const fabric = vault.recovery.fabrics[keyOf(name)];
  if (fabric === undefined) throw new Error(`no fabric ${name}`);
  const keys = { kekState: 'None', kekCertThumbprint: null };
  return {
    name: fabric.name,
    type: `${vaults}/replicationFabrics`,
    id: fabricId(vault, fabric.name),
    properties: {
      friendlyName: fabric.friendlyName,
      encryptionDetails: keys,
      rolloverEncryptionDetails: keys,
      internalIdentifier: fabric.internalId,
      bcdrState: 'Valid',
      customDetails: { instanceType: 'Azure', location: fabric.location, containerIds: [], zones: [] },
      healthErrorDetails: [],
      health: 'Normal',
    },
  };
}

/** A container (recorded in container_get). */
export function renderRecoveryContainer(vault: Vault, container: RecoveryContainer): Record<string, unknown> {
  const items = Object.values(vault.recovery.items).filter((item) => keyOf(item.container) === keyOf(container.name));
  const paired = Object.values(vault.recovery.mappings).some((one) => keyOf(one.container) === keyOf(container.name));
  return {
    id: containerId(vault, { fabric: container.fabric, container: container.name }),
    name: container.name,
    type: `${vaults}/replicationFabrics/replicationProtectionContainers`,
    properties: {
      fabricFriendlyName: vault.recovery.fabrics[keyOf(container.fabric)]?.friendlyName ?? container.fabric,
      friendlyName: container.name,
      fabricType: 'Azure',
      protectedItemCount: items.length,
      pairingStatus: paired ? 'Paired' : 'NotPaired',
      role: items.length > 0 ? 'Primary' : '',
      fabricSpecificDetails: null,
    },
  };
}
