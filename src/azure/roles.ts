import { covers } from './permissions.ts';

/**
 * Built-in roles from the least to the most powerful, with the actions of theirs that this product can meet
 * (a selection; a test compares it with Azure's own definitions).
 */
const roles: readonly (readonly [name: string, actions: readonly string[]])[] = [
  [
    'Backup Reader',
    [
      'Microsoft.RecoveryServices/Vaults/read',
      'Microsoft.RecoveryServices/Vaults/backupJobs/read',
      'Microsoft.RecoveryServices/Vaults/backupOperations/read',
      'Microsoft.RecoveryServices/Vaults/backupPolicies/read',
      'Microsoft.RecoveryServices/Vaults/backupProtectedItems/read',
      'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/read',
      'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints/read',
      'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/operationsStatus/read',
      'Microsoft.RecoveryServices/locations/backupStatus/action',
    ],
  ],
  [
    'Site Recovery Reader',
    [
      'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/read',
      'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/recoveryPoints/read',
      'Microsoft.RecoveryServices/vaults/replicationJobs/read',
      'Microsoft.RecoveryServices/vaults/replicationRecoveryPlans/read',
    ],
  ],
  ['Reader', ['*/read']],
  [
    'Backup Operator',
    [
      'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/backup/action',
      'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/write',
      'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints/restore/action',
      'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints/provisionInstantItemRecovery/action',
      'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints/revokeInstantItemRecovery/action',
      'Microsoft.RecoveryServices/Vaults/backupJobs/*',
    ],
  ],
  [
    'Site Recovery Operator',
    [
      'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/testFailover/action',
      'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/testFailoverCleanup/action',
      'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/unplannedFailover/action',
      'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/failoverCommit/action',
      'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/applyRecoveryPoint/action',
      'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/reProtect/action',
      'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/switchprotection/action',
      'Microsoft.RecoveryServices/vaults/replicationRecoveryPlans/testFailover/action',
      'Microsoft.RecoveryServices/vaults/replicationRecoveryPlans/testFailoverCleanup/action',
      'Microsoft.RecoveryServices/vaults/replicationRecoveryPlans/unplannedFailover/action',
      'Microsoft.RecoveryServices/vaults/replicationRecoveryPlans/failoverCommit/action',
      'Microsoft.RecoveryServices/vaults/replicationJobs/*',
    ],
  ],
  [
    'Disk Snapshot Contributor',
    [
      'Microsoft.Compute/snapshots/write',
      'Microsoft.Compute/snapshots/delete',
      'Microsoft.Compute/snapshots/beginGetAccess/action',
      'Microsoft.Compute/snapshots/endGetAccess/action',
      'Microsoft.Compute/disks/beginGetAccess/action',
    ],
  ],
  ['Disk Restore Operator', ['Microsoft.Compute/disks/write']],
  ['Virtual Machine Contributor', ['Microsoft.Compute/virtualMachines/*', 'Microsoft.Compute/disks/delete']],
  [
    'Site Recovery Contributor',
    [
      'Microsoft.RecoveryServices/vaults/replicationFabrics/*',
      'Microsoft.RecoveryServices/vaults/replicationRecoveryPlans/*',
      'Microsoft.RecoveryServices/vaults/replicationPolicies/*',
    ],
  ],
  [
    'Backup Contributor',
    [
      'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/*',
      'Microsoft.RecoveryServices/Vaults/backupPolicies/*',
      'Microsoft.RecoveryServices/Vaults/write',
    ],
  ],
];

/** The least built-in role that grants the action; empty when none of those that we know does. */
export function roleFor(action: string): string {
  const found = roles.find(([, actions]) => covers({ actions, notActions: [] }, action));
  return found?.[0] ?? '';
}

/** The selection, for the comparison with Azure's definitions. */
export function knownRoles(): readonly (readonly [name: string, actions: readonly string[]])[] {
  return roles;
}
