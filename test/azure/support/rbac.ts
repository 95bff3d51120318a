import type { Received, Reply } from './fake-arm.ts';
import { refusal, subscriptionId } from './ports.ts';

const subscription = `/subscriptions/${subscriptionId}`;

/** A role assignment, by the role's short name. */
export interface Assigned {
  readonly scope: string;
  readonly role: string;
  readonly condition?: string | null;
  /** As Azure names the role, when not below the subscription. */
  readonly roleDefinitionId?: string;
}

interface Block {
  readonly actions: readonly string[];
  readonly notActions?: readonly string[];
}

/** What Azure's authorization endpoints know in a test. */
export interface Rbac {
  readonly assignments?: readonly Assigned[];
  readonly roles?: Readonly<Record<string, readonly Block[]>>;
  readonly denials?: readonly Record<string, unknown>[];
}

/** Answers as those endpoints do. */
export function answersOf(rbac: Rbac): (request: Received) => Reply {
  return ({ path }) => {
    if (path.endsWith('/roleAssignments')) return { body: { value: (rbac.assignments ?? []).map(assignmentBody) } };
    if (path.endsWith('/denyAssignments')) {
      return { body: { value: (rbac.denials ?? []).map((properties) => ({ properties })) } };
    }
    const role = rbac.roles?.[path.slice(path.lastIndexOf('/') + 1)];
    if (role === undefined) return { status: 404, body: refusal('RoleDefinitionDoesNotExist', 'gone') };
    return { body: { properties: { permissions: role } } };
  };
}

function assignmentBody({ scope, role, condition = null, roleDefinitionId }: Assigned) {
  const named = roleDefinitionId ?? `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
  return {
    properties: { scope, roleDefinitionId: named, principalId: 'some-group', principalType: 'Group', condition },
  };
}
