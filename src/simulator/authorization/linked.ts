import type { ArmRequest, World } from '../exchange.ts';
import { Refusal } from '../refusal.ts';
import { may } from './rights.ts';

/** A right that a call needs on something else than its own address. */
export interface LinkedRight {
  readonly action: string;
  readonly scope: string;
}

/** Refuses, under strict authorization, a caller who lacks a right on a linked resource (LinkedAuthorizationFailed). */
export function requireLinked(
  request: ArmRequest,
  world: World,
  of: { own: string; linked: readonly LinkedRight[] },
): void {
  if (!world.state.settings.strictAuthorization) return;
  const { objectId = '', name = objectId } = request.caller;
  const missing = of.linked.find(({ action, scope }) => !may(world, objectId, { action, path: scope }));
  if (missing === undefined) return;
  const text = `The client '${name}' with object id '${objectId}' has permission to perform action '${of.own}' on scope '${request.path}'; however, it does not have permission to perform action(s) '${missing.action}' on the linked scope(s) '${missing.scope}' or the linked scope(s) are invalid.`;
  throw new Refusal(403, 'LinkedAuthorizationFailed', text, { cause: 'gateway' });
}
