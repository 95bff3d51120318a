import { azureTime } from '../clock.ts';
import { listLocks } from '../conditions/routes.ts';
import { type Answer, type ArmRequest, type Handler, ok, pageOf, param, queryOf, type World } from '../exchange.ts';
import { keyOf, nameOf } from '../identity.ts';
import { Refusal } from '../refusal.ts';
import { assignmentsOf, builtInRoles, covers, denialsOf, roleOf } from './rights.ts';
import type { DenyAssignment, RoleAssignment, RoleDefinition } from './state.ts';

const provider = '/providers/Microsoft.Authorization/';

/** A request to Microsoft.Authorization below any scope; `kind` and `name` are what follows the provider. */
export interface ScopedRequest {
  readonly scope: string;
  readonly kind: string;
  readonly name?: string;
}

/** Splits `/{scope}/providers/Microsoft.Authorization/{kind}[/{name}]`, or gives undefined for other paths. */
export function splitScope(path: string): ScopedRequest | undefined {
  const at = keyOf(path).lastIndexOf(keyOf(provider));
  if (at < 0) return undefined;
  const [kind = '', name, more] = path.slice(at + provider.length).split('/');
  if (kind === '' || more !== undefined) return undefined;
  return { scope: path.slice(0, at), kind: keyOf(kind), ...(name === undefined ? {} : { name }) };
}

/** The handler and the RBAC action of a scoped request, or undefined where there is none. */
export function authorizationRoute(scoped: ScopedRequest): { action: string; handle: Handler } | undefined {
  const one = scoped.name !== undefined;
  const found: Record<string, Handler | undefined> = {
    roleassignments: one ? getAssignment : listAssignments,
    roledefinitions: one ? getDefinition : listDefinitions,
    denyassignments: one ? undefined : listDenials,
    permissions: one ? undefined : listPermissions,
    locks: one ? undefined : listLocks,
  };
  const handle = found[scoped.kind];
  const name = kinds[scoped.kind];
  return handle === undefined || name === undefined
    ? undefined
    : { action: `Microsoft.Authorization/${name}/read`, handle };
}

const kinds: Readonly<Record<string, string>> = {
  roleassignments: 'roleAssignments',
  roledefinitions: 'roleDefinitions',
  denyassignments: 'denyAssignments',
  permissions: 'permissions',
  locks: 'locks',
};

function scopeOf(request: ArmRequest): string {
  return param(request, 'scope');
}

/** `assignedTo('…')`, `principalId eq '…'` and `atScope()` of the filter. */
function filterOf(request: ArmRequest): { assignedTo?: string; principal?: string; atScope: boolean } {
  const text = queryOf(request, '$filter') ?? '';
  const assignedTo = /assignedTo\(\s*'([^']*)'\s*\)/i.exec(text)?.[1];
  const principal = /principalId\s+eq\s+'?([\w-]+)'?/i.exec(text)?.[1];
  return {
    ...(assignedTo === undefined ? {} : { assignedTo }),
    ...(principal === undefined ? {} : { principal }),
    atScope: /atScope\(\)/i.test(text),
  };
}

function listAssignments(request: ArmRequest, world: World): Answer {
  const { assignedTo, principal, atScope } = filterOf(request);
  const scope = scopeOf(request);
  const { state } = world;
  const rows = Object.values(state.roleAssignments).filter(
    (one) => covers(state, one.scope, scope) || (!atScope && covers(state, scope, one.scope)),
  );
  const held = assignedTo === undefined ? undefined : new Set(heldBy(world, assignedTo, rows));
  const wanted = rows.filter(
    (one) =>
      (held === undefined || held.has(one)) && (principal === undefined || keyOf(one.principal) === keyOf(principal)),
  );
  return pageOf(request, wanted, { size: 500, render: (one) => renderAssignment(one, world) });
}

/** Of `rows`, those that a principal holds itself or through its groups, below the scope too. */
function heldBy(world: World, objectId: string, rows: readonly RoleAssignment[]): RoleAssignment[] {
  return rows.filter((one) => assignmentsOf(world.state, objectId, one.scope).includes(one));
}

function getAssignment(request: ArmRequest, world: World): Answer {
  const found = world.state.roleAssignments[keyOf(param(request, 'name'))];
  if (found !== undefined) return ok(renderAssignment(found, world));
  throw new Refusal(404, 'RoleAssignmentNotFound', `The role assignment '${param(request, 'name')}' is not found.`);
}

