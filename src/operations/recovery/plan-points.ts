import type { PlanPoint } from '../../azure/recovery-types.ts';
import { type Message, say } from '../../message.ts';
import type { Choice } from '../screen.ts';

const points: readonly PlanPoint[] = ['latest-processed', 'latest', 'application-consistent', 'crash-consistent'];

/** The kinds of points that a whole plan can go to; the quickest first. */
export function planPointChoices(): readonly Choice[] {
  return points.map((point) => ({
    value: point,
    title: planPointText(point),
    details: say(`plan-point.${point}.details`),
  }));
}

/** A kind of point in the reader's words. */
export function planPointText(point: PlanPoint): Message {
  return say(`plan-point.${point}`);
}
