import { kqlText, kqlTexts } from './kql.ts';
import type { ArmId } from './types.ts';

/*
 * Every query names itself in its first line and projects `id`: without it Resource Graph gives no token for the next page (azure-api.md 3.2).
 * Types are compared with `=~`, because their casing differs between tables.
 */

/** Virtual machines; `diskIds` begins with the disk of the operating system. */
export const virtualMachines = `// q:virtual-machines
resources
| where type =~ 'microsoft.compute/virtualmachines'
| extend storage = properties.storageProfile
| extend osDisk = tostring(storage.osDisk.managedDisk.id)
| extend dataDisks = extract_all(@'(?i)"id":"([^"]+/providers/Microsoft\\.Compute/disks/[^"]+)"', tostring(storage.dataDisks))
| project id, name, resourceGroup, subscriptionId, location, osType = tostring(storage.osDisk.osType),
  powerState = tostring(properties.extended.instanceView.powerState.code), vmSize = tostring(properties.hardwareProfile.vmSize),
  tags, diskIds = iff(isempty(osDisk), dataDisks, array_concat(pack_array(osDisk), dataDisks)),
  availabilitySetId = tostring(properties.availabilitySet.id)
| order by id asc`;

/** Recovery Services vaults. */
export const vaults = `// q:vaults
resources
| where type =~ 'microsoft.recoveryservices/vaults'
| project id, name, resourceGroup, subscriptionId, location, tags
| order by id asc`;

/** Vaults with what protects their data, and snapshots of managed disks: a summary wants both, and each list costs a request. */
export const vaultsAndSnapshots = `// q:vaults-and-snapshots
resources
| where type in~ ('microsoft.recoveryservices/vaults', 'microsoft.compute/snapshots')
| extend stored = properties.redundancySettings, secured = properties.securitySettings
| project id, name, resourceGroup, subscriptionId, location, tags,
  softDelete = tostring(secured.softDeleteSettings.softDeleteState),
  softDeleteDays = toint(secured.softDeleteSettings.softDeleteRetentionPeriodInDays),
  immutability = tostring(secured.immutabilitySettings.state), redundancy = tostring(stored.standardTierStorageRedundancy),
  sourceResourceId = tostring(properties.creationData.sourceResourceId), timeCreated = tostring(properties.timeCreated),
  diskSizeGB = toint(properties.diskSizeGB), incremental = tobool(properties.incremental)
| order by id asc`;

const vaultId = `vaultId = extract(@'(?i)^(.*?/vaults/[^/]+)', 1, id)`;

/** Virtual machines in Azure Backup, in all vaults. */
export const protectedItems = `// q:protected-items
recoveryservicesresources
| where type =~ 'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems'
| where properties.backupManagementType =~ 'AzureIaasVM'
| extend p = parse_json(tostring(properties))
| project id, name, resourceGroup, subscriptionId, location, ${vaultId}, friendlyName = tostring(p.friendlyName),
  datasourceId = tolower(tostring(p.sourceResourceId)), protectionState = tostring(p.protectionState),
  healthStatus = tostring(p.healthStatus), lastBackupStatus = tostring(p.lastBackupStatus), lastBackupTime = tostring(p.lastBackupTime),
  lastRecoveryPoint = tostring(p.lastRecoveryPoint), policyName = tostring(p.policyName), policyId = tolower(tostring(p.policyId)),
  isScheduledForDeferredDelete = tobool(p.isScheduledForDeferredDelete), deferredDeleteTimeInUTC = tostring(p.deferredDeleteTimeInUTC)
| order by id asc`;

/** Virtual machines in Site Recovery, Azure to Azure. */
export const replicatedItems = `// q:replicated-items
recoveryservicesresources
| where type =~ 'microsoft.recoveryservices/vaults/replicationfabrics/replicationprotectioncontainers/replicationprotecteditems'
| extend p = parse_json(tostring(properties))
| extend a2a = p.providerSpecificDetails
| project id, name, resourceGroup, subscriptionId, ${vaultId}, friendlyName = tostring(p.friendlyName),
  datasourceId = tolower(tostring(a2a.fabricObjectId)), protectionState = tostring(p.protectionState),
  replicationHealth = tostring(p.replicationHealth), failoverHealth = tostring(p.failoverHealth),
  testFailoverState = tostring(p.testFailoverState), activeLocation = tostring(p.activeLocation),
  rpoInSeconds = tolong(a2a.rpoInSeconds), lastRpoCalculatedTime = tostring(a2a.lastRpoCalculatedTime),
  lastSuccessfulTestFailoverTime = tostring(p.lastSuccessfulTestFailoverTime)
| order by id asc`;

