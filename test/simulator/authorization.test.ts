import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
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
    assert.equal(assignments.length, 7);
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
