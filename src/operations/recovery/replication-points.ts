import { nameOf, sameId } from '../../azure/arm-id.ts';
import type { ReplicatedItem, ReplicationPoint } from '../../azure/types.ts';
import type { Text } from '../../message.ts';
import type { Context } from '../context.ts';
import { moment } from '../facts.ts';
import { own } from '../operation.ts';
import type { Choice } from '../screen.ts';

const message = own('failover.test');
/** A person chooses among the newest ones by number. */
const offered = 5;

/** The newest point that Site Recovery has processed: no point is named in the request, and Azure takes it. */
export const latest = 'latest-processed';

/** See `latest`. */
export const latestChoice: Choice = { value: latest, title: message('latest'), details: message('latest-details') };

/** The newest recovery points of an item. */
export async function pointChoices(context: Context, item: ReplicatedItem): Promise<readonly Choice[]> {
  return (await context.azure.recovery.recoveryPoints(item.id)).slice(0, offered).map(pointChoice);
}

function pointChoice(point: ReplicationPoint): Choice {
  return {
    value: point.id,
    title: { time: point.time },
    details: message('point-details', {
      consistency: { message: `recovery-point.list.${point.consistency}` },
      age: { age: point.time },
    }),
  };
}

/** A point as it is told: its moment, or that it is the latest. */
export async function pointText(context: Context, item: ReplicatedItem, point: string): Promise<Text> {
  if (point === latest) return message('latest');
  const known = (await context.azure.recovery.recoveryPoints(item.id)).find((candidate) => sameId(candidate.id, point));
  return known === undefined ? nameOf(point) : moment(known.time);
}
