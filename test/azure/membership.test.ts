import assert from 'node:assert/strict';
import { refusal, subscriptionId, withArm } from './support/ports.ts';
import { answersOf } from './support/rbac.ts';

const oid = 'a0000000-0000-4000-8000-000000000001';
const subscription = `/subscriptions/${subscriptionId}`;
const group = `${subscription}/resourceGroups/rg-sql`;
const atGroup = [{ scope: group, role: 'contributor' }];

describe('membership of a group in Entra', () => {
  const asked = { group: 'SOME-group', scope: group };

  it('is told by the role assignments that Azure says are a person’s, at the scope or above it', async () => {
    await withArm(answersOf({ assignments: atGroup }), async ({ arm, ports }) => {
      assert.equal(await ports.access.isMember({ oid }, asked), true);
      assert.equal(await ports.access.isMember({ oid }, { ...asked, group: 'other-group' }), false);
      assert.equal(arm.received[0]?.query.get('$filter'), `atScope() and assignedTo('${oid}')`);
    });
    const above = [{ scope: '/providers/Microsoft.Management/managementGroups/contoso', role: 'contributor' }];
    await withArm(answersOf({ assignments: above }), async ({ ports }) => {
      assert.equal(await ports.access.isMember({ oid }, asked), true);
    });
    const below = [{ scope: `${group}/providers/Microsoft.Compute/disks/d`, role: 'contributor' }];
    await withArm(answersOf({ assignments: below }), async ({ ports }) => {
      assert.equal(await ports.access.isMember({ oid }, asked), false);
    });
  });

  it('is asked again when it must be fresh, and throws when Azure does not tell', async () => {
    await withArm(answersOf({ assignments: atGroup }), async ({ arm, ports }) => {
      for (const fresh of [false, false, true]) await ports.access.isMember({ oid }, asked, { fresh });
      assert.equal(arm.received.length, 2);
    });
    await withArm(
      () => ({ status: 403, body: refusal('AuthorizationFailed', 'no') }),
      async ({ ports }) => {
        await assert.rejects(ports.access.isMember({ oid }, asked), { code: 'azure-forbidden' });
        await assert.rejects(ports.access.knowsGroup('some-group'), { code: 'azure-forbidden' });
      },
    );
  });

  it('can be hoped for only in a group that some role assignment of the subscriptions names', async () => {
    await withArm(answersOf({ assignments: atGroup }), async ({ arm, ports }) => {
      assert.equal(await ports.access.knowsGroup('some-group'), true);
      assert.equal(await ports.access.knowsGroup('other-group'), false);
      assert.equal(arm.received[0]?.query.get('$filter'), "principalId eq 'some-group'");
      assert.equal(arm.received[0]?.path, `${subscription}/providers/Microsoft.Authorization/roleAssignments`);
    });
  });
});
