import { minutes } from './clients.ts';
import { type Answer, given, type Stage } from './recordings.ts';
import * as s from './scenes.ts';

const point = async (stage: Stage, version = '') =>
  given(s.rowsOf(await stage.send('GET', `${s.sql}/recoveryPoints/${version}`))[0]).name;

async function startAcross(stage: Stage): Promise<Answer> {
  const version = '?api-version=2021-11-15';
  const name = await point(stage, version);
  const access = await stage.send('POST', `${s.sql}/recoveryPoints/${name}/accessToken${version}`, { properties: {} });
  const request = s.restoreRequest(name, {
    recoveryType: 'RestoreDisks',
    region: 'northeurope',
    targetResourceGroupId: s.rg('rg-dr-neu'),
    storageAccountId: `${s.rg('rg-backup-neu')}/providers/Microsoft.Storage/storageAccounts/stcontosobackupneu`,
  });
  const details = (access.body as { properties: object }).properties;
  return stage.send('POST', `${s.location('northeurope')}/backupCrossRegionRestore${version}`, {
    crossRegionRestoreAccessDetails: details,
    restoreRequest: request,
  });
}

async function guarded(stage: Stage): Promise<string> {
  const guard = `${s.rg('rg-guard')}/providers/Microsoft.DataProtection/resourceGuards/guard`;
  const path = `${s.dev}/backupResourceGuardProxies/VaultProxy`;
  await stage.send('PUT', path, { properties: { resourceGuardResourceId: guard } });
  return guard;
}

const newVault = { location: 'westeurope', properties: { publicNetworkAccess: 'Enabled' }, sku: { name: 'Standard' } };
const status = (resourceId: string) => ({ resourceType: 'VM', resourceId });
const vmFilter = '%24filter=backupManagementType+eq+%27AzureIaasVM%27+and+itemType+eq+%27VM%27';
const target = {
  ...s.disks,
  recoveryType: 'AlternateLocation',
  targetVirtualMachineId: s.vm('rg-data', 'new'),
  subnetId: `${s.rg('rg-network-weu')}/providers/Microsoft.Network/virtualNetworks/vnet-dev-weu/subnets/default`,
};
const devItem = s.itemOf(s.dev, 'rg-dev', 'dev-build-01');

