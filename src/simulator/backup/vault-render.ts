import { azureTime } from '../clock.ts';
import type { World } from '../exchange.ts';
import { vaultKind } from '../resources/kinds.ts';
import type { Vault } from '../state.ts';

/** A vault as GET shows it (recorded in vault_get). */
export function renderVault(vault: Vault, world: World): Record<string, unknown> {
  const { softDelete } = vault;
  return frame(vault, {
    provisioningState: world.now < vault.ready ? 'Provisioning' : 'Succeeded',
    privateEndpointStateForBackup: 'None',
    privateEndpointStateForSiteRecovery: 'None',
    backupStorageVersion: Object.keys(vault.backup.items).length === 0 ? 'Unassigned' : 'V1',
    redundancySettings: {
      standardTierStorageRedundancy: vault.redundancy,
      crossRegionRestore: vault.crossRegionRestore ? 'Enabled' : 'Disabled',
    },
    ...monitoring(vault),
    bcdrSecurityLevel: softDelete.state === 'AlwaysON' ? 'Good' : 'Fair',
    secureScore: secureScore(vault),
    securitySettings: {
      immutabilitySettings: vault.immutability === 'Disabled' ? null : { state: vault.immutability },
      softDeleteSettings: {
        softDeleteRetentionPeriodInDays: softDelete.days,
        softDeleteState: softDelete.state,
        enhancedSecurityState: softDelete.state === 'AlwaysON' ? 'AlwaysON' : 'Enabled',
      },
      multiUserAuthorization: vault.backup.guard === undefined ? 'Disabled' : 'Enabled',
    },
    ...common,
  });
}

/** A vault as a list shows it: with fewer properties than GET (recorded in vaults_list_sub_page1). */
export function renderListedVault(vault: Vault): Record<string, unknown> {
  return { ...frame(vault, { provisioningState: 'Succeeded', ...common }), sku: { name: 'RS0', tier: 'Standard' } };
}

/** A vault in the answer to the PUT that makes it (recorded in vault_put_201). */
export function renderNewVault(vault: Vault): Record<string, unknown> {
  return frame(vault, {
    provisioningState: 'Provisioning',
    privateEndpointStateForBackup: 'None',
    privateEndpointStateForSiteRecovery: 'None',
    ...monitoring(vault),
    ...common,
  });
}

const common = {
  publicNetworkAccess: 'Enabled',
  restoreSettings: { crossSubscriptionRestoreSettings: { crossSubscriptionRestoreState: 'Enabled' } },
};

function frame(vault: Vault, properties: Record<string, unknown>): Record<string, unknown> {
  return {
    location: vault.location,
    name: vault.name,
    etag: `W/"datetime'${encodeURIComponent(azureTime(vault.created))}'"`,
    ...(Object.keys(vault.tags).length === 0 ? {} : { tags: vault.tags }),
    ...(vault.identity === undefined ? {} : { identity: vault.identity }),
    properties,
    id: vault.id,
    type: vaultKind.type,
    sku: { name: 'Standard' },
  };
}

function monitoring(vault: Vault): Record<string, unknown> {
  return {
    monitoringSettings: {
      azureMonitorAlertSettings: { alertsForAllJobFailures: vault.alerts.jobFailures },
      classicAlertSettings: { alertsForCriticalOperations: vault.alerts.criticalOperations },
    },
  };
}

function secureScore(vault: Vault): string {
  if (vault.immutability === 'Locked' && vault.backup.guard !== undefined) return 'Maximum';
  if (vault.softDelete.state === 'AlwaysON') return 'Adequate';
  return vault.softDelete.state === 'Enabled' ? 'Minimum' : 'None';
}
