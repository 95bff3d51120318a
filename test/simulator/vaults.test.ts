import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { practiceSubscription, startTestSimulator, type TestSimulator } from '../support/simulator.ts';
import { all, clientsOf, minutes } from './clients.ts';

const vmId = (group: string, name: string) =>
  `/subscriptions/${practiceSubscription}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachines/${name}`;
const prod = ['rsv-prod-weu', 'rg-backup-weu'] as const;
const dev = ['rsv-dev-weu', 'rg-dev'] as const;

describe('vaults and their settings through the vendor client', () => {
  let simulator: TestSimulator;
  beforeEach(async () => {
    simulator = await startTestSimulator({ clock: 'real', pace: 0.001 });
  });
  afterEach(() => simulator.close());

  it('are listed with fewer properties than one of them shows', async () => {
    const { vaults } = clientsOf(simulator);
    const listed = await all(vaults.vaults.listBySubscriptionId());
    assert.deepEqual(
      listed.map((vault) => vault.name ?? '').sort((a, b) => a.localeCompare(b)),
      ['rsv-dev-weu', 'rsv-dr-neu', 'rsv-prod-neu', 'rsv-prod-weu'],
    );
    assert.equal(listed[0]?.properties?.securitySettings, undefined);
    const one = await vaults.vaults.get('rg-backup-weu', 'rsv-prod-weu');
    assert.equal(one.properties?.securitySettings?.softDeleteSettings?.softDeleteState, 'AlwaysON');
    assert.equal(one.properties?.securitySettings?.immutabilitySettings?.state, 'Unlocked');
    assert.equal(one.properties?.redundancySettings?.crossRegionRestore, 'Enabled');
    await assert.rejects(vaults.vaults.get('rg-backup-weu', 'none'), { statusCode: 404, code: 'ResourceNotFound' });
  });

  it('are made, changed and deleted, but not while something is in them', async () => {
    const { vaults } = clientsOf(simulator);
    const fast = { updateIntervalInMs: 5 };
    const made = await vaults.vaults.createOrUpdate(
      'rg-dev',
      'rsv-new',
      { location: 'westeurope', properties: {} },
      fast,
    );
    assert.equal(made.properties?.provisioningState, 'Succeeded');
    await vaults.vaults.update('rg-dev', 'rsv-new', { tags: { env: 'test' } }, fast);
    assert.deepEqual((await vaults.vaults.get('rg-dev', 'rsv-new')).tags, { env: 'test' });
    await vaults.vaults.delete('rg-dev', 'rsv-new', fast);
    await assert.rejects(vaults.vaults.get('rg-dev', 'rsv-new'), { statusCode: 404 });
    await assert.rejects(async () => vaults.vaults.delete('rg-dev', 'rsv-dev-weu', fast), { statusCode: 400 });
  });

  it('show and change soft delete, except where it is always on', async () => {
    const { backup } = clientsOf(simulator);
    const read = async () => (await backup.backupResourceVaultConfigs.get(...dev)).properties?.softDeleteFeatureState;
    assert.equal(await read(), 'Enabled');
    await backup.backupResourceVaultConfigs.update(...dev, { properties: { softDeleteFeatureState: 'Disabled' } });
    assert.equal(await read(), 'Disabled');
    await assert.rejects(
      backup.backupResourceVaultConfigs.update(...prod, { properties: { softDeleteFeatureState: 'Disabled' } }),
      {
        code: 'BMSUserErrorDisablingSoftDeleteStateNotAllowed',
      },
    );
  });

  it('show their storage, which is fixed once something is protected', async () => {
    const { backup } = clientsOf(simulator);
    const config = await backup.backupResourceStorageConfigsNonCRR.get(...prod);
    assert.equal(config.properties?.storageTypeState, 'Locked');
    const change = { properties: { storageModelType: 'LocallyRedundant' as const } };
    await assert.rejects(backup.backupResourceStorageConfigsNonCRR.update(...prod, change), {
      code: 'BMSUserErrorRedundancySettingsUseVaultApi',
    });
    await backup.backupResourceStorageConfigsNonCRR.patch('rsv-dr-neu', 'rg-backup-neu', change);
  });

  it('have policies that are listed, made, and deleted when nothing uses them', async () => {
    const { backup } = clientsOf(simulator);
    const policies = await all(backup.backupPolicies.list(...prod));
    assert.deepEqual(
      policies.map((policy) => policy.name),
      ['DefaultPolicy', 'EnhancedPolicy', 'prod-daily-30d'],
    );
    const { properties } = await backup.protectionPolicies.get(...prod, 'prod-daily-30d');
    assert.ok((properties?.protectedItemsCount ?? 0) > 10);
    await backup.protectionPolicies.createOrUpdate(...prod, 'copy', {
      ...(properties === undefined ? {} : { properties }),
    });
    await backup.protectionPolicies.beginDelete(...prod, 'copy');
    await assert.rejects(backup.protectionPolicies.get(...prod, 'copy'), { statusCode: 404 });
    await assert.rejects(backup.protectionPolicies.beginDelete(...prod, 'prod-daily-30d'), { statusCode: 400 });
    const invalid = { properties: { backupManagementType: 'MAB' as const } };
    await assert.rejects(backup.protectionPolicies.createOrUpdate(...prod, 'bad', invalid), {
      code: 'BMSUserErrorInvalidPolicyInput',
    });
  });

  it('list containers, items by filter, and count them', async () => {
    const { backup } = clientsOf(simulator);
    const containers = await all(
      backup.backupProtectionContainers.list(...prod, { filter: "backupManagementType eq 'AzureIaasVM'" }),
    );
    assert.equal(containers.length, 14);
    const filter = "backupManagementType eq 'AzureIaasVM' and friendlyName eq 'sql-prod-01'";
    assert.equal((await all(backup.backupProtectedItems.list(...prod, { filter }))).length, 1);
    const usages = await all(
      backup.backupUsageSummaries.list(...prod, { filter: "type eq 'BackupProtectedItemCountSummary'" }),
    );
    assert.equal(usages[0]?.currentValue, 14);
    await assert.rejects(all(backup.backupProtectedItems.list(...prod, { filter: 'nonsense' })), {
      code: 'BMSUserErrorInvalidInput',
    });
  });

  it('tell whether a VM is protected, whoever protects it', async () => {
    const { backup } = clientsOf(simulator);
    const ask = (name: string, group: string) =>
      backup.backupStatus.get('westeurope', { resourceType: 'VM', resourceId: vmId(group, name) });
    assert.match((await ask('sql-prod-01', 'rg-sql')).vaultId ?? '', /rsv-prod-weu$/);
    assert.equal((await ask('app-01', 'RG-ERP')).protectionStatus, 'Protected');
    assert.equal((await ask('app-01', 'rg-crm')).protectionStatus, 'NotProtected');
  });

  it('filter jobs by state, verb and time', async () => {
    const { backup } = clientsOf(simulator);
    const failed = await all(
      backup.backupJobs.list(...prod, { filter: "status eq 'Failed' and operation eq 'Backup'" }),
    );
    assert.deepEqual(
      failed.map((job) => job.properties?.entityFriendlyName),
      ['crm-db-01'],
    );
    const since = new Date(Date.now() - 30 * minutes(60)).toISOString().slice(0, 10);
    const recent = await all(
      backup.backupJobs.list(...prod, {
        filter: `startTime eq '${since} 12:00:00 AM' and endTime eq '2100-01-01 12:00:00 AM'`,
      }),
    );
    const every = await all(backup.backupJobs.list(...prod));
    assert.ok(recent.length > 0 && recent.length < every.length);
    await assert.rejects(backup.jobDetails.get(...prod, 'none'), { statusCode: 404 });
  });

  it('give a security PIN, and refresh their containers', async () => {
    const { backup } = clientsOf(simulator);
    assert.match((await backup.securityPINs.get(...prod)).securityPIN ?? '', /^\d{6}$/);
    await backup.protectionContainers.refresh(...prod, 'Azure');
  });
});

