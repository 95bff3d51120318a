import type { ArmId } from './types.ts';

/** An Azure action at a scope, such as `Microsoft.Compute/snapshots/write` at a resource group. */
export interface Right {
  readonly action: string;
  readonly scope: ArmId;
}

/** Whether somebody holds a right, and since when nothing newer could be heard: `asOf` (ISO 8601) is there while the last answer stands in. */
export interface HeldForReading {
  readonly held: boolean;
  readonly asOf?: string;
}

/** What somebody may do in Azure: role assignments with groups, definitions with wildcards and notActions, deny assignments; what cannot be evaluated counts as no. */
export interface AccessGateway {
  /** Cached for a minute unless `fresh`. */
  holds(principal: { readonly oid: string }, right: Right, options?: { readonly fresh?: boolean }): Promise<boolean>;
  /**
   * The same for an answer that changes nothing: while Azure's authorization does not answer, the person's last known right stands in, for at most an hour.
   * Never for a change, an approval or a start.
   */
  holdsForReading(principal: { readonly oid: string }, right: Right): Promise<HeldForReading>;
  /**
   * Whether a person belongs to a group in Entra, nested groups included, as far as role assignments tell: the group must hold a role at the scope or
   * above it. Cached for a minute unless `fresh`.
   */
  isMember(
    principal: { readonly oid: string },
    of: { readonly group: string; readonly scope: ArmId },
    options?: { readonly fresh?: boolean },
  ): Promise<boolean>;
  /** Whether any role assignment of the subscriptions names the group. */
  knowsGroup(group: string): Promise<boolean>;
}
