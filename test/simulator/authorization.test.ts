import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { practiceSubscription, startTestSimulator, type TestSimulator } from '../support/simulator.ts';
import { all, clientsOf, itemOf } from './clients.ts';

const ana = 'a0000000-0000-4000-8000-000000000001';
const tom = 'a0000000-0000-4000-8000-000000000004';
const scope = `subscriptions/${practiceSubscription}/resourceGroups/rg-sql`;

describe('authorization through the vendor client', () => {
  let simulator: TestSimulator;
  before(async () => {
    simulator = await startTestSimulator({ strictAuthorization: true });
  });
  after(() => simulator.close());

  it('finds the roles of an engineer through a group, at and above the scope', async () => {
    const { authorization } = clientsOf(simulator);
    const filter = `atScope() and assignedTo('${ana}')`;
    const assignments = await all(authorization.roleAssignments.listForScope(scope, { filter }));
    assert.equal(assignments.length, 8);
    const names = await Promise.all(
      assignments.map(async ({ roleDefinitionId = '' }) => {
        const role = await authorization.roleDefinitions.getById(roleDefinitionId.slice(1));
        return role.roleName;
      }),
    );
    assert.ok(names.includes('Backup Operator') && names.includes('Vaultkeeper Site Recovery reads'));
  });

  it('finds a reader to be a reader only, and no deny assignments', async () => {
    const { authorization } = clientsOf(simulator);
    const held = await all(authorization.roleAssignments.listForScope(scope, { filter: `assignedTo('${tom}')` }));
    assert.equal(held.length, 1);
    assert.deepEqual(
      await all(authorization.denyAssignments.listForScope(scope, { filter: `assignedTo('${tom}')` })),
      [],
    );
  });

  it('lets the engineer back up and the reader not', async () => {
    const sql = itemOf('rg-sql', 'sql-prod-01');
    const body = { properties: { objectType: 'IaasVMBackupRequest' as const } };
    await clientsOf(simulator, ana).backup.backups.trigger(...sql, body);
    await assert.rejects(clientsOf(simulator, tom).backup.backups.trigger(...sql, body), (cause) => {
      const { statusCode, code, message } = cause as { statusCode: number; code: string; message: string };
      assert.deepEqual([statusCode, code], [403, 'AuthorizationFailed']);
      assert.match(message, new RegExp(`object id '${tom}'.*protectedItems/backup/action`));
      return true;
    });
  });

  it('says 403 before 404, to somebody without any role', async () => {
    const nobody = clientsOf(simulator, 'e0000000-0000-4000-8000-000000000009');
    await assert.rejects(nobody.compute.snapshots.get('rg-none', 'none'), { statusCode: 403 });
    await assert.rejects(clientsOf(simulator, tom).compute.snapshots.get('rg-none', 'none'), { statusCode: 404 });
  });

  it('says 401 to a call without a token', async () => {
    const response = await fetch(`${simulator.url}/subscriptions?api-version=2022-12-01`);
    assert.equal(response.status, 401);
    assert.match(response.headers.get('www-authenticate') ?? '', /^Bearer /);
  });
});

