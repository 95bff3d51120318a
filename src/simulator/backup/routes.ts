import type { Handler } from '../exchange.ts';
import { itemPath, paths } from '../paths.ts';
import type { Method, Route } from '../router.ts';
import { cancelJob } from './cancel.ts';

import * as across from './cross-region.ts';
import * as discovery from './discovery.ts';
import { mountFiles, unmountFiles } from './files.ts';
import * as guard from './guard.ts';
import { readResult, readStatus } from './operations.ts';
import { deleteItem, putItem } from './protection.ts';
import {
  backupStatus,
  getContainer,
  getItem,
  getJob,
  getPoint,
  getPolicy,
  listContainers,
  listItems,
  listJobs,
  listPoints,
  listPolicies,
} from './reads.ts';
import { triggerRestore } from './restore.ts';
import * as settings from './settings.ts';
import { triggerBackup } from './trigger.ts';
import { triggerValidate, validateNow } from './validate.ts';
import { vaultRoutes } from './vaults.ts';

const vaults = 'Microsoft.RecoveryServices/vaults';
const items = `${vaults}/backupFabrics/protectionContainers/protectedItems`;

/** Azure Backup. */
export function backupRoutes(): Route[] {
  return [
    ...vaultRoutes(),
    ...readRoutes(),
    ...operationRoutes(),
    ...itemRoutes(),
    ...configRoutes(),
    ...guardRoutes(),
    ...discoveryRoutes(),
    ...acrossRoutes(),
  ];
}

function route(method: Method, path: string, [action, handle]: [string, Handler]): Route {
  return { method, path, action, handle };
}

function readRoutes(): Route[] {
  const status = 'Microsoft.RecoveryServices/locations/backupStatus/action';
  return [
    route('POST', `${paths.location}/backupStatus`, [status, backupStatus]),
    route('GET', `${paths.vault}/backupProtectedItems`, [`${vaults}/backupProtectedItems/read`, listItems]),
    route('GET', `${paths.vault}/backupPolicies`, [`${vaults}/backupPolicies/read`, listPolicies]),
    route('GET', `${paths.vault}/backupPolicies/{policy}`, [`${vaults}/backupPolicies/read`, getPolicy]),
    route('GET', `${paths.vault}/backupJobs`, [`${vaults}/backupJobs/read`, listJobs]),
    route('GET', `${paths.vault}/backupJobs/{job}`, [`${vaults}/backupJobs/read`, getJob]),
    route('GET', `${paths.vault}/backupProtectionContainers`, [
      `${vaults}/backupProtectionContainers/read`,
      listContainers,
    ]),
    route('GET', `${paths.vault}/backupFabrics/{fabric}/protectionContainers/{container}`, [
      `${vaults}/backupFabrics/protectionContainers/read`,
      getContainer,
    ]),
  ];
}

function ofPoint(verb: string, handle: Handler): Route {
  const path = `${itemPath}/recoveryPoints/{point}/${verb}`;
  return route('POST', path, [`${items}/recoveryPoints/${verb}/action`, handle]);
}

function operationRoutes(): Route[] {
  const one = '{operation}';
  const fabric = `${paths.vault}/backupFabrics/{fabric}`;
  const job = `${paths.vault}/backupJobs/{job}`;
  const validate = 'backupValidateOperation';
  return [
    route('GET', `${fabric}/operationsStatus/${one}`, [`${vaults}/backupFabrics/operationsStatus/read`, readStatus]),
    route('GET', `${fabric}/operationResults/${one}`, [`${vaults}/backupFabrics/operationResults/read`, readResult]),
    route('GET', `${job}/operationsStatus/${one}`, [`${vaults}/backupJobs/operationsStatus/read`, readStatus]),
    route('GET', `${job}/operationResults/${one}`, [`${vaults}/backupJobs/operationResults/read`, readResult]),
    route('GET', `${paths.vault}/${validate}sStatuses/${one}`, [`${vaults}/${validate}sStatuses/read`, readStatus]),
    route('GET', `${paths.vault}/${validate}Results/${one}`, [`${vaults}/${validate}Results/read`, readResult]),
    route('GET', `${paths.vault}/backupOperations/${one}`, [`${vaults}/backupOperations/read`, readStatus]),
    route('GET', `${paths.vault}/backupOperationResults/${one}`, [`${vaults}/backupOperationResults/read`, readResult]),
    route('GET', `${itemPath}/operationsStatus/${one}`, [`${items}/operationsStatus/read`, readStatus]),
    route('GET', `${itemPath}/operationResults/${one}`, [`${items}/operationResults/read`, readResult]),
  ];
}

