import assert from 'node:assert/strict';
import type { ProtectedItem } from '@azure/arm-recoveryservicesbackup';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { practiceSubscription, startTestSimulator, type TestSimulator } from '../support/simulator.ts';
import { all, clientsOf, itemOf } from './clients.ts';
import { jobAfter, operationFrom } from './operations.ts';

type ItemArguments = ReturnType<typeof itemOf>;
const vmType = 'Microsoft.Compute/virtualMachines';
const vmId = (rg: string, name: string) =>
  `/subscriptions/${practiceSubscription}/resourceGroups/${rg}/providers/${vmType}/${name}`;
const devItem = (rg: string, name: string): ItemArguments => {
  const [, , fabric, container, item] = itemOf(rg, name);
  return ['rsv-dev-weu', 'rg-dev', fabric, container, item];
};
const policyOf = ([vault, group]: ItemArguments, policy: string) =>
  `/subscriptions/${practiceSubscription}/resourceGroups/${group}/providers/Microsoft.RecoveryServices/vaults/${vault}/backupPolicies/${policy}`;

describe('protection through the vendor client', () => {
  let simulator: TestSimulator;
  beforeEach(async () => {
    simulator = await startTestSimulator();
  });
  afterEach(() => simulator.close());

  async function put(at: ItemArguments, properties: Partial<ProtectedItem> & Record<string, unknown>) {
    const { backup } = clientsOf(simulator);
    const body = { properties: { protectedItemType: vmType, ...properties } as ProtectedItem };
    const operation = await operationFrom((options) => backup.protectedItems.createOrUpdate(...at, body, options));
    return jobAfter(simulator, { vault: at[0], group: at[1], operation });
  }

  async function read(at: ItemArguments) {
    const item = await clientsOf(simulator).backup.protectedItems.get(...at);
    return item.properties as { protectionState?: string; policyId?: string; isScheduledForDeferredDelete?: boolean };
  }

  it('lists a VM as protectable, protects it, and takes its first backup', async () => {
    const { backup } = clientsOf(simulator);
    const web = itemOf('rg-web', 'web-prod-03');
    const names = async () =>
      (await all(backup.backupProtectableItems.list(web[0], web[1]))).map((one) => one.properties?.friendlyName);
    assert.ok((await names()).includes('web-prod-03'));
    const source = { sourceResourceId: vmId('rg-web', 'web-prod-03'), policyId: policyOf(web, 'DefaultPolicy') };
    const job = await put(web, source);
    assert.deepEqual([job.operation, job.status], ['ConfigureBackup', 'Completed']);
    assert.equal((await read(web)).protectionState, 'IRPending');
    assert.ok(!(await names()).includes('web-prod-03'));
    const body = { properties: { objectType: 'IaasVMBackupRequest' as const } };
    const operation = await operationFrom((options) => backup.backups.trigger(...web, body, options));
    await jobAfter(simulator, { vault: web[0], group: web[1], operation });
    assert.equal((await read(web)).protectionState, 'Protected');
  });

  it('refuses a VM of another vault, of another region, and an unknown policy', async () => {
    const sql = devItem('rg-sql', 'sql-prod-01');
    const elsewhere = { sourceResourceId: vmId('rg-sql', 'sql-prod-01'), policyId: policyOf(sql, 'DefaultPolicy') };
    await assert.rejects(put(sql, elsewhere), { statusCode: 409, code: 'UserErrorProtectedInAnotherVault' });
    const north = itemOf('rg-infra-neu', 'dc-dr-01');
    const far = { sourceResourceId: vmId('rg-infra-neu', 'dc-dr-01'), policyId: policyOf(north, 'DefaultPolicy') };
    await assert.rejects(put(north, far), { code: 'BMSUserErrorInvalidConfigureProtectionRequest' });
    const web = itemOf('rg-web', 'web-prod-03');
    const unknown = { sourceResourceId: vmId('rg-web', 'web-prod-03'), policyId: policyOf(web, 'none') };
    await assert.rejects(put(web, unknown), { statusCode: 404 });
  });

  it('stops protection and keeps the data, then resumes it', async () => {
    const sql = itemOf('rg-sql', 'sql-prod-01');
    const stopped = await put(sql, { policyId: '', protectionState: 'ProtectionStopped' });
    assert.equal(stopped.operation, 'DisableBackup');
    assert.deepEqual(await read(sql).then((item) => [item.protectionState, item.policyId]), ['ProtectionStopped', '']);
    await assert.rejects(
      clientsOf(simulator).backup.backups.trigger(...sql, { properties: { objectType: 'IaasVMBackupRequest' } }),
      { statusCode: 400 },
    );
    await put(sql, { policyId: policyOf(sql, 'EnhancedPolicy') });
    assert.equal((await read(sql)).protectionState, 'Protected');
  });

  it('deletes softly, undeletes, and forgets after fourteen days', async () => {
    const { backup } = clientsOf(simulator);
    const build = devItem('rg-dev', 'dev-build-01');
    const remove = async () => {
      const operation = await operationFrom((options) => backup.protectedItems.delete(...build, options));
      return jobAfter(simulator, { vault: build[0], group: build[1], operation });
    };
    assert.equal((await remove()).operation, 'DeleteBackupData');
    assert.equal((await read(build)).isScheduledForDeferredDelete, true);
    const undeleted = await put(build, { isRehydrate: true, protectionState: 'ProtectionStopped' });
    assert.equal(undeleted.operation, 'Undelete');
    assert.equal((await read(build)).isScheduledForDeferredDelete, undefined);
    await assert.rejects(put(build, { isRehydrate: true }), { statusCode: 409 });
    await put(build, { policyId: policyOf(build, 'DefaultPolicy') });
    await remove();
    await simulator.control.advance(14 * 86_400_000);
    await assert.rejects(read(build), { statusCode: 404, code: 'BMSUserErrorDataSourceObjectNotFound' });
  });

  it('refuses to delete what an immutable vault holds, and to suspend in one that is not immutable', async () => {
    const { backup } = clientsOf(simulator);
    const denied = { code: 'UserErrorOperationDeniedOnImmutableItem' };
    await assert.rejects(backup.protectedItems.delete(...itemOf('rg-sql', 'sql-prod-01')), denied);
    await assert.rejects(put(devItem('rg-dev', 'dev-build-01'), { protectionState: 'BackupsSuspended' }), denied);
  });

  it('locks an item while a change of it runs', async () => {
    const { backup } = clientsOf(simulator);
    const sql = itemOf('rg-sql', 'sql-prod-01');
    const properties = { protectedItemType: vmType, protectionState: 'ProtectionStopped' } as ProtectedItem;
    await backup.protectedItems.createOrUpdate(...sql, { properties });
    await assert.rejects(backup.protectedItems.createOrUpdate(...sql, { properties }), {
      statusCode: 409,
      code: 'BMSUserErrorObjectLocked',
    });
  });

  it('asks for the request of a Resource Guard before critical changes', async () => {
    const { backup } = clientsOf(simulator);
    const sql = itemOf('rg-sql', 'sql-prod-01');
    const guard = `/subscriptions/${practiceSubscription}/resourceGroups/rg-guard/providers/Microsoft.DataProtection/resourceGuards/guard`;
    assert.deepEqual(await all(backup.resourceGuardProxies.list(sql[0], sql[1])), []);
    await backup.resourceGuardProxy.put(sql[0], sql[1], 'VaultProxy', {
      properties: { resourceGuardResourceId: guard },
    });
    const [proxy] = await all(backup.resourceGuardProxies.list(sql[0], sql[1]));
    assert.equal(proxy?.properties?.resourceGuardOperationDetails?.length, 6);
    const stop = { protectionState: 'ProtectionStopped' as const };
    await assert.rejects(put(sql, stop), { message: 'ResourceGuard Operation requestid is either null or empty' });
    const requests = [`${guard}/updateProtectedItemRequests/default`];
    assert.equal((await put(sql, { ...stop, resourceGuardOperationRequests: requests })).status, 'Completed');
  });

  it('cancels a backup that takes its snapshot, not one that transfers', async () => {
    const { backup } = clientsOf(simulator);
    const sql = itemOf('rg-sql', 'sql-prod-01');
    const [vault, group] = sql;
    const body = { properties: { objectType: 'IaasVMBackupRequest' as const } };
    const start = async () => {
      const operation = await operationFrom((options) => backup.backups.trigger(...sql, body, options));
      return (await jobAfter(simulator, { vault, group, operation, ms: 2000 })).name ?? '';
    };
    const first = await start();
    await backup.jobCancellations.trigger(vault, group, first);
    const status = async (job: string) => (await backup.jobDetails.get(vault, group, job)).properties?.status;
    assert.equal(await status(first), 'Cancelling');
    await simulator.control.advance(60_000);
    assert.equal(await status(first), 'Cancelled');
    const second = await start();
    await simulator.control.advance(600_000);
    await backup.jobCancellations.trigger(vault, group, second);
    await simulator.control.advance(60_000);
    assert.equal(await status(second), 'InProgress');
    await assert.rejects(backup.jobCancellations.trigger(vault, group, first), { statusCode: 400 });
  });
});
