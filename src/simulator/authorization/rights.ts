import type { World } from '../exchange.ts';
import { keyOf, nameOf, segmentAfter } from '../identity.ts';
import type { State } from '../state.ts';
import builtIn from './built-in-roles.json' with { type: 'json' };
import type { DenyAssignment, Permission, RoleAssignment, RoleDefinition } from './state.ts';

/** Azure's built-in roles that this simulator knows, with their actions as of 2026-08. */
export const builtInRoles: readonly RoleDefinition[] = builtIn.map((role) => ({
  ...role,
  type: 'BuiltInRole',
  scopes: ['/'],
}));

/** A role by its id or GUID, built-in or custom. */
export function roleOf(state: State, id: string): RoleDefinition | undefined {
  const name = keyOf(nameOf(id));
  return state.roleDefinitions[name] ?? builtInRoles.find((role) => role.name === name);
}

/** The principal itself and all groups that it is in, directly or through other groups. */
function identitiesOf(state: State, objectId: string): Set<string> {
  const found = new Set([keyOf(objectId)]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const group of Object.values(state.principals)) {
      if (found.has(keyOf(group.id)) || !(group.members ?? []).some((member) => found.has(keyOf(member)))) continue;
      found.add(keyOf(group.id));
      grown = true;
    }
  }
  return found;
}

/** Whether `scope` is `path` or one of the things that hold it, management groups among them. */
export function covers(state: State, scope: string, path: string): boolean {
  return holds(scope, path) || groupsAbove(state, path).some((group) => holds(scope, group));
}

function holds(scope: string, path: string): boolean {
  const outer = keyOf(scope).replace(/\/$/, '');
  const inner = keyOf(path);
  return inner === outer || inner.startsWith(`${outer}/`);
}

/** The ids of the management groups above a path: of its subscription, or of the management group that it is. */
function groupsAbove(state: State, path: string): readonly string[] {
  const subscription = keyOf(segmentAfter(path, 'subscriptions') ?? '');
  const groups = state.managementGroups ?? {};
  const own = Object.values(groups).find((group) => group.subscriptions.some((id) => keyOf(id) === subscription));
  const found: string[] = [];
  let next = subscription === '' ? groups[keyOf(segmentAfter(path, 'managementGroups') ?? '')]?.parent : own?.name;
  while (next !== undefined && !found.includes(next)) {
    found.push(next);
    next = groups[keyOf(next)]?.parent;
  }
  return found.map((name) => `/providers/Microsoft.Management/managementGroups/${name}`);
}

/** The role assignments of a principal, groups included, at or above `path`. */
export function assignmentsOf(state: State, objectId: string, path: string): RoleAssignment[] {
  const identities = identitiesOf(state, objectId);
  return Object.values(state.roleAssignments).filter(
    (one) => identities.has(keyOf(one.principal)) && covers(state, one.scope, path),
  );
}

/** The deny assignments that hit a principal at `path`. */
export function denialsOf(state: State, objectId: string, path: string): DenyAssignment[] {
  const identities = identitiesOf(state, objectId);
  return Object.values(state.denyAssignments).filter(
    (one) =>
      covers(state, one.scope, path) &&
      one.principals.some((id) => identities.has(keyOf(id)) || id === everyone) &&
      !one.excluded.some((id) => identities.has(keyOf(id))),
  );
}

/** Azure's id of "all principals" in deny assignments. */
const everyone = '00000000-0000-0000-0000-000000000000';

/**
 * Whether a principal may do `action` at `path`: some assignment without a condition grants it, no deny assignment
 * takes it away.
 */
export function may(world: World, objectId: string, on: { action: string; path: string }): boolean {
  const { state } = world;
  const granted = assignmentsOf(state, objectId, on.path).some(
    (one) => one.condition === undefined && grants(roleOf(state, one.role)?.permissions ?? [], on.action),
  );
  return granted && !denialsOf(state, objectId, on.path).some((one) => grants(one.permissions, on.action));
}

/** Whether a permission block grants `action`: matched by an action, by no notAction; `*` stands for anything. */
export function grants(permissions: readonly Permission[], action: string): boolean {
  return permissions.some(
    (block) =>
      block.actions.some((pattern) => matches(pattern, action)) &&
      !block.notActions.some((pattern) => matches(pattern, action)),
  );
}

function matches(pattern: string, action: string): boolean {
  const parts = keyOf(pattern).split('*');
  const text = keyOf(action);
  const [first = '', ...rest] = parts;
  if (!text.startsWith(first)) return false;
  if (rest.length === 0) return text === first;
  let at = first.length;
  for (const part of rest.slice(0, -1)) {
    const next = text.indexOf(part, at);
    if (next < 0) return false;
    at = next + part.length;
  }
  const last = rest.at(-1) ?? '';
  return text.length - at >= last.length && text.endsWith(last);
}