/** What else a summary wants of the vaults, in one list: replicated items, jobs of the last day with why they failed, and what backup policies promise. */
export const services = `// q:services
recoveryservicesresources
| where type in~ ('microsoft.recoveryservices/vaults/backupjobs', 'microsoft.recoveryservices/vaults/replicationjobs',
  'microsoft.recoveryservices/vaults/backuppolicies',
  'microsoft.recoveryservices/vaults/replicationfabrics/replicationprotectioncontainers/replicationprotecteditems')
| extend p = parse_json(tostring(properties))
| extend begun = todatetime(p.startTime), a2a = p.providerSpecificDetails, plan = p.schedulePolicy
| where type !in~ ('microsoft.recoveryservices/vaults/backupjobs', 'microsoft.recoveryservices/vaults/replicationjobs') or begun >= ago(1d)
| project id, name, resourceGroup, subscriptionId, ${vaultId}, friendlyName = tostring(p.friendlyName),
  datasourceId = tolower(tostring(a2a.fabricObjectId)), protectionState = tostring(p.protectionState),
  replicationHealth = tostring(p.replicationHealth), testFailoverState = tostring(p.testFailoverState),
  activeLocation = tostring(p.activeLocation), rpoInSeconds = tolong(a2a.rpoInSeconds),
  lastSuccessfulTestFailoverTime = tostring(p.lastSuccessfulTestFailoverTime),
  status = tostring(p.status), op = tostring(p.operation), start = tostring(begun), entity = tostring(p.entityFriendlyName),
  code = tostring(p.errorDetails[0].errorCode), reason = tostring(p.errorDetails[0].errorString),
  managed = tostring(p.backupManagementType), frequency = tostring(plan.scheduleRunFrequency),
  interval = toint(plan.hourlySchedule.interval), windowHours = toint(plan.hourlySchedule.scheduleWindowDuration),
  runDays = iff(isnull(plan.scheduleRunDays), plan.weeklySchedule.scheduleRunDays, plan.scheduleRunDays)
| order by id asc`;

/** Recovery plans, in all vaults. */
export const recoveryPlans = `// q:recovery-plans
recoveryservicesresources
| where type =~ 'microsoft.recoveryservices/vaults/replicationrecoveryplans'
| project id, name, resourceGroup, subscriptionId, ${vaultId}, friendlyName = tostring(properties.friendlyName)
| order by id asc`;

/** Snapshots of managed disks: all, or those of the given disks. */
export function snapshotsOf(diskIds?: readonly ArmId[]): string {
  const ofDisks = diskIds === undefined ? '' : `\n| where sourceResourceId in~ ${kqlTexts(diskIds)}`;
  return `// q:snapshots
resources
| where type =~ 'microsoft.compute/snapshots'
| extend sourceResourceId = tostring(properties.creationData.sourceResourceId)${ofDisks}
| project id, name, resourceGroup, subscriptionId, location, sourceResourceId, timeCreated = tostring(properties.timeCreated),
  diskSizeGB = toint(properties.diskSizeGB), incremental = tobool(properties.incremental), tags,
  provisioningState = tostring(properties.provisioningState)
| order by id asc`;
}

/** Jobs of both services of the last day. */
export const jobs = `// q:jobs
recoveryservicesresources
| where type in~ ('microsoft.recoveryservices/vaults/backupjobs', 'microsoft.recoveryservices/vaults/replicationjobs')
| extend start = todatetime(properties.startTime)
| where start >= ago(1d)
| project id, name, subscriptionId, status = tostring(properties.status), op = tostring(properties.operation), start = tostring(start),
  entity = tostring(properties.entityFriendlyName)
| order by id asc`;

/** Runbooks of Azure Automation. */
export const runbooks = `// q:runbooks
resources
| where type =~ 'microsoft.automation/automationaccounts/runbooks'
| project id, name, resourceGroup, subscriptionId, location
| order by id asc`;

/** Subscriptions, by the names that people see. */
export const subscriptions = `// q:subscriptions
resourcecontainers
| where type =~ 'microsoft.resources/subscriptions'
| project id, name, subscriptionId
| order by id asc`;

/** Virtual networks of a region. */
export function networks(location: string): string {
  return `// q:networks
resources
| where type =~ 'microsoft.network/virtualnetworks'
| where location =~ ${kqlText(location)}
| project id, name, resourceGroup, subscriptionId, location, tags, subnets = properties.subnets
| order by id asc`;
}
