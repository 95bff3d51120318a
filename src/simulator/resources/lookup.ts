import { type ArmRequest, param, type World } from '../exchange.ts';
import { keyOf } from '../identity.ts';
import { groupNotFound, resourceNotFound, subscriptionNotFound } from '../refusal.ts';
import type { State } from '../state.ts';
import type { Resource } from './state.ts';

/** Refuses a path into a subscription or a group that does not exist; making a group is the exception. */
export function checkPlace(request: ArmRequest, state: State): void {
  const { subscription, group } = request.params;
  if (subscription !== undefined && state.subscriptions[keyOf(subscription)] === undefined) {
    throw subscriptionNotFound(subscription);
  }
  if (group === undefined || subscription === undefined) return;
  const making = request.method === 'PUT' && /\/resourcegroups\/[^/]+$/i.test(request.path);
  if (state.groups[groupKey(subscription, group)] === undefined && !making) throw groupNotFound(group);
}

/** The index of a resource group. */
export function groupKey(subscription: string, group: string): string {
  return keyOf(`/subscriptions/${subscription}/resourceGroups/${group}`);
}

/** A kind of resource: where the state keeps it, what ARM calls it, which path parameter names it. */
export interface Kind<T extends Resource> {
  readonly type: string;
  readonly parameter: string;
  readonly table: (state: State) => Record<string, T>;
}

/** The index of the resource that the request's path names, which need not exist. */
export function keyIn<T extends Resource>(request: ArmRequest, kind: Kind<T>): string {
  return keyOf(idIn(request, kind));
}

/** The id of the resource that the request's path names, as the caller wrote it. */
export function idIn<T extends Resource>(request: ArmRequest, kind: Kind<T>): string {
  const group = `/subscriptions/${param(request, 'subscription')}/resourceGroups/${param(request, 'group')}`;
  return `${group}/providers/${kind.type}/${param(request, kind.parameter)}`;
}

/** The resource that the request's path names, or ARM's 404. */
export function resourceIn<T extends Resource>(request: ArmRequest, world: World, kind: Kind<T>): T {
  const found = kind.table(world.state)[keyIn(request, kind)];
  if (found !== undefined) return found;
  throw resourceNotFound(kind.type, param(request, kind.parameter), param(request, 'group'));
}

/** The resources of the request's subscription, and of its group if the path has one. */
export function resourcesIn<T extends Resource>(request: ArmRequest, world: World, kind: Kind<T>): T[] {
  const subscription = param(request, 'subscription').toLowerCase();
  const group = request.params.group?.toLowerCase();
  return Object.values(kind.table(world.state)).filter(
    (one) =>
      one.subscription.toLowerCase() === subscription && (group === undefined || one.group.toLowerCase() === group),
  );
}

/** The fields that all resources of a group have in an answer, in Azure's order. */
export function envelope(resource: Resource, type: string): Record<string, unknown> {
  return { name: resource.name, id: resource.id, type, location: resource.location, tags: resource.tags };
}
