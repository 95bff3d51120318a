import { z } from 'zod';
import { span } from '../clock.ts';
import { type Answer, type ArmRequest, bodyOf, ok, queryOf, type World } from '../exchange.ts';
import { parseFilter, wanted } from '../filters.ts';
import { keyOf, stableNumber } from '../identity.ts';
import { Refusal } from '../refusal.ts';
import type { Vault } from '../state.ts';
import { checkGuard } from './guard.ts';
import { invalidInput, vaultIn } from './names.ts';
import { jobStatus } from './render.ts';

const vaults = 'Microsoft.RecoveryServices/vaults';

/** GET backupconfig/vaultconfig: soft delete, in the older of the two ways to say it. */
export function getVaultConfig(request: ArmRequest, world: World): Answer {
  return ok(renderVaultConfig(vaultIn(request, world)));
}

function renderVaultConfig(vault: Vault): Record<string, unknown> {
  const { state, days } = vault.softDelete;
  return {
    id: `${vault.id}/backupconfig/vaultconfig`,
    name: 'vaultconfig',
    type: `${vaults}/backupconfig`,
    properties: {
      enhancedSecurityState: 'Enabled',
      softDeleteFeatureState: state,
      softDeleteRetentionPeriodInDays: days,
      isSoftDeleteFeatureStateEditable: state !== 'AlwaysON',
    },
  };
}

const configBody = z.object({
  properties: z.looseObject({
    softDeleteFeatureState: z.enum(['Enabled', 'Disabled', 'AlwaysON']).optional(),
    softDeleteRetentionPeriodInDays: z.number().int().min(14).max(180).optional(),
    resourceGuardOperationRequests: z.array(z.string()).optional(),
  }),
});

/** PATCH or PUT of vaultconfig; switching soft delete off is critical, and impossible where it is always on. */
export function putVaultConfig(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const { properties } = bodyOf(request, configBody, invalidInput);
  const wish = properties.softDeleteFeatureState ?? vault.softDelete.state;
  if (vault.softDelete.state === 'AlwaysON' && wish !== 'AlwaysON') {
    const text = 'Soft delete is set to always-on for the vault and cannot be disabled.';
    throw new Refusal(400, 'BMSUserErrorDisablingSoftDeleteStateNotAllowed', text, { cause: 'service' });
  }
  if (wish === 'Disabled') {
    checkGuard(request, world, {
      vault,
      kind: 'disableSoftDeleteRequests',
      requests: properties.resourceGuardOperationRequests,
    });
  }
  vault.softDelete = { state: wish, days: properties.softDeleteRetentionPeriodInDays ?? vault.softDelete.days };
  return ok(renderVaultConfig(vault));
}

/** GET backupstorageconfig/vaultstorageconfig. */
export function getStorageConfig(request: ArmRequest, world: World): Answer {
  return ok(renderStorageConfig(vaultIn(request, world)));
}

function renderStorageConfig(vault: Vault): Record<string, unknown> {
  return {
    id: `${vault.id}/backupstorageconfig/vaultstorageconfig`,
    name: 'vaultstorageconfig',
    type: `${vaults}/backupstorageconfig`,
    properties: {
      storageModelType: vault.redundancy,
      storageType: vault.redundancy,
      dedupState: 'Disabled',
      xcoolState: 'Disabled',
      storageTypeState: isEmpty(vault) ? 'Unlocked' : 'Locked',
      crossRegionRestoreFlag: vault.crossRegionRestore,
    },
  };
}

function isEmpty(vault: Vault): boolean {
  return Object.keys(vault.backup.items).length === 0;
}

const storageBody = z.object({
  properties: z.looseObject({
    storageModelType: z.enum(['GeoRedundant', 'LocallyRedundant', 'ZoneRedundant']).optional(),
    crossRegionRestoreFlag: z.boolean().optional(),
  }),
});

/** PATCH or PUT of the storage configuration; the kind of storage is fixed once something is protected. */
export function putStorageConfig(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const { properties } = bodyOf(request, storageBody, invalidInput);
  const kind = properties.storageModelType ?? vault.redundancy;
  if (kind !== vault.redundancy && !isEmpty(vault)) {
    const text = 'Storage redundancy can be changed through the vault API only before items are protected.';
    throw new Refusal(400, 'BMSUserErrorRedundancySettingsUseVaultApi', text, { cause: 'service' });
  }
  vault.redundancy = kind;
  vault.crossRegionRestore = properties.crossRegionRestoreFlag ?? vault.crossRegionRestore;
  return request.method === 'PATCH' ? { status: 204 } : ok(renderStorageConfig(vault));
}

/** GET backupEncryptionConfigs: Microsoft's keys; the CLI asks before each restore. */
export function getEncryption(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const name = 'backupResourceEncryptionConfig';
  const id = `${vault.id}/backupEncryptionConfigs/${name}`;
  const properties = {
    encryptionAtRestType: 'MicrosoftManaged',
    lastUpdateStatus: 'NotEnabled',
    infrastructureEncryptionState: 'Disabled',
  };
  return ok({ id, name, type: `${vaults}/backupEncryptionConfigs`, properties });
}

const pinBody = z.looseObject({ resourceGuardOperationRequests: z.array(z.string()).optional() });

/** POST backupSecurityPIN: a PIN for five minutes. */
export function securityPin(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const { resourceGuardOperationRequests: requests } = bodyOf(request, pinBody, invalidInput);
  checkGuard(request, world, { vault, kind: 'getBackupSecurityPINRequests', requests });
  const pin = stableNumber(`${vault.id}:${world.now}`, 6);
  const ticks = (world.now + 5 * span.minute) * 10_000 + 621_355_968_000_000_000;
  return ok({ token: pin, expiryTimeInUtcTicks: ticks, securityPIN: pin });
}

/** GET backupUsageSummaries: counts of items, or of containers. */
export function usageSummaries(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const kind = wanted(parseFilter(queryOf(request, '$filter')), 'type') ?? 'BackupProtectedItemCountSummary';
  const currentValue = Object.keys(vault.backup.items).length;
  const name = { value: 'AzureIaasVM', localizedValue: 'Azure Virtual Machine' };
  const known = keyOf(kind).startsWith('backupprotected');
  return ok({ value: known ? [{ unit: 'Count', currentValue, limit: -1, name }] : [] });
}

/** GET usages of a vault: the counts that the portal's overview shows. */
export function vaultUsages(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const items = Object.values(vault.backup.items);
  const jobs = Object.values(vault.backup.jobs).filter((job) => job.timeline.start > world.now - span.day);
  const count = (value: string, localizedValue: string, currentValue: number) => ({
    unit: 'Count',
    currentValue,
    limit: -1,
    name: { value, localizedValue },
  });
  return ok({
    value: [
      count('ProtectedItemCount', 'Backup items/Azure virtual machine backup', items.length),
      count('ProtectedItemCriticalCount', 'Critical', items.filter((item) => item.error !== undefined).length),
      count('IaaSVMProtectedItemCount', 'Azure Virtual Machines', items.length),
      count('InProgressJobsCount', 'In progress', jobs.filter((job) => jobStatus(job, world) === 'InProgress').length),
      count('FailedJobsCount', 'Failed', jobs.filter((job) => jobStatus(job, world) === 'Failed').length),
    ],
  });
}
