import type { AccessGateway } from '../azure/ports.ts';
import type { Operation } from '../operations/operation.ts';
import { type NeededAction, neededActions } from './needed-actions.ts';

/** An action that the bot's identity does not hold at a whole subscription. */
export interface MissingAction extends NeededAction {
  readonly subscriptionId: string;
}

/** What the start-up check has found so far; `checked` is false until it has an answer. */
export interface OwnRights {
  readonly checked: boolean;
  readonly missing: readonly MissingAction[];
  /** Why it could not be checked. */
  readonly failure?: string;
}

/** What the check is made of. */
export interface OwnRightsParts {
  readonly access: AccessGateway;
  /** The bot's own object id; undefined: it is not known. */
  readonly ownId: () => Promise<string | undefined>;
  readonly subscriptionIds: readonly string[];
  readonly operations: readonly Operation[];
  readonly log: { warn(fields: object, text: string): void };
}

/**
 * Compares what the bot's identity holds at each subscription with what the operations need. It never stops a start: rights may be given
 * lower down, at resource groups, and an operation that is not wanted needs no right.
 */
export function watchOwnRights(parts: OwnRightsParts): { readonly now: () => OwnRights; check(): Promise<OwnRights> } {
  let found: OwnRights = { checked: false, missing: [] };
  return {
    now: () => found,
    async check() {
      found = await compared(parts).catch((error: unknown) => ({
        checked: false,
        missing: [],
        failure: reasonOf(error),
      }));
      tell(parts, found);
      return found;
    },
  };
}

async function compared({ access, ownId, subscriptionIds, operations }: OwnRightsParts): Promise<OwnRights> {
  const oid = await ownId();
  if (oid === undefined)
    return { checked: false, missing: [], failure: 'the token of the identity names no object id' };
  const asked = subscriptionIds.flatMap((subscriptionId) =>
    neededActions(operations).map((needed) => ({ ...needed, subscriptionId })),
  );
  const held = await Promise.all(
    asked.map(({ action, subscriptionId }) =>
      access.holds({ oid }, { action, scope: `/subscriptions/${subscriptionId}` }),
    ),
  );
  return { checked: true, missing: asked.filter((_, at) => held[at] !== true) };
}

function tell({ log }: OwnRightsParts, { missing, failure }: OwnRights): void {
  if (failure !== undefined) log.warn({ failure }, 'what the identity may do in Azure could not be checked');
  for (const [subscriptionId, lacking] of Map.groupBy(missing, (one) => one.subscriptionId)) {
    const actions = lacking.map(({ action }) => action);
    const needing = [...new Set(lacking.flatMap(({ operations }) => operations))];
    log.warn(
      { subscriptionId, actions, operations: needing },
      'the identity lacks rights at the subscription; npm run role writes the role that has them',
    );
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