function itemRoutes(): Route[] {
  return [
    route('GET', itemPath, [`${items}/read`, getItem]),
    route('GET', `${itemPath}/recoveryPoints`, [`${items}/recoveryPoints/read`, listPoints]),
    route('GET', `${itemPath}/recoveryPoints/{point}`, [`${items}/recoveryPoints/read`, getPoint]),
    route('PUT', itemPath, [`${items}/write`, putItem]),
    route('DELETE', itemPath, [`${items}/delete`, deleteItem]),
    route('POST', `${itemPath}/backup`, [`${items}/backup/action`, triggerBackup]),
    ofPoint('restore', triggerRestore),
    ofPoint('provisionInstantItemRecovery', mountFiles),
    ofPoint('revokeInstantItemRecovery', unmountFiles),
    ofPoint('accessToken', across.accessToken),
    route('POST', `${paths.vault}/backupJobs/{job}/cancel`, [`${vaults}/backupJobs/cancel/action`, cancelJob]),
  ];
}

function configRoutes(): Route[] {
  const vaultConfig = `${paths.vault}/backupconfig/vaultconfig`;
  const storage = `${paths.vault}/backupstorageconfig/vaultstorageconfig`;
  const writeConfig = `${vaults}/backupconfig/write`;
  const writeStorage = `${vaults}/backupstorageconfig/write`;
  return [
    route('GET', vaultConfig, [`${vaults}/backupconfig/read`, settings.getVaultConfig]),
    route('PATCH', vaultConfig, [writeConfig, settings.putVaultConfig]),
    route('PUT', vaultConfig, [writeConfig, settings.putVaultConfig]),
    route('GET', `${paths.vault}/backupEncryptionConfigs/backupResourceEncryptionConfig`, [
      `${vaults}/backupEncryptionConfigs/read`,
      settings.getEncryption,
    ]),
    route('GET', storage, [`${vaults}/backupstorageconfig/read`, settings.getStorageConfig]),
    route('PATCH', storage, [writeStorage, settings.putStorageConfig]),
    route('PUT', storage, [writeStorage, settings.putStorageConfig]),
    route('POST', `${paths.vault}/backupSecurityPIN`, [`${vaults}/backupSecurityPIN/action`, settings.securityPin]),
    route('GET', `${paths.vault}/backupUsageSummaries`, [
      `${vaults}/backupUsageSummaries/read`,
      settings.usageSummaries,
    ]),
    route('GET', `${paths.vault}/usages`, [`${vaults}/usages/read`, settings.vaultUsages]),
  ];
}

function guardRoutes(): Route[] {
  const all = `${paths.vault}/backupResourceGuardProxies`;
  const action = `${vaults}/backupResourceGuardProxies`;
  return [
    route('GET', all, [`${action}/read`, guard.listGuards]),
    route('GET', `${all}/{guard}`, [`${action}/read`, guard.getGuard]),
    route('PUT', `${all}/{guard}`, [`${action}/write`, guard.putGuard]),
    route('DELETE', `${all}/{guard}`, [`${action}/delete`, guard.deleteGuard]),
    route('POST', `${all}/{guard}/unlockDelete`, [`${action}/unlockDelete/action`, guard.unlockDelete]),
  ];
}

function discoveryRoutes(): Route[] {
  const policy = `${paths.vault}/backupPolicies/{policy}`;
  const trigger = 'backupTriggerValidateOperation';
  return [
    route('GET', `${paths.vault}/backupProtectableItems`, [
      `${vaults}/backupProtectableItems/read`,
      discovery.listProtectable,
    ]),
    route('POST', `${paths.vault}/backupFabrics/{fabric}/refreshContainers`, [
      `${vaults}/backupFabrics/refreshContainers/action`,
      discovery.refreshContainers,
    ]),
    route('PUT', policy, [`${vaults}/backupPolicies/write`, discovery.putPolicy]),
    route('DELETE', policy, [`${vaults}/backupPolicies/delete`, discovery.deletePolicy]),
    route('POST', `${paths.location}/backupPreValidateProtection`, [
      'Microsoft.RecoveryServices/locations/backupPreValidateProtection/action',
      discovery.preValidate,
    ]),
    route('POST', `${paths.vault}/${trigger}`, [`${vaults}/${trigger}/action`, triggerValidate]),
    route('POST', `${paths.vault}/backupValidateOperation`, [`${vaults}/backupValidateOperation/action`, validateNow]),
  ];
}

/** Restore to the secondary region, which only the passive stamp's addresses offer. */
function acrossRoutes(): Route[] {
  const locations = 'Microsoft.RecoveryServices/locations';
  const at = (name: string): string => `${paths.location}/${name}`;
  return [
    route('GET', at('backupAadProperties'), [`${locations}/backupAadProperties/read`, across.aadProperties]),
    route('POST', at('backupCrossRegionRestore'), [
      `${locations}/backupCrossRegionRestore/action`,
      across.restoreAcross,
    ]),
    route('GET', at('backupCrrOperationsStatus/{operation}'), [
      `${locations}/backupCrrOperationsStatus/read`,
      across.acrossStatus,
    ]),
    route('GET', at('backupCrrOperationResults/{operation}'), [
      `${locations}/backupCrrOperationResults/read`,
      across.acrossResult,
    ]),
    route('POST', at('backupCrrJob'), [`${locations}/backupCrrJob/action`, across.acrossJob]),
    route('POST', at('backupCrrJobs'), [`${locations}/backupCrrJobs/action`, across.acrossJobs]),
  ];
}
