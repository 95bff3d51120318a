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
  /** `without` leaves out what only destructive operations need; Azure then refuses them, whatever anybody approves. */
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
