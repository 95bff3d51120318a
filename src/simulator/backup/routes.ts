import type { Handler } from '../exchange.ts';
import { itemPath, paths } from '../paths.ts';
import type { Method, Route } from '../router.ts';
import { readResult, readStatus } from './operations.ts';
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
import { triggerBackup } from './trigger.ts';
import { vaultRoutes } from './vaults.ts';

const vaults = 'Microsoft.RecoveryServices/vaults';
const items = `${vaults}/backupFabrics/protectionContainers/protectedItems`;

/** Azure Backup. */
export function backupRoutes(): Route[] {
  return [...vaultRoutes(), ...readRoutes(), ...operationRoutes(), ...itemRoutes()];
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

function operationRoutes(): Route[] {
  const one = '{operation}';
  return [
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
    route('POST', `${itemPath}/backup`, [`${items}/backup/action`, triggerBackup]),
  ];
}
