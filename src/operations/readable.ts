import { resourceGroupScopeOf, subscriptionOf } from '../azure/arm-id.ts';
import type { Context } from './context.ts';
import { once } from './once.ts';

/** Who asks, and where rights are looked up. */
type Readers = Pick<Context, 'actor'> & { readonly azure: Pick<Context['azure'], 'access'> };

/**
 * Of what the bot's own identity can see, what this person may read: nobody learns through the bot what Azure would not show them.
 * Asked per resource group, and once for a subscription whose right covers all of them.
 */
export async function readable<T extends { readonly id: string }>(
  context: Readers,
  action: string,
  resources: readonly T[],
): Promise<readonly T[]> {
  const scopeOf = groupScopes();
  const scopeAt = resources.map(({ id }) => scopeOf(id));
  const scopes = [...new Set(scopeAt)];
  const subscriptions = [...new Set(scopes.map(subscriptionOf))];
  const whole = new Set(
    await heldAmong(
      context,
      action,
      subscriptions.map((id) => `/subscriptions/${id}`),
    ),
  );
  const single = scopes.filter((scope) => !whole.has(`/subscriptions/${subscriptionOf(scope)}`));
  const groups = new Set(await heldAmong(context, action, single));
  const isHeld = once((scope) => whole.has(`/subscriptions/${subscriptionOf(scope)}`) || groups.has(scope));
  return resources.filter((_, at) => isHeld(scopeAt[at] ?? ''));
}

/** The resource group of an id as a scope, in lower case; many ids begin alike. */
function groupScopes(): (id: string) => string {
  const ofBeginning = once((beginning) => resourceGroupScopeOf(beginning).toLowerCase());
  return (id) => ofBeginning(id.slice(0, endOfGroup(id)));
}

/** Where `/subscriptions/{id}/resourceGroups/{name}` ends. */
function endOfGroup(id: string): number {
  let at = 0;
  for (let segment = 0; segment < 4 && at !== -1; segment++) at = id.indexOf('/', at + 1);
  return at === -1 ? id.length : at;
}

async function heldAmong(context: Readers, action: string, scopes: readonly string[]): Promise<readonly string[]> {
  const held = await Promise.all(scopes.map((scope) => context.azure.access.holds(context.actor, { action, scope })));
  return scopes.filter((_, at) => held[at] === true);
}
