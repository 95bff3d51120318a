import { azureTime, span } from '../clock.ts';
import type { World } from '../exchange.ts';
import { keyOf, nameOf, resourceId, segmentAfter, stableGuid } from '../identity.ts';
import type { Vault } from '../state.ts';
import type { ReplicatedDisk, ReplicatedItem } from './state.ts';
import { protectionState, rpoOf } from './view.ts';

/** The Azure-to-Azure part of a replicated item, nulls included, as recorded in rpi_get_protected. */
export function renderA2A(vault: Vault, item: ReplicatedItem, world: World): Record<string, unknown> {
  const primary = vault.recovery.fabrics[keyOf(item.fabric)]?.location ?? '';
  const recovery = vault.recovery.fabrics[keyOf(item.recoveryFabric)]?.location ?? '';
  return {
    instanceType: 'A2A',
    fabricObjectId: keyOf(item.vm),
    ...beginnings(item, primary, recovery),
    protectedDisks: null,
    unprotectedDisks: null,
    protectedManagedDisks: item.disks.map((disk) => renderDisk(item, disk)),
    recoveryBootDiagStorageAccountId: null,
    primaryFabricLocation: primary,
    recoveryFabricLocation: recovery,
    osType: item.osType,
    recoveryAzureVMSize: item.recoveryVmSize,
    recoveryAzureVMName: item.recoveryVmName,
    recoveryAzureResourceGroupId: item.recoveryGroup,
    recoveryCloudService: null,
    recoveryAvailabilitySet: null,
    selectedRecoveryAzureNetworkId: item.recoveryNetwork ?? null,
    selectedTfoAzureNetworkId: null,
    vmNics: nics(item, world),
    vmSyncedConfigDetails: { tags: world.state.vms[keyOf(item.vm)]?.tags ?? {}, inputEndpoints: [] },
    ...progress(item),
    ...agent(item, world),
    recoveryFabricObjectId: item.recoveryVm ?? null,
    ...vmProtection(item),
    lifecycleId: stableGuid(`life:${item.internalId}`),
    testFailoverRecoveryFabricObjectId: item.test?.vm ?? null,
    ...rpo(item, world),
    ...endings(item),
  };
}

function beginnings(item: ReplicatedItem, primary: string, recovery: string): Record<string, unknown> {
  return {
    initialPrimaryZone: '',
    initialPrimaryFabricLocation: primary,
    initialRecoveryZone: '',
    initialPrimaryExtendedLocation: null,
    initialRecoveryExtendedLocation: null,
    initialRecoveryFabricLocation: recovery,
    multiVmGroupId: stableGuid(`multi:${item.internalId}`),
    multiVmGroupName: '',
    multiVmGroupCreateOption: 'AutoCreated',
    managementId: stableGuid(`management:${item.internalId}`),
  };
}

function progress(item: ReplicatedItem): Record<string, unknown> {
  const copying = item.phase === 'replicating' || item.phase === 'awaiting-point';
  return {
    monitoringPercentageCompletion: copying ? 50 : 0,
    monitoringJobType: copying || item.phase === 'protected' ? 'InitialReplication' : null,
  };
}

function agent(item: ReplicatedItem, world: World): Record<string, unknown> {
  const beat = Math.min(item.pointsUntil ?? world.now, world.now);
  return {
    lastHeartbeat: azureTime(beat - (beat % span.minute)),
    agentVersion: '9.63.7187.1',
    agentExpiryDate: '9999-12-31T23:59:59.9999999',
    isReplicationAgentUpdateRequired: false,
    ...(item.pointsFrom === undefined ? {} : { agentCertificateExpiryDate: azureTime(item.enabled + 1095 * span.day) }),
    isReplicationAgentCertificateUpdateRequired: false,
  };
}

function vmProtection(item: ReplicatedItem): Record<string, unknown> {
  const { state, description } = protectionState(item);
  return { vmProtectionState: state, vmProtectionStateDescription: description };
}

function rpo(item: ReplicatedItem, world: World): Record<string, unknown> {
  const measured = rpoOf(item, world);
  return {
    rpoInSeconds: measured?.seconds ?? null,
    lastRpoCalculatedTime: measured === undefined ? null : azureTime(measured.at),
  };
}