describe('disks and snapshots through the vendor client', () => {
  let simulator: TestSimulator;
  beforeEach(async () => {
    simulator = await startTestSimulator({ clock: 'real', pace: 0.001 });
  });
  afterEach(() => simulator.close());

  it('are opened for access, which keeps a snapshot from being deleted', async () => {
    const { compute } = clientsOf(simulator);
    const fast = { updateIntervalInMs: 5 };
    const at = ['rg-web', 'web-prod-01-before-patch'] as const;
    const access = { access: 'Read' as const, durationInSeconds: 600 };
    const granted = await compute.snapshots.grantAccess(...at, access, fast);
    assert.match(granted.accessSAS ?? '', /^https:\/\//);
    await assert.rejects(compute.snapshots.delete(...at).submitted(), { statusCode: 409 });
    await compute.snapshots.revokeAccess(...at, fast);
    await compute.snapshots.delete(...at, fast);
    await assert.rejects(compute.snapshots.get(...at), { statusCode: 404 });
    await compute.snapshots.delete(...at, fast);
  });

  it('are tagged anew, and copied to another region with a percentage', async () => {
    const { compute } = clientsOf(simulator);
    const fast = { updateIntervalInMs: 5 };
    const at = ['rg-web', 'web-prod-01-before-patch'] as const;
    await compute.snapshots.update(...at, { tags: { owner: 'ana' } }, fast);
    const source = await compute.snapshots.get(...at);
    assert.deepEqual(source.tags, { owner: 'ana' });
    const creationData = { createOption: 'CopyStart', sourceResourceId: source.id ?? '' };
    await compute.snapshots.createOrUpdate(
      'rg-web',
      'far',
      { location: 'northeurope', incremental: true, creationData },
      fast,
    );
    const { completionPercent } = await compute.snapshots.get('rg-web', 'far');
    assert.ok(completionPercent !== undefined && completionPercent <= 100);
    const plain = { createOption: 'Copy', sourceResourceId: source.id ?? '' };
    await assert.rejects(
      compute.snapshots.createOrUpdate('rg-web', 'wrong', { location: 'northeurope', creationData: plain }).submitted(),
      { code: 'InvalidParameter' },
    );
  });
});
