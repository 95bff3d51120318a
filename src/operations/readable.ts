import { resourceGroupScopeOf, subscriptionOf } from '../azure/arm-id.ts';
import type { Context } from './context.ts';

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
  const scopes = [...new Set(resources.map((resource) => resourceGroupScopeOf(resource.id).toLowerCase()))];
  const subscriptions = [...new Set(resources.map((resource) => subscriptionOf(resource.id).toLowerCase()))];
  const whole = new Set(
    await heldAmong(
      context,
      action,
      subscriptions.map((id) => `/subscriptions/${id}`),
    ),
  );
  const single = scopes.filter((scope) => !whole.has(`/subscriptions/${subscriptionOf(scope)}`));
  const groups = new Set(await heldAmong(context, action, single));
  return resources.filter(
    (resource) =>
      whole.has(`/subscriptions/${subscriptionOf(resource.id).toLowerCase()}`) ||
      groups.has(resourceGroupScopeOf(resource.id).toLowerCase()),
  );
}

async function heldAmong(context: Readers, action: string, scopes: readonly string[]): Promise<readonly string[]> {
  const held = await Promise.all(scopes.map((scope) => context.azure.access.holds(context.actor, { action, scope })));
  return scopes.filter((_, at) => held[at] === true);
}
