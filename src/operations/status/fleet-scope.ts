import { resourceGroupOf, subscriptionOf } from '../../azure/arm-id.ts';
import type { NamedSubscription } from '../../azure/ports.ts';
import { say, type Text } from '../../message.ts';
import { parameter } from '../parameters.ts';

/** Of which part of the estate somebody wants to know: everything without them, all of them together with several. */
export const scopeParameters = {
  subscription: parameter.subscriptionName().optional(),
  group: parameter.groupName().optional(),
  region: parameter.regionName().optional(),
  tag: parameter.tag().optional(),
};

/** `subscription` by name or GUID, `group` by name, `region` as Azure writes it, `tag` as `name=value`. */
export interface Scope {
  readonly subscription?: string | undefined;
  readonly group?: string | undefined;
  readonly region?: string | undefined;
  readonly tag?: string | undefined;
}

/** Something with a place; what is not known of it lies in no narrower scope. */
export interface Placed {
  readonly id: string;
  readonly location?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** Whether a thing lies in the scope. Everything is compared in any casing: people say "env=Prod". */
export function within(scope: Scope, subscriptions: readonly NamedSubscription[]): (thing: Placed) => boolean {
  const wanted = subscriptionIdsOf(scope.subscription, subscriptions);
  const [tagName = '', ...rest] = (scope.tag ?? '').split('=');
  const tagValue = rest.join('=');
  return ({ id, location, tags }) =>
    (wanted === undefined || wanted.has(subscriptionOf(id).toLowerCase())) &&
    (scope.group === undefined || alike(resourceGroupOf(id), scope.group)) &&
    (scope.region === undefined || alike(location ?? '', scope.region)) &&
    (scope.tag === undefined || hasTag(tags ?? {}, tagName, tagValue));
}

/** Nothing was said: everything. */
export function isWhole(scope: Scope): boolean {
  return Object.values(scope).every((one) => one === undefined);
}

/** The scope in words: "group rg-erp, region westeurope"; undefined for everything. */
export function scopeText(scope: Scope): Text | undefined {
  const parts = (['subscription', 'group', 'region', 'tag'] as const).flatMap((kind) => {
    const name = scope[kind];
    return name === undefined ? [] : [say(`fleet.summary.in-${kind}`, { name })];
  });
  return parts.length === 0 ? undefined : parts;
}

/** A name may be that of several subscriptions: all of them are meant. */
function subscriptionIdsOf(
  said: string | undefined,
  subscriptions: readonly NamedSubscription[],
): ReadonlySet<string> | undefined {
  if (said === undefined) return undefined;
  const named = subscriptions.filter(({ id, name }) => alike(id, said) || alike(name, said));
  return new Set(named.length === 0 ? [said.toLowerCase()] : named.map(({ id }) => id.toLowerCase()));
}

function hasTag(tags: Readonly<Record<string, string>>, name: string, value: string): boolean {
  return Object.entries(tags).some(([key, own]) => alike(key, name) && (value === '' || alike(own, value)));
}

function alike(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
