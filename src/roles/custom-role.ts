import type { Operation } from '../operations/operation.ts';
import { neededActions } from './needed-actions.ts';

/** An Azure custom role as `az role definition create --role-definition` reads it. */
export interface CustomRole {
  readonly Name: string;
  readonly IsCustom: true;
  readonly Description: string;
  readonly Actions: readonly string[];
  readonly NotActions: readonly string[];
  readonly DataActions: readonly string[];
  readonly NotDataActions: readonly string[];
  /** ARM ids of subscriptions, resource groups and at most one management group. */
  readonly AssignableScopes: readonly string[];
}

/** What the role is written for. */
export interface RoleOrder {
  readonly operations: readonly Operation[];
  readonly scopes: readonly string[];
  /**
   * `without` leaves out what only destructive operations need; Azure then refuses those. It does not refuse what Azure grants by the same actions as
   * harmless work (`stillEnoughFor`): only the setting `DESTRUCTIVE_OPERATIONS=off` does.
   */
  readonly destructive: 'with' | 'without';
}

/** The least that the bot's identity needs for its operations, and nothing with a wildcard. */
export function customRole({ operations, scopes, destructive }: RoleOrder): CustomRole {
  const wanted = operations.filter(({ risk }) => destructive === 'with' || risk !== 'destructive');
  const kind = destructive === 'with' ? '' : ' without destructive operations';
  return {
    Name: `Vaultkeeper${kind}`,
    IsCustom: true,
    Description: `What the Vaultkeeper bot reads and does in Azure${kind}. Written by npm run role.`,
    Actions: neededActions(wanted).map(({ action }) => action),
    NotActions: [],
    DataActions: [],
    NotDataActions: [],
    AssignableScopes: scopes,
  };
}

/** Destructive operations that a role without them is enough for all the same: every action of theirs is needed for something else, and Azure has no narrower one. */
export function stillEnoughFor(operations: readonly Operation[]): readonly string[] {
  const held = neededActions(operations.filter(({ risk }) => risk !== 'destructive'));
  const actions = new Set(held.map(({ action }) => action.toLowerCase()));
  return operations
    .filter(({ risk }) => risk === 'destructive')
    .filter((operation) => neededActions([operation]).every(({ action }) => actions.has(action.toLowerCase())))
    .map(({ id }) => id);
}