describe('the traps of the built-in roles', () => {
  let simulator: TestSimulator;
  const operator = 'f0000000-0000-4000-8000-000000000001';
  before(async () => {
    simulator = await startTestSimulator({ strictAuthorization: true });
    await assign('494ae006-db33-4328-bf46-533a6560a3ca');
    await assign('00c29273-979b-4161-815c-10b084fb9324');
  });
  after(() => simulator.close());

  async function assign(role: string): Promise<void> {
    await simulator.control.grant({ objectId: operator, role, scope: `/subscriptions/${practiceSubscription}` });
  }

  it('a Site Recovery Operator may not list the items of a vault, nor read the status of an operation', async () => {
    const { recovery } = clientsOf(simulator, operator);
    const forbidden = { statusCode: 403, code: 'AuthorizationFailed' };
    await assert.rejects(all(recovery.replicationProtectedItems.list('rsv-dr-neu', 'rg-backup-neu')), forbidden);
    const address = `${simulator.url}/subscriptions/${practiceSubscription}/resourceGroups/rg-backup-neu/providers/Microsoft.RecoveryServices/vaults/rsv-dr-neu/replicationOperationStatus/x?api-version=2023-06-01`;
    const { token } = await simulator.credential(operator).getToken();
    const status = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(status.status, 403);
    const fabric = 'asr-a2a-default-westeurope';
    const items = recovery.replicationProtectedItems.listByReplicationProtectionContainers(
      'rsv-dr-neu',
      'rg-backup-neu',
      fabric,
      `${fabric}-container`,
    );
    assert.ok((await all(items)).length > 0);
  });

  it('a Backup Operator may stop protection, not delete it, nor read the configuration of a vault', async () => {
    const { backup } = clientsOf(simulator, operator);
    const build = itemOf('rg-sql', 'sql-prod-02');
    const properties = {
      protectedItemType: 'Microsoft.Compute/virtualMachines' as const,
      protectionState: 'ProtectionStopped' as const,
    };
    await backup.protectedItems.createOrUpdate(...build, { properties });
    await assert.rejects(backup.protectedItems.delete(...build), { statusCode: 403 });
    await assert.rejects(backup.backupResourceVaultConfigs.get('rsv-dev-weu', 'rg-dev'), { statusCode: 403 });
  });

  it('enabling protection needs the right to write the VM as well', async () => {
    const { backup } = clientsOf(simulator, operator);
    const web = itemOf('rg-web', 'web-prod-03');
    const base = `/subscriptions/${practiceSubscription}/resourceGroups`;
    const properties = {
      protectedItemType: 'Microsoft.Compute/virtualMachines' as const,
      sourceResourceId: `${base}/rg-web/providers/Microsoft.Compute/virtualMachines/web-prod-03`,
      policyId: `${base}/rg-backup-weu/providers/Microsoft.RecoveryServices/vaults/rsv-prod-weu/backupPolicies/DefaultPolicy`,
    };
    await assert.rejects(backup.protectedItems.createOrUpdate(...web, { properties }), {
      statusCode: 403,
      code: 'LinkedAuthorizationFailed',
    });
  });

  it('Resource Graph shows what the caller may read, and refuses nothing', async () => {
    const { graph } = clientsOf(simulator, operator);
    const count = async (name: string) =>
      (await graph.resources({ query: `// q:${name}\n`, subscriptions: [practiceSubscription] })).count;
    assert.equal(await count('snapshots'), 0);
    assert.ok((await count('protected-items')) > 0);
  });

  it('a deny assignment takes a right away', async () => {
    await simulator.control.deny({
      scope: `/subscriptions/${practiceSubscription}`,
      principals: [ana],
      actions: ['Microsoft.Compute/*/read'],
    });
    const { compute } = clientsOf(simulator, ana);
    await assert.rejects(compute.virtualMachines.get('rg-sql', 'sql-prod-01'), { statusCode: 403 });
    const { authorization } = clientsOf(simulator);
    const found = await all(authorization.denyAssignments.listForScope(scope, { filter: `assignedTo('${ana}')` }));
    assert.equal(found.length, 1);
  });
});

describe('management groups', () => {
  let simulator: TestSimulator;
  const reader = 'f0000000-0000-4000-8000-000000000002';
  const readerRole = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
  const [company, platform, other] = ['company', 'platform', 'other'].map(
    (name) => `/providers/Microsoft.Management/managementGroups/${name}`,
  ) as [string, string, string];
  const read = () => clientsOf(simulator, reader).compute.virtualMachines.get('rg-sql', 'sql-prod-01');
  beforeEach(async () => {
    simulator = await startTestSimulator({ strictAuthorization: true });
    await simulator.control.manage({ name: 'company' });
    await simulator.control.manage({ name: 'Platform', parent: 'company', subscriptions: [practiceSubscription] });
    await simulator.control.manage({ name: 'other', parent: 'company' });
  });
  afterEach(() => simulator.close());

  it('hand down roles to the subscriptions below them, and to no others', async () => {
    await simulator.control.grant({ objectId: reader, role: readerRole, scope: other });
    await assert.rejects(read(), { statusCode: 403 });
    await simulator.control.grant({ objectId: reader, role: readerRole, scope: company });
    await read();
  });

  it('hand down denials', async () => {
    await simulator.control.grant({ objectId: reader, role: readerRole, scope: platform });
    await read();
    await simulator.control.deny({ scope: other, principals: [reader], actions: ['*'] });
    await read();
    await simulator.control.deny({ scope: company, principals: [reader], actions: ['*'] });
    await assert.rejects(read(), { statusCode: 403 });
  });

  it('are named by the lists of a scope below them, with a role that belongs to no subscription', async () => {
    for (const scope of [company, other, '/'])
      await simulator.control.grant({ objectId: reader, role: readerRole, scope });
    await simulator.control.deny({ scope: platform, principals: [reader], actions: ['*'] });
    const { authorization } = clientsOf(simulator);
    const filter = `atScope() and assignedTo('${reader}')`;
    const held = await all(authorization.roleAssignments.listForScope(scope, { filter }));
    assert.deepEqual(new Set(held.map((one) => one.scope)), new Set(['/', company]));
    assert.deepEqual(
      held.map((one) => one.roleDefinitionId),
      Array(2).fill(`/providers/Microsoft.Authorization/roleDefinitions/${readerRole}`),
    );
    const denied = await all(authorization.denyAssignments.listForScope(scope, { filter }));
    assert.deepEqual(
      denied.map((one) => one.scope),
      [platform],
    );
  });
});