function endings(item: ReplicatedItem): Record<string, unknown> {
  return {
    primaryAvailabilityZone: null,
    recoveryAvailabilityZone: null,
    primaryExtendedLocation: null,
    recoveryExtendedLocation: null,
    vmEncryptionType: 'NotEncrypted',
    tfoAzureVMName: testVmName(item),
    recoveryAzureGeneration: 'V2',
    recoveryProximityPlacementGroupId: null,
    autoProtectionOfDataDisk: 'Disabled',
    recoveryVirtualMachineScaleSetId: null,
    recoveryCapacityReservationGroupId: null,
  };
}

/** The name that a test failover gives to its VM. */
export function testVmName(item: ReplicatedItem): string {
  return `${item.recoveryVmName}-test`;
}

function renderDisk(item: ReplicatedItem, disk: ReplicatedDisk): Record<string, unknown> {
  const place = {
    subscription: segmentAfter(disk.recoveryGroup, 'subscriptions') ?? '',
    group: nameOf(disk.recoveryGroup),
  };
  const protectedNow = item.phase !== 'enabling' && item.phase !== 'replicating';
  return {
    diskId: keyOf(disk.id),
    recoveryResourceGroupId: disk.recoveryGroup,
    recoveryTargetDiskId: null,
    recoveryReplicaDiskId: resourceId(place, 'Microsoft.Compute/disks', `${disk.name}-ASRReplica`),
    recoveryOrignalTargetDiskId: null,
    recoveryReplicaDiskAccountType: disk.type,
    recoveryTargetDiskAccountType: disk.type,
    recoveryDiskEncryptionSetId: null,
    primaryDiskEncryptionSetId: null,
    diskName: disk.name,
    diskCapacityInBytes: disk.bytes,
    primaryStagingAzureStorageAccountId: disk.stagingAccount,
    diskType: disk.os ? 'OperatingSystem' : 'Data',
    resyncRequired: false,
    monitoringPercentageCompletion: null,
    monitoringJobType: null,
    dataPendingInStagingStorageAccountInMB: 0,
    dataPendingAtSourceAgentInMB: item.pointsUntil === undefined ? 1.234375 : 5321.5,
    diskState: protectedNow ? 'Protected' : 'InitialReplicationPending',
    allowedDiskLevelOperation: [],
    isDiskEncrypted: false,
    secretIdentifier: null,
    dekKeyVaultArmId: null,
    isDiskKeyEncrypted: false,
    keyIdentifier: null,
    kekKeyVaultArmId: null,
    failoverDiskName: disk.name,
    tfoDiskName: `${disk.name}-ASRtest`,
  };
}

function nics(item: ReplicatedItem, world: World): Record<string, unknown>[] {
  const vm = world.state.vms[keyOf(item.vm)];
  return (vm?.nics ?? []).map((id) => {
    const nic = world.state.nics[keyOf(id)];
    const network = nic?.subnetId.split('/subnets/')[0] ?? null;
    const ipConfig = {
      name: 'ipconfig1',
      isPrimary: true,
      subnetName: nic === undefined ? null : nameOf(nic.subnetId),
      staticIPAddress: nic?.privateIp ?? null,
      ipAddressType: 'Dynamic',
      isSeletedForFailover: true,
      recoverySubnetName: item.recoverySubnet ?? null,
      recoveryStaticIPAddress: '',
      recoveryIPAddressType: 'Dynamic',
      ...nulls(['recoveryPublicIPAddressId', 'recoveryLBBackendAddressPoolIds', 'tfoSubnetName', 'tfoStaticIPAddress']),
      ...nulls(['tfoPublicIPAddressId', 'tfoLBBackendAddressPoolIds']),
    };
    return {
      nicId: stableGuid(id),
      replicaNicId: null,
      sourceNicArmId: id,
      vMNetworkName: network,
      recoveryVMNetworkId: item.recoveryNetwork ?? null,
      ipConfigs: [ipConfig],
      selectionType: 'SelectedByUserOverride',
      recoveryNetworkSecurityGroupId: null,
      enableAcceleratedNetworkingOnRecovery: false,
      ...nulls(['tfoVMNetworkId', 'tfoNetworkSecurityGroupId', 'enableAcceleratedNetworkingOnTfo', 'recoveryNicName']),
      recoveryNicResourceGroupName: null,
      reuseExistingNic: false,
      ...nulls(['tfoRecoveryNicName', 'tfoRecoveryNicResourceGroupName']),
      tfoReuseExistingNic: false,
      targetNicName: null,
    };
  });
}

function nulls(names: readonly string[]): Record<string, null> {
  return Object.fromEntries(names.map((name) => [name, null]));
}
