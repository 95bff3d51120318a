const vaults = 'Microsoft.RecoveryServices/vaults';
const items = `${vaults}/backupFabrics/protectionContainers/protectedItems`;
const replicas = `${vaults}/replicationFabrics/replicationProtectionContainers/replicationProtectedItems`;

/**
 * What the gateways read with the bot's own identity, whoever asks: the custom role is made of this and of the operations' actions. A test
 * sends every method of every gateway to the simulated Azure under exactly that role, and finds a right that is missing here, or that nothing uses.
 */
export const gatewayReads: readonly string[] = [
  // access: role assignments with groups, their definitions, deny assignments
  'Microsoft.Authorization/roleAssignments/read',
  'Microsoft.Authorization/roleDefinitions/read',
  'Microsoft.Authorization/denyAssignments/read',
  // inventory: Resource Graph shows only what its caller may read, and refuses nothing
  'Microsoft.Resources/subscriptions/read',
  'Microsoft.Compute/virtualMachines/read',
  'Microsoft.Compute/snapshots/read',
  'Microsoft.Network/networkInterfaces/read',
  'Microsoft.Network/virtualNetworks/read',
  'Microsoft.Automation/automationAccounts/runbooks/read',
  `${vaults}/read`,
  `${items}/read`,
  `${replicas}/read`,
  `${vaults}/backupJobs/read`,
  `${vaults}/replicationJobs/read`,
  `${vaults}/replicationRecoveryPlans/read`,
  // compute
  'Microsoft.Compute/disks/read',
  // backup
  'Microsoft.RecoveryServices/locations/backupStatus/action',
  'Microsoft.RecoveryServices/locations/backupAadProperties/read',
  `${items}/recoveryPoints/read`,
  `${vaults}/backupPolicies/read`,
  `${vaults}/usages/read`,
  `${vaults}/backupResourceGuardProxies/read`,
  `${vaults}/backupOperations/read`,
  `${vaults}/backupTriggerValidateOperation/action`,
  `${vaults}/backupValidateOperationsStatuses/read`,
  'Microsoft.Storage/storageAccounts/read',
  // site recovery; the lists of a whole vault are actions of their own, and refused they are made per container
  `${vaults}/replicationProtectedItems/read`,
  `${vaults}/replicationProtectionContainerMappings/read`,
  `${vaults}/replicationNetworkMappings/read`,
  `${vaults}/replicationFabrics/read`,
  `${vaults}/replicationFabrics/replicationProtectionContainers/read`,
  `${vaults}/replicationPolicies/read`,
  'Microsoft.RecoveryServices/replicationEligibilityResults/read',
  `${replicas}/recoveryPoints/read`,
  // conditions: what checks look at before anybody approves
  'Microsoft.Authorization/locks/read',
  'Microsoft.Authorization/permissions/read',
  'Microsoft.PolicyInsights/checkPolicyRestrictions/read',
  'Microsoft.Compute/locations/usages/read',
  'Microsoft.Compute/skus/read',
  'Microsoft.Network/virtualNetworks/usages/read',
  'Microsoft.Compute/diskEncryptionSets/read',
  'Microsoft.KeyVault/vaults/read',
];
