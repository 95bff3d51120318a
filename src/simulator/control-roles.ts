import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { World } from './exchange.ts';
import { keyOf } from './identity.ts';

const roleBody = z
  .object({
    principal: z.object({
      id: z.string(),
      name: z.string().default(''),
      type: z.enum(['User', 'Group', 'ServicePrincipal']).default('User'),
      members: z.array(z.string()).optional(),
    }),
    assignment: z.object({ scope: z.string(), role: z.string(), condition: z.string().optional() }),
  })
  .strict();

/** Gives a principal, new or known, a role at a scope; the role by its GUID. */
export function addRole({ state, now }: World, body: unknown): unknown {
  const { principal, assignment } = roleBody.parse(body);
  const { members, ...rest } = principal;
  state.principals[keyOf(principal.id)] ??= { ...rest, ...(members === undefined ? {} : { members }) };
  const { scope, role, condition } = assignment;
  const name = randomUUID();
  const held = { name, scope, role, principal: principal.id, created: now };
  state.roleAssignments[name] = { ...held, ...(condition === undefined ? {} : { condition }) };
  return { name };
}

/** Takes all roles from a principal. */
export function removeRoles({ state }: World, body: unknown): unknown {
  const { principal } = z.object({ principal: z.string() }).strict().parse(body);
  const held = Object.values(state.roleAssignments).filter((one) => keyOf(one.principal) === keyOf(principal));
  for (const one of held) delete state.roleAssignments[one.name];
  return { removed: held.length };
}

const denialBody = z
  .object({ scope: z.string(), principals: z.array(z.string()).min(1), actions: z.array(z.string()).min(1) })
  .strict();

/** A deny assignment at a scope. */
export function addDenial({ state }: World, body: unknown): unknown {
  const { scope, principals, actions } = denialBody.parse(body);
  const name = randomUUID();
  const permissions = [{ actions, notActions: [] }];
  state.denyAssignments[name] = { name, title: 'Simulated denial', scope, permissions, principals, excluded: [] };
  return { name };
}

const groupBody = z
  .object({ name: z.string().min(1), parent: z.string().optional(), subscriptions: z.array(z.guid()).default([]) })
  .strict();

/** Makes a management group, or puts another one of the same name in its place. */
export function defineManagementGroup({ state }: World, body: unknown): unknown {
  const { parent, ...group } = groupBody.parse(body);
  state.managementGroups ??= {};
  state.managementGroups[keyOf(group.name)] = { ...group, ...(parent === undefined ? {} : { parent }) };
  return { name: group.name };
}

const definitionBody = z
  .object({ name: z.guid(), roleName: z.string(), actions: z.array(z.string()), notActions: z.array(z.string()) })
  .partial({ notActions: true })
  .strict();

/** Makes a custom role, or another one of the same GUID in its place. */
export function defineRole({ state }: World, body: unknown): unknown {
  const { name, roleName, actions, notActions = [] } = definitionBody.parse(body);
  const permissions = [{ actions, notActions }];
  const role = { name, roleName, description: roleName, type: 'CustomRole' as const, permissions, scopes: ['/'] };
  state.roleDefinitions[keyOf(name)] = role;
  return { name };
}
