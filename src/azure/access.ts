import type { AuthorizationManagementClient } from '@azure/arm-authorization';
import { z } from 'zod';
import { CatalogueError } from '../errors.ts';
import { keyOf, subscriptionOf } from './arm-id.ts';
import type { Clients } from './clients.ts';
import { read, readAll } from './exchange.ts';
import { maybe, words } from './fields.ts';
import { quoted } from './filter-time.ts';
import { covers, type Permission, reaches } from './permissions.ts';
import type { AccessGateway, Right } from './ports.ts';
import { remembered } from './remembered.ts';

/** What the access gateway is built from. */
export interface AccessOptions {
  readonly clients: Clients;
  /** Where a group is looked for. */
  readonly subscriptionIds: readonly string[];
  readonly now: () => Date;
}

const actions = maybe(z.array(z.string())).transform((value) => value ?? []);
const permissions = maybe(z.array(z.object({ actions, notActions: actions }))).transform((value) => value ?? []);
const assignment = z.object({ scope: z.string(), roleDefinitionId: z.string(), condition: words, principalId: words });
const definition = z.object({ permissions });
const denial = z.object({
  scope: z.string(),
  permissions,
  doNotApplyToChildScopes: maybe(z.boolean()),
  excludePrincipals: maybe(z.array(z.object({ id: words }))),
});

type Assignment = z.infer<typeof assignment>;
type Denial = z.infer<typeof denial>;
type Question = { readonly oid: string; readonly right: Right };

/**
 * What somebody may do, worked out from Azure's own assignments with the bot's eyes (azure-api.md 4.1): `assignedTo` follows groups on Azure's side.
 * An assignment with a condition grants nothing here, a denial with one denies: neither can be evaluated. Throws when the assignments cannot be read:
 * then nobody knows, and that is not a yes.
 */
export function openAccess({ clients, subscriptionIds, now }: AccessOptions): Omit<AccessGateway, 'holdsForReading'> {
  const assignments = remembered<readonly Assignment[]>(now);
  const denials = remembered<readonly Denial[]>(now);
  const definitions = remembered<readonly Permission[]>(now);
  return {
    async holds({ oid }, right, options = {}) {
      const fresh = options.fresh ?? false;
      const client = await clients.authorization(subscriptionOf(right.scope), 'patient');
      const key = `${oid} ${keyOf(right.scope)}`.toLowerCase();
      const ask = { client, now, oid, scope: right.scope };
      const [granted, denied] = await Promise.all([
        assignments({ key, fresh }, () => assignmentsOf(ask)),
        denials({ key, fresh }, () => denialsOf(ask)),
      ]);
      if (denied.some((one) => denies(one, { oid, right }))) return false;
      const roles = granted.filter((one) => one.condition === undefined && reaches(one.scope, right.scope));
      const [broad, others] = inWaves(roles.map((one) => definitionIn(right.scope, one)));
      const grants = async (ids: readonly string[]): Promise<boolean> => {
        const blocks = await Promise.all(
          ids.map((id) => definitions({ key: keyOf(id), fresh }, () => permissionsOf({ client, now, id }))),
        );
        return blocks.flat().some((block) => covers(block, right.action));
      };
      return (await grants(broad)) || (await grants(others));
    },
    async isMember({ oid }, { group, scope }, { fresh = false } = {}) {
      const client = await clients.authorization(subscriptionOf(scope), 'patient');
      const key = `${oid} ${keyOf(scope)}`.toLowerCase();
      const held = await assignments({ key, fresh }, () => assignmentsOf({ client, now, oid, scope }));
      return held.some((one) => isOf(one, group) && reaches(one.scope, scope));
    },
    async knowsGroup(group) {
      for (const id of subscriptionIds) {
        const ask = { client: await clients.authorization(id, 'patient'), now, group, scope: `/subscriptions/${id}` };
        if ((await assignmentsTo(ask)).some((one) => isOf(one, group))) return true;
      }
      return false;
    },
  };
}

/** Owner, Contributor and Reader (Azure's built-in roles): whoever has one of them may do most of what is asked, and no further role is read. */
const broadRoles =
  /\/(?:8e3af657-a8ff-443c-a75c-2fe8c4bcb635|b24988ac-6180-42a0-ab88-20f7382dd24c|acdd72a7-3385-48ef-bd42-f606fba81ae7)$/i;

function inWaves(ids: readonly string[]): readonly [readonly string[], readonly string[]] {
  return [ids.filter((id) => broadRoles.test(id)), ids.filter((id) => !broadRoles.test(id))];
}

/** The role's id below the subscription that is asked about: a management group or the root names it where the bot may not look. */
function definitionIn(scope: string, { roleDefinitionId }: Assignment): string {
  const name = roleDefinitionId.slice(roleDefinitionId.lastIndexOf('/') + 1);
  return `/subscriptions/${subscriptionOf(scope)}/providers/Microsoft.Authorization/roleDefinitions/${name}`;
}

interface Ask {
  readonly client: AuthorizationManagementClient;
  readonly now: () => Date;
  readonly oid: string;
  readonly scope: string;
}

function assignmentsOf({ client, now, oid, scope }: Ask): Promise<readonly Assignment[]> {
  const filter = `atScope() and assignedTo(${quoted(oid)})`;
  return readAll(assignment, now, (options) =>
    client.roleAssignments.listForScope(inPath(scope), { ...options, filter }),
  );
}

/** Assignments that name the group itself, at the scope, above and below (roleAssignments `$filter=principalId eq …`). */
function assignmentsTo({ client, now, group, scope }: Omit<Ask, 'oid'> & { readonly group: string }) {
  const filter = `principalId eq ${quoted(group)}`;
  return readAll(assignment, now, (options) =>
    client.roleAssignments.listForScope(inPath(scope), { ...options, filter }),
  );
}

function isOf({ principalId }: Assignment, group: string): boolean {
  return principalId?.toLowerCase() === group.toLowerCase();
}

function denialsOf({ client, now, oid, scope }: Ask): Promise<readonly Denial[]> {
  const filter = `assignedTo(${quoted(oid)})`;
  return readAll(denial, now, (options) => client.denyAssignments.listForScope(inPath(scope), { ...options, filter }));
}

async function permissionsOf(ask: { client: AuthorizationManagementClient; now: () => Date; id: string }) {
  try {
    const found = await read(definition, ask.now, (options) =>
      ask.client.roleDefinitions.getById(inPath(ask.id), options),
    );
    return found.permissions;
  } catch (error) {
    // A deleted custom role leaves its assignments behind; it grants nothing.
    if (error instanceof CatalogueError && error.code === 'azure-not-found') return [];
    throw error;
  }
}

/** Somebody who is excluded by name is not denied; who is excluded through a group still is, because nothing here can tell. */
function denies(one: Denial, { oid, right }: Question): boolean {
  const here = keyOf(one.scope) === keyOf(right.scope);
  const applies = one.doNotApplyToChildScopes === true ? here : reaches(one.scope, right.scope);
  const excluded = (one.excludePrincipals ?? []).some(({ id }) => id?.toLowerCase() === oid.toLowerCase());
  return applies && !excluded && one.permissions.some((block) => covers(block, right.action));
}

/** These paths are the only ones that the SDK puts into the URL as they are. */
function inPath(scope: string): string {
  return scope.replace(/^\/+/, '').split('/').map(encodeURIComponent).join('/');
}
