import type * as chrono from 'chrono-node';
import * as english from 'chrono-node/en';
import * as italian from 'chrono-node/it';
import * as portuguese from 'chrono-node/pt';
import { endOfDay, instantAt, instantsAt, offsetMinutes, type WallClock, wallClockOf } from './zone.ts';

/** A moment as it was said: what is fixed in it, and what has to be chosen by its use. */
export interface Moment {
  readonly wall: WallClock;
  /** No time of day was said. */
  readonly wholeDay: boolean;
  /** How often what was said comes round: a weekday every week, a time every day. Undefined: said in full. */
  readonly repeats?: 'day' | 'week' | 'year';
  /** A zone was named ("14:00 UTC"): the exact instant. */
  readonly exact?: string;
}

/** A moment with the place of its words in the text that was read. */
export interface FoundMoment {
  readonly start: number;
  readonly end: number;
  readonly moment: Moment;
}

/** Whose clock and calendar are meant. */
export interface Clock {
  readonly locale: string;
  readonly timeZone: string;
  readonly now: Date;
}

/** It has been or is going on; after it the parser would take it for tomorrow's. */
const thisMorning = /\b(?:stamattina|questa mattina)\b/i;

/** All moments in a text, in the language of `tag`; day before month, except for American English. */
export function momentsIn(text: string, tag: string, clock: Clock): readonly FoundMoment[] {
  const reference = { instant: clock.now, timezone: offsetMinutes(clock.now, clock.timeZone) };
  return parserOf(tag, clock.locale)
    .parse(text, reference, { forwardDate: !thisMorning.test(text) })
    .map((found) => ({
      start: found.index,
      end: found.index + found.text.length,
      moment: momentOf(found.start, found.text),
    }));
}

/** The date that many days ago, as `momentsIn` reads it in the language of `tag`. */
export function dateBefore({ now, timeZone }: Clock, days: number, tag: string): string {
  const wall = wallClockOf(now, timeZone);
  const iso = new Date(Date.UTC(wall.year, wall.month - 1, wall.day - days)).toISOString().slice(0, 10);
  return tag === 'en' ? iso : iso.split('-').toReversed().join('/');
}

type Parser = Pick<chrono.Chrono, 'parse'>;

function parserOf(tag: string, locale: string): Parser {
  if (tag.startsWith('pt')) return portuguese.casual;
  if (tag.startsWith('it')) return italian.casual;
  return /^en-US$/i.test(locale) ? english.casual : english.GB;
}

function momentOf(start: chrono.ParsedComponents, said: string): Moment {
  const of = (component: chrono.Component) => start.get(component) ?? 0;
  const wall = { year: of('year'), month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute') };
  const repeats = repeatsOf(start);
  return {
    wall,
    wholeDay: !start.isCertain('hour') && !/\b(?:night|noite|sera|notte|stanotte|stasera)\b/iu.test(said),
    ...(repeats === undefined ? {} : { repeats }),
    ...(start.isCertain('timezoneOffset') ? { exact: start.date().toISOString() } : {}),
  };
}

function repeatsOf(start: chrono.ParsedComponents): Moment['repeats'] {
  if (start.isCertain('year')) return undefined;
  if (start.isCertain('day')) return 'year';
  if (start.isCertain('weekday')) return 'week';
  return start.isCertain('hour') ? 'day' : undefined;
}

/** Until when something is kept: the end of a day that was named, in the speaker's zone. ISO 8601, UTC. */
export function asExpiry(moment: Moment, timeZone: string): string {
  if (moment.exact !== undefined) return moment.exact;
  return instantAt(moment.wholeDay ? endOfDay(moment.wall) : moment.wall, timeZone).toISOString();
}

/** A moment of the past: "Monday" is the last one, "14:00" has already been. A whole day is meant from its beginning or to its end. ISO 8601, UTC. */
export function asPast(moment: Moment, edge: 'begin' | 'end', clock: Pick<Clock, 'timeZone' | 'now'>): string {
  if (moment.exact !== undefined) return moment.exact;
  return instantAt(pastWall(moment, edge, clock), clock.timeZone).toISOString();
}

/** Like `asPast`, but all that it can mean: two moments in the hour that is shown twice, none in the one that is left out. */
export function pastMeanings(
  moment: Moment,
  edge: 'begin' | 'end',
  clock: Pick<Clock, 'timeZone' | 'now'>,
): readonly string[] {
  // A day begins and ends with a moment of its own, whatever the clocks do in between.
  if (moment.exact !== undefined || moment.wholeDay) return [asPast(moment, edge, clock)];
  return instantsAt(pastWall(moment, edge, clock), clock.timeZone).map((instant) => instant.toISOString());
}

/** Like `asExpiry`, but all that it can mean; see `pastMeanings`. */
export function expiryMeanings(moment: Moment, timeZone: string): readonly string[] {
  if (moment.exact !== undefined || moment.wholeDay) return [asExpiry(moment, timeZone)];
  return instantsAt(moment.wall, timeZone).map((instant) => instant.toISOString());
}

function pastWall(moment: Moment, edge: 'begin' | 'end', clock: Pick<Clock, 'timeZone' | 'now'>): WallClock {
  const day = edge === 'end' ? endOfDay(moment.wall) : { ...moment.wall, hour: 0, minute: 0 };
  const wall = moment.wholeDay ? day : moment.wall;
  const begins = instantAt(moment.wholeDay ? { ...wall, hour: 0, minute: 0 } : wall, clock.timeZone);
  return begins > clock.now ? onceEarlier(wall, moment.repeats) : wall;
}

function onceEarlier(wall: WallClock, repeats: Moment['repeats']): WallClock {
  if (repeats === undefined) return wall;
  if (repeats === 'year') return { ...wall, year: wall.year - 1 };
  const days = repeats === 'week' ? 7 : 1;
  const earlier = new Date(Date.UTC(wall.year, wall.month - 1, wall.day - days, wall.hour, wall.minute));
  return { ...wallClockOf(earlier, 'UTC') };
}

/** A moment that many units after (or, negative, before) another, on the speaker's calendar: a month is a month, a day may have 23 hours. */
export function moved(from: Date, count: number, unit: string, timeZone: string): string {
  const minutes: Readonly<Record<string, number>> = { minute: 1, hour: 60 };
  const step = minutes[unit];
  if (step !== undefined) return new Date(from.getTime() + count * step * 60_000).toISOString();
  const wall = wallClockOf(from, timeZone);
  const days: Readonly<Record<string, number>> = { day: 1, week: 7 };
  const month = wall.month - 1 + (unit === 'month' ? count : 0);
  const year = wall.year + (unit === 'year' ? count : 0);
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day = unit in days ? wall.day + count * (days[unit] ?? 0) : Math.min(wall.day, lastOfMonth);
  const there = wallClockOf(new Date(Date.UTC(year, month, day, wall.hour, wall.minute)), 'UTC');
  return instantAt(there, timeZone).toISOString();
}

/** Whether a moment lies ahead as it was said: "tomorrow at 9". What comes round may have been meant of the past. */
export function isAhead({ wall, repeats, exact }: Moment, now: Date): boolean {
  if (exact !== undefined) return new Date(exact) > now;
  return repeats === undefined && Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute) > now.getTime();
}
