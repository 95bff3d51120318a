import assert from 'node:assert/strict';
import { refusal, subscriptionId, withArm } from './support/ports.ts';
import { type Assigned, answersOf, type Rbac } from './support/rbac.ts';

const oid = 'a0000000-0000-4000-8000-000000000001';
const subscription = `/subscriptions/${subscriptionId}`;
const group = `${subscription}/resourceGroups/rg-sql`;
const write = 'Microsoft.Compute/snapshots/write';
const right = { action: write, scope: group };

async function holds(rbac: Rbac, asked = right): Promise<boolean> {
  let answer = false;
  await withArm(answersOf(rbac), async ({ ports }) => {
    answer = await ports.access.holds({ oid }, asked);
  });
  return answer;
}

const contributor = { contributor: [{ actions: ['Microsoft.Compute/snapshots/*'] }] };
const atGroup = [{ scope: group, role: 'contributor' }];

const cases: readonly (readonly [what: string, expected: boolean, rbac: Rbac, asked?: typeof right])[] = [
  ['nobody has assigned anything', false, {}],
  ['a role grants the action at the scope', true, { assignments: atGroup, roles: contributor }],
  [
    'a role grants it at the subscription',
    true,
    { assignments: [{ scope: subscription, role: 'r' }], roles: { r: contributor.contributor } },
  ],
  [
    'a role grants it at the root',
    true,
    { assignments: [{ scope: '/', role: 'r' }], roles: { r: contributor.contributor } },
  ],
  [
    'casing drifts',
    true,
    {
      assignments: [{ scope: group.toUpperCase(), role: 'r' }],
      roles: { r: [{ actions: ['microsoft.compute/SNAPSHOTS/*'] }] },
    },
  ],
  [
    'the assignment is for a group of which the name begins alike',
    false,
    { assignments: [{ scope: `${subscription}/resourceGroups/rg`, role: 'contributor' }], roles: contributor },
  ],
  [
    'the assignment is below the scope',
    false,
    {
      assignments: [{ scope: `${group}/providers/Microsoft.Compute/snapshots/s`, role: 'contributor' }],
      roles: contributor,
    },
  ],
  [
    'the assignment has a condition',
    false,
    { assignments: [{ ...atGroup[0], condition: '@Resource[x] StringEquals 1' } as Assigned], roles: contributor },
  ],
  [
    'one assignment has a condition and another has none',
    true,
    {
      assignments: [
        { scope: group, role: 'contributor', condition: 'c' },
        { scope: subscription, role: 'contributor' },
      ],
      roles: contributor,
    },
  ],
  [
    'notActions take it away again',
    false,
    {
      assignments: atGroup,
      roles: { contributor: [{ actions: ['*'], notActions: ['Microsoft.Compute/snapshots/write'] }] },
    },
  ],
  [
    'notActions of one role, but another role grants it',
    true,
    {
      assignments: [...atGroup, { scope: group, role: 'other' }],
      roles: { contributor: [{ actions: ['*'], notActions: [write] }], other: [{ actions: [write] }] },
    },
  ],
  ['only a read is granted', false, { assignments: atGroup, roles: { contributor: [{ actions: ['*/read'] }] } }],
  [
    'a wildcard stands in the middle',
    true,
    { assignments: atGroup, roles: { contributor: [{ actions: ['Microsoft.Compute/*/write'] }] } },
  ],
  [
    'a dot in a pattern is a dot',
    false,
    { assignments: atGroup, roles: { contributor: [{ actions: ['MicrosoftXCompute/snapshots/write'] }] } },
  ],
  ['the role was deleted', false, { assignments: atGroup }],
  [
    'a denial covers it',
    false,
    { assignments: atGroup, roles: contributor, denials: [{ scope: subscription, permissions: [{ actions: ['*'] }] }] },
  ],
  [
    'a denial is for something else',
    true,
    {
      assignments: atGroup,
      roles: contributor,
      denials: [{ scope: subscription, permissions: [{ actions: ['Microsoft.Storage/*'] }] }],
    },
  ],
  [
    'a denial has an exception for it',
    true,
    {
      assignments: atGroup,
      roles: contributor,
      denials: [{ scope: subscription, permissions: [{ actions: ['*'], notActions: [write] }] }],
    },
  ],
  [
    'a denial is of the parent alone',
    true,
    {
      assignments: atGroup,
      roles: contributor,
      denials: [{ scope: subscription, doNotApplyToChildScopes: true, permissions: [{ actions: ['*'] }] }],
    },
  ],
  [
    'a denial of this scope alone',
    false,
    {
      assignments: atGroup,
      roles: contributor,
      denials: [{ scope: group, doNotApplyToChildScopes: true, permissions: [{ actions: ['*'] }] }],
    },
  ],
  [
    'a denial lies below',
    true,
    {
      assignments: atGroup,
      roles: contributor,
      denials: [{ scope: `${group}/providers/x/y/z`, permissions: [{ actions: ['*'] }] }],
    },
  ],
  [
    'a denial leaves out this person',
    true,
    {
      assignments: atGroup,
      roles: contributor,
      denials: [{ scope: group, excludePrincipals: [{ id: oid.toUpperCase() }], permissions: [{ actions: ['*'] }] }],
    },
  ],
  [
    'a denial leaves out a group that nothing here can see into',
    false,
    {
      assignments: atGroup,
      roles: contributor,
      denials: [{ scope: group, excludePrincipals: [{ id: 'some-group' }], permissions: [{ actions: ['*'] }] }],
    },
  ],
  [
    'a denial has a condition',
    false,
    {
      assignments: atGroup,
      roles: contributor,
      denials: [{ scope: group, condition: 'c', permissions: [{ actions: ['*'] }] }],
    },
  ],
];

