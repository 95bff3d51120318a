import { span } from '../clock.ts';
import type { World } from '../exchange.ts';
import { stableGuid } from '../identity.ts';
import type { ReplicatedItem } from './state.ts';

/** A recovery point of replication. */
export interface ReplicationPoint {
  readonly name: string;
  readonly time: number;
  readonly type: 'CrashConsistent' | 'AppConsistent';
}

/** Between two recovery points, in ms. */
export const pointEvery = 5 * span.minute;

/**
 * The recovery points of an item, newest first. They follow from the clock: one every five minutes for two hours,
 * then those on the hour, which are app-consistent, for a day. Nothing is stored.
 */
export function pointsOf(item: ReplicatedItem, world: World): ReplicationPoint[] {
  if (item.pointsFrom === undefined) return [];
  const until = Math.min(world.now, item.pointsUntil ?? world.now);
  const points: ReplicationPoint[] = [];
  for (
    let time = until - (until % pointEvery);
    time >= Math.max(item.pointsFrom, until - span.day);
    time -= pointEvery
  ) {
    const onTheHour = time % span.hour === 0;
    if (time < until - 2 * span.hour && !onTheHour) continue;
    const name = stableGuid(`${item.internalId}:${time}`);
    points.push({ name, time, type: onTheHour ? 'AppConsistent' : 'CrashConsistent' });
  }
  return points;
}

/** The point that an id or a name means, if the item still has it. */
export function pointNamed(item: ReplicatedItem, world: World, id: string): ReplicationPoint | undefined {
  const name = id.slice(id.lastIndexOf('/') + 1).toLowerCase();
  return pointsOf(item, world).find((point) => point.name === name);
}
