import { nameOf, sameId } from '../../azure/arm-id.ts';
import type { ReplicatedItem, ReplicationPoint } from '../../azure/types.ts';
import { say, type Text } from '../../message.ts';
import type { Context } from '../context.ts';
import { fact, moment } from '../facts.ts';
import { own } from '../operation.ts';
import type { Choice, Fact } from '../screen.ts';

const message = own('failover.test');
/** The newest point that Site Recovery has processed: no point is named in the request, and Azure takes it. */
export const latest = 'latest-processed';

/** See `latest`. */
export const latestChoice: Choice = { value: latest, title: message('latest'), details: message('latest-details') };

/** All recovery points of an item, newest first. */
export async function pointChoices(context: Context, item: ReplicatedItem): Promise<readonly Choice[]> {
  return (await context.azure.recovery.recoveryPoints(item.id)).map(pointChoice);
}

function pointChoice(point: ReplicationPoint): Choice {
  return {
    value: point.id,
    title: { time: point.time },
    point: { time: point.time, consistency: point.consistency },
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

/** What the card of a failover shows of its point: its time, how it was made, and what is not in it. */
export async function pointFacts(context: Context, item: ReplicatedItem, point: string): Promise<readonly Fact[]> {
  const points = await context.azure.recovery.recoveryPoints(item.id);
  const known = point === latest ? points[0] : points.find((candidate) => sameId(candidate.id, point));
  const shown = fact('recovery-point', await pointText(context, item, point));
  if (known === undefined) return [shown];
  const seconds = Math.max(0, Math.round((context.now().getTime() - Date.parse(known.time)) / 1000));
  return [
    point === latest ? fact('recovery-point', message('latest-of', { time: moment(known.time) })) : shown,
    fact('consistency', { message: `recovery-point.list.${known.consistency}` }),
    fact('lost', say('fact.lost-since', { span: { seconds } })),
  ];
}