describe('what somebody may do in Azure', () => {
  for (const [what, expected, rbac, asked] of cases) {
    it(`is ${expected ? 'granted' : 'not granted'} when ${what}`, async () => {
      assert.equal(await holds(rbac, asked), expected);
    });
  }

  const reader = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
  const both = [
    { scope: subscription, role: 'snapshots' },
    { scope: subscription, role: reader },
  ];
  const definitions = {
    [reader]: [{ actions: ['*/read'] }],
    snapshots: [{ actions: ['Microsoft.Compute/snapshots/*'] }],
  };
  for (const [action, read] of [
    ['Microsoft.Compute/snapshots/read', [reader]],
    ['Microsoft.Compute/snapshots/write', [reader, 'snapshots']],
  ] as const) {
    it(`reads the broad roles first, and others only where those do not grant it: ${action}`, async () => {
      await withArm(answersOf({ assignments: both, roles: definitions }), async ({ arm, ports }) => {
        assert.ok(await ports.access.holds({ oid }, { action, scope: group }));
        const asked = arm.received.map(({ path }) => path).filter((path) => path.includes('/roleDefinitions/'));
        assert.deepEqual(
          asked.map((path) => path.split('/').at(-1)),
          read,
        );
      });
    });
  }

  it('asks for the assignments at and above the scope, with groups followed, and for all denials', async () => {
    await withArm(answersOf({ assignments: atGroup, roles: contributor }), async ({ arm, ports }) => {
      await ports.access.holds({ oid }, right);
      const asked = arm.received.map(({ path, query }) => [path, query.get('$filter')]);
      assert.deepEqual(asked.slice(0, 2), [
        [`${group}/providers/Microsoft.Authorization/roleAssignments`, `atScope() and assignedTo('${oid}')`],
        [`${group}/providers/Microsoft.Authorization/denyAssignments`, `assignedTo('${oid}')`],
      ]);
    });
  });

  it('keeps an object id with a quote inside the filter, and a scope with a question mark inside the path', async () => {
    await withArm(answersOf({}), async ({ arm, ports }) => {
      await ports.access.holds({ oid: "x') or ('" }, { action: write, scope: `${group}?x=1` });
      assert.equal(arm.received[0]?.query.get('$filter'), "atScope() and assignedTo('x'') or (''')");
      assert.equal(arm.received[0]?.path, `${group}?x=1/providers/Microsoft.Authorization/roleAssignments`);
    });
  });

  it('is remembered for a minute, asked again after it, and at once when it must be fresh', async () => {
    await withArm(answersOf({ assignments: atGroup, roles: contributor }), async ({ arm, clock, ports }) => {
      const count = async (options?: { fresh: boolean }) => {
        const before = arm.received.length;
        assert.equal(await ports.access.holds({ oid }, right, options), true);
        return arm.received.length - before;
      };
      assert.equal(await count(), 3);
      clock.advance(59);
      assert.equal(await count(), 0);
      assert.equal(await count({ fresh: true }), 3);
      clock.advance(59);
      assert.equal(await count(), 0, 'what was heard fresh is remembered');
      clock.advance(2);
      assert.equal(await count(), 3);
    });
  });

  it('does not remember one person for another', async () => {
    const body = answersOf({ assignments: atGroup, roles: contributor });
    await withArm(
      (request) => (request.query.get('$filter')?.includes(oid) === false ? { body: { value: [] } } : body(request)),
      async ({ ports }) => {
        assert.equal(await ports.access.holds({ oid }, right), true);
        assert.equal(await ports.access.holds({ oid: 'somebody-else' }, right), false);
      },
    );
  });

  it('throws when the assignments cannot be read, and does not remember that', async () => {
    const body = answersOf({ assignments: atGroup, roles: contributor });
    let closed = true;
    await withArm(
      (request) => (closed ? { status: 403, body: refusal('AuthorizationFailed', 'no') } : body(request)),
      async ({ ports }) => {
        await assert.rejects(ports.access.holds({ oid }, right), { code: 'azure-forbidden' });
        closed = false;
        assert.equal(await ports.access.holds({ oid }, right), true);
      },
    );
  });
});
