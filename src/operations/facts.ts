import { nameOf, resourceGroupOf } from '../azure/arm-id.ts';
import type { Aged } from '../azure/types.ts';
import { asCatalogueError } from '../errors.ts';
import { type Message, say, type Text } from '../message.ts';
import type { Context } from './context.ts';
import type { Fact } from './screen.ts';

/** A row of a card; the label is the message `fact.<label>`. */
export function fact(label: string, value: Text): Fact {
  return { label: say(`fact.${label}`), value };
}

/** A moment with its distance from now: "Sat 21 Nov, 14:02 (13:02 UTC), 3 hours ago". */
export function moment(instant: string): Message {
  return say('fact.moment', { time: { time: instant }, age: { age: instant } });
}

/** A VM with its resource group, because two VMs may have one name. */
export function vmWithGroup(vmId: string): Message {
  return say('fact.in-group', { name: nameOf(vmId), group: resourceGroupOf(vmId) });
}

/**
 * How long it usually takes: the range over past runs in seconds, or "no history yet" with fewer than three,
 * because a single number would be a promise.
 */
export function usualDuration(seconds: readonly number[]): Message {
  if (seconds.length < 3) return say('fact.no-history');
  const [low, high] = [Math.min(...seconds), Math.max(...seconds)];
  // Within a tenth of each other they are one number to a person.
  const same = high - low <= high / 10;
  const runs = seconds.length;
  // "25 to 40 min" is read faster than "25 min to 40 min"; with hours or seconds in it each end keeps its own units.
  if (!same && low >= 60 && high < 2 * 3600)
    return say('fact.usual-minutes', { low: Math.round(low / 60), high: Math.round(high / 60), runs });
  return say(same ? 'fact.usual-same' : 'fact.usual', {
    low: { seconds: same ? high : low },
    high: { seconds: high },
    runs,
  });
}

/** The usual duration where history is nice to have: no history when the vault cannot be asked. */
export async function usualOrUnknown(durations: Promise<readonly number[]>): Promise<Message> {
  return usualDuration(await durations.catch(() => []));
}

/** How many of the latest runs are looked through: listing them all would cost a preview more than it tells. */
const ownRuns = 200;

/** The usual duration of what Azure keeps no job of, such as snapshots: measured over our own successful runs. */
export async function usualOfOwnRuns(context: Context, operation: string): Promise<Message> {
  return await usualOrUnknown(ownDurations(context, operation));
}

async function ownDurations({ runs, actor }: Context, operation: string): Promise<readonly number[]> {
  const recent = await runs.recent(actor.tenantId, ownRuns);
  return recent.flatMap((run) => {
    const { startedAt, endedAt } = run;
    const counts = run.operation === operation && run.state === 'succeeded';
    if (!counts || startedAt === undefined || endedAt === undefined) return [];
    return [Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000)];
  });
}

/** Small print of what Resource Graph said: its age, and whether it is only the last that is known. */
export function ageNote(aged: Aged<unknown>): Message {
  return say(aged.standsIn === true ? 'fact.as-of-last-known' : 'fact.as-of', { age: { age: aged.asOf } });
}

/** Either what was looked for, or why it could not be looked at, and where. */
export type Seen<T> = { readonly seen: true; readonly value: T } | { readonly seen: false; readonly why: Text };

/** Looks without failing: an honest "could not look" instead of a lost answer. */
export async function look<T>(where: string, looking: Promise<T>): Promise<Seen<T>> {
  try {
    return { seen: true, value: await looking };
  } catch (error) {
    return { seen: false, why: say('fact.could-not-look', { where, why: asCatalogueError(error).text }) };
  }
}