function renderAssignment(one: RoleAssignment, world: World): Record<string, unknown> {
  const time = azureTime(one.created);
  return {
    properties: {
      roleDefinitionId: `${subscriptionIn(one.scope)}${provider}roleDefinitions/${nameOf(one.role)}`,
      principalId: one.principal,
      principalType: world.state.principals[keyOf(one.principal)]?.type ?? 'User',
      scope: one.scope,
      condition: one.condition ?? null,
      conditionVersion: one.condition === undefined ? null : '2.0',
      createdOn: time,
      updatedOn: time,
      createdBy: null,
      updatedBy: null,
      delegatedManagedIdentityResourceId: null,
      description: null,
    },
    id: `${one.scope.replace(/\/$/, '')}${provider}roleAssignments/${one.name}`,
    type: 'Microsoft.Authorization/roleAssignments',
    name: one.name,
  };
}

/** The subscription's part of a scope; empty for the root and for management groups, where roles have no subscription in their ids. */
function subscriptionIn(scope: string): string {
  return /^\/subscriptions\/[^/]+/i.exec(scope)?.[0] ?? '';
}

function listDefinitions(request: ArmRequest, world: World): Answer {
  const text = queryOf(request, '$filter') ?? '';
  const roleName = /roleName\s+eq\s+'([^']*)'/i.exec(text)?.[1];
  const type = /type\s+eq\s+'([^']*)'/i.exec(text)?.[1];
  const all = [...builtInRoles, ...Object.values(world.state.roleDefinitions)].filter(
    (role) =>
      (roleName === undefined || keyOf(role.roleName) === keyOf(roleName)) &&
      (type === undefined || keyOf(role.type) === keyOf(type)),
  );
  return ok({ value: all.map((role) => renderDefinition(role, scopeOf(request))) });
}

function getDefinition(request: ArmRequest, world: World): Answer {
  const name = param(request, 'name');
  const role = roleOf(world.state, name);
  if (role !== undefined) return ok(renderDefinition(role, scopeOf(request)));
  throw new Refusal(
    404,
    'RoleDefinitionDoesNotExist',
    `The specified role definition with ID '${name}' does not exist.`,
  );
}

function renderDefinition(role: RoleDefinition, scope: string): Record<string, unknown> {
  return {
    properties: {
      roleName: role.roleName,
      type: role.type,
      description: role.description,
      assignableScopes: role.scopes,
      permissions: role.permissions.map((block) => ({ dataActions: [], notDataActions: [], ...block })),
      createdOn: '2015-02-02T21:55:09.8806423Z',
      updatedOn: '2021-11-11T20:13:28.6061853Z',
      createdBy: null,
      updatedBy: null,
    },
    id: `${subscriptionIn(scope)}${provider}roleDefinitions/${role.name}`,
    type: 'Microsoft.Authorization/roleDefinitions',
    name: role.name,
  };
}

function listDenials(request: ArmRequest, world: World): Answer {
  const { assignedTo, principal } = filterOf(request);
  const objectId = assignedTo ?? principal;
  const scope = scopeOf(request);
  const rows =
    objectId === undefined
      ? Object.values(world.state.denyAssignments).filter((one) => covers(world.state, one.scope, scope))
      : denialsOf(world.state, objectId, scope);
  return ok({ value: rows.map(renderDenial) });
}

function renderDenial(one: DenyAssignment): Record<string, unknown> {
  return {
    properties: {
      denyAssignmentName: one.title,
      description: one.title,
      permissions: one.permissions.map((block) => ({ dataActions: [], notDataActions: [], ...block })),
      scope: one.scope,
      doNotApplyToChildScopes: false,
      principals: one.principals.map((id) => ({ id, type: id.startsWith('00000000') ? 'SystemDefined' : 'User' })),
      excludePrincipals: one.excluded.map((id) => ({ id, type: 'User' })),
      isSystemProtected: true,
    },
    id: `${one.scope.replace(/\/$/, '')}${provider}denyAssignments/${one.name}`,
    type: 'Microsoft.Authorization/denyAssignments',
    name: one.name,
  };
}

/** `permissions` answers for the caller's own token only. */
function listPermissions(request: ArmRequest, world: World): Answer {
  const objectId = request.caller.objectId ?? '';
  const value = assignmentsOf(world.state, objectId, scopeOf(request)).flatMap(
    (one) => roleOf(world.state, one.role)?.permissions ?? [],
  );
  return ok({ value });
}