/** The recordings of Azure Backup. */
export const backupScenes: Readonly<Record<string, s.Scene>> = {
  backupStatus_notprotected: (stage) =>
    stage.send('POST', `${s.location('westeurope')}/backupStatus`, status(s.vm('rg-infra', 'jump-01'))),
  backupStatus_protected: (stage) =>
    stage.send('POST', `${s.location('westeurope')}/backupStatus`, status(s.vm('rg-sql', 'sql-prod-01'))),
  crr_aadProperties: (stage) =>
    stage.send('GET', `${s.location('northeurope')}/backupAadProperties?api-version=2021-11-15`),
  crr_restore_202: startAcross,
  crr_opstatus: async (stage) => {
    const answer = await startAcross(stage);
    await stage.advance(2000);
    return s.follow(stage, answer);
  },
  crr_job_inprogress: async (stage) => {
    const answer = await startAcross(stage);
    await stage.advance(2000);
    const { properties } = (await s.follow(stage, answer)).body as { properties: { jobId: string } };
    return stage.send('POST', `${s.location('northeurope')}/backupCrrJob`, {
      resourceId: s.prod,
      jobName: properties.jobId,
    });
  },
  crr_recoveryPoints_list: (stage) => stage.send('GET', `${s.sql}/recoveryPoints/?api-version=2021-11-15`),
  delete_item_202: (stage) => stage.send('DELETE', devItem),
  enableProtection_put_202: s.enable,
  job_alr_inprogress: async (stage) =>
    s.jobOf(stage, { answer: await s.startRestore(stage, target), vault: s.prod, ms: 5000 }),
  job_backup_inprogress_snapshot: async (stage) =>
    s.jobOf(stage, { answer: await s.startBackup(stage), vault: s.prod, ms: 12_000 }),
  job_backup_inprogress_transfer: async (stage) =>
    s.jobOf(stage, { answer: await s.startBackup(stage), vault: s.prod, ms: minutes(18) }),
  job_backup_completed: async (stage) =>
    s.jobOf(stage, { answer: await s.startBackup(stage), vault: s.prod, ms: s.late }),
  job_cancel_202: async (stage) => {
    const job = await s.jobOf(stage, { answer: await s.startRestore(stage, s.disks), vault: s.prod, ms: 3000 });
    return stage.send('POST', `${s.prod}/backupJobs/${(job.body as { name: string }).name}/cancel`);
  },
  job_configurebackup_completed: async (stage) =>
    s.jobOf(stage, { answer: await s.enable(stage), vault: s.prod, ms: s.late }),
  job_delete_completed: async (stage) =>
    s.jobOf(stage, { answer: await stage.send('DELETE', devItem), vault: s.dev, ms: s.late }),
  job_get_429: async (stage) => {
    await stage.simulator.control.settings({ throttling: true });
    for (let index = 0; index < 150; index += 1) await stage.send('GET', `${s.prod}/backupJobs`);
    return stage.send('GET', `${s.prod}/backupJobs/any`);
  },
  job_restoredisks_inprogress: async (stage) =>
    s.jobOf(stage, { answer: await s.startRestore(stage, s.disks), vault: s.prod, ms: 3000 }),
  job_restoredisks_completed: async (stage) =>
    s.jobOf(stage, { answer: await s.startRestore(stage, s.disks), vault: s.prod, ms: s.late }),
  jobs_list: (stage) => stage.send('GET', `${s.prod}/backupJobs`),
  operation_inprogress: async (stage) => s.follow(stage, await s.startBackup(stage)),
  operation_succeeded_jobId: async (stage) => {
    const answer = await s.startBackup(stage);
    await stage.advance(2000);
    return s.follow(stage, answer);
  },
  protectableItems_list: (stage) => stage.send('GET', `${s.prod}/backupProtectableItems`),
  protectedItems_list_IRPending: async (stage) => {
    await stage.send('DELETE', `${devItem}`);
    await s.enable(stage);
    await stage.advance(minutes(2));
    const answer = await stage.send('GET', `${s.prod}/backupProtectedItems?${vmFilter}`);
    const pending = s
      .rowsOf<{ properties: { protectionState: string } }>(answer)
      .filter((one) => one.properties.protectionState === 'IRPending');
    return { ...answer, body: { value: pending } };
  },
  protectedItems_list_protected: async (stage) => {
    const answer = await stage.send('GET', `${s.prod}/backupProtectedItems?${vmFilter}`);
    return { ...answer, body: { value: s.rowsOf(answer).slice(0, 1) } };
  },
  recoveryPoints_list: (stage) => stage.send('GET', `${s.sql}/recoveryPoints`),
  refreshContainers_202: (stage) => stage.send('POST', `${s.prod}/backupFabrics/Azure/refreshContainers`),
  refreshContainers_poll_202: async (stage) => stage.send('GET', await refreshed(stage)),
  refreshContainers_poll_204: async (stage) => {
    const path = await refreshed(stage);
    await stage.advance(minutes(1));
    return stage.send('GET', path);
  },
  resourceGuardProxies_list: async (stage) => {
    await guarded(stage);
    return stage.send('GET', `${s.dev}/backupResourceGuardProxies`);
  },
  resourceGuardProxy_put: (stage) =>
    stage.send('PUT', `${s.dev}/backupResourceGuardProxies/VaultProxy`, {
      properties: { resourceGuardResourceId: `${s.rg('g')}/providers/Microsoft.DataProtection/resourceGuards/x` },
    }),
  restore_disks_202: (stage) => s.startRestore(stage, s.disks),
  restore_olr_202: (stage) => s.startRestore(stage, { recoveryType: 'OriginalLocation' }),
  storageconfig_get: (stage) => stage.send('GET', `${s.prod}/backupstorageconfig/vaultstorageconfig`),
  triggerBackup_202: s.startBackup,
  undelete_put_202: async (stage) =>
    stage.send(
      'PUT',
      s.itemOf(s.dev, 'rg-legacy', 'legacy-print-01'),
      s.protection('rg-legacy', 'legacy-print-01', {
        policyId: '',
        isRehydrate: true,
        protectionState: 'ProtectionStopped',
      }),
    ),
  vault_get: (stage) => stage.send('GET', vaultPath),
  vault_get_404: (stage) => stage.send('GET', s.vaultOf('rg-dev', 'none')),
  vault_operationStatus: async (stage) => {
    const answer = await stage.send('PUT', s.vaultOf('rg-dev', 'new'), newVault);
    await stage.advance(minutes(1));
    return s.follow(stage, answer);
  },
  vault_patch_202: (stage) => stage.send('PATCH', s.dev, { properties: {} }),
  vault_put_201: (stage) => stage.send('PUT', s.vaultOf('rg-dev', 'new'), newVault),
  vaultconfig_get: (stage) => stage.send('GET', `${s.dev}/backupconfig/vaultconfig`),
  vaultconfig_patch_with_guard: async (stage) => {
    const guard = await guarded(stage);
    const properties = {
      softDeleteFeatureState: 'Disabled',
      resourceGuardOperationRequests: [`${guard}/disableSoftDeleteRequests/default`],
    };
    return stage.send('PATCH', `${s.dev}/backupconfig/vaultconfig`, { properties });
  },
  vaults_list_sub_page1: (stage) => stage.send('GET', `${s.subscription}/providers/Microsoft.RecoveryServices/vaults`),
};

const vaultPath = s.vaultOf('rg-backup-neu', 'rsv-prod-neu');

async function refreshed(stage: Stage): Promise<string> {
  const answer = await stage.send('POST', `${s.prod}/backupFabrics/Azure/refreshContainers`);
  return new URL(given(answer.headers.location)).pathname;
}
