import assert from 'node:assert/strict';
import { subscriptionId, withArm } from './support/ports.ts';
import { answersOf, type Rbac } from './support/rbac.ts';

const oid = 'a0000000-0000-4000-8000-000000000001';
const group = `/subscriptions/${subscriptionId}/resourceGroups/rg-sql`;
const above = '/providers/Microsoft.Management/managementGroups/contoso';
const roles = { contributor: [{ actions: ['Microsoft.Compute/snapshots/*'] }] };
const denied = [{ actions: ['*'] }];
const role = 'contributor';

const cases: readonly (readonly [what: string, expected: boolean, rbac: Rbac])[] = [
  ['a role grants it at one that Azure names for the scope', true, { assignments: [{ scope: above, role }] }],
  ['the assignment at one has a condition', false, { assignments: [{ scope: above, role, condition: 'c' }] }],
  ['the scope only begins like one', false, { assignments: [{ scope: `${above}/settings/default`, role }] }],
  [
    'a denial stands at one, whatever its casing',
    false,
    {
      assignments: [
        { scope: group, role },
        { scope: '/', role },
      ],
      denials: [{ scope: above.toUpperCase(), permissions: denied }],
    },
  ],
  [
    'a denial stands at the root',
    false,
    { assignments: [{ scope: group, role }], denials: [{ scope: '/', permissions: denied }] },
  ],
  [
    'a denial is of the management group alone',
    true,
    {
      assignments: [{ scope: group, role }],
      denials: [{ scope: above, doNotApplyToChildScopes: true, permissions: denied }],
    },
  ],
];

describe('what management groups hand down', () => {
  for (const [what, expected, rbac] of cases) {
    it(`is ${expected ? 'granted' : 'not granted'} when ${what}`, async () => {
      await withArm(answersOf({ roles, ...rbac }), async ({ ports }) => {
        const right = { action: 'Microsoft.Compute/snapshots/write', scope: group };
        assert.equal(await ports.access.holds({ oid }, right), expected);
      });
    });
  }

  it('is looked up where the right is asked for, when the role’s id names no subscription', async () => {
    const roleDefinitionId = `/providers/Microsoft.Authorization/roleDefinitions/${role}`;
    const assignments = [{ scope: above, role, roleDefinitionId }];
    await withArm(answersOf({ assignments, roles }), async ({ arm, ports }) => {
      assert.ok(await ports.access.holds({ oid }, { action: 'Microsoft.Compute/snapshots/read', scope: group }));
      assert.equal(arm.received.at(-1)?.path, `/subscriptions/${subscriptionId}${roleDefinitionId}`);
    });
  });
});
