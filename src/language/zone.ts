/** Wall-clock time in some zone, as a calendar shows it. Months from 1. */
export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** How far a zone is ahead of UTC at a moment, in minutes. */
export function offsetMinutes(moment: Date, timeZone: string): number {
  const shown = wallClockOf(moment, timeZone);
  const asUtc = Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute);
  return Math.round((asUtc - Math.floor(moment.getTime() / 60_000) * 60_000) / 60_000);
}

/** What the clocks of a zone show at a moment. */
export function wallClockOf(moment: Date, timeZone: string): WallClock {
  if (timeZone === 'UTC')
    return {
      year: moment.getUTCFullYear(),
      month: moment.getUTCMonth() + 1,
      day: moment.getUTCDate(),
      hour: moment.getUTCHours(),
      minute: moment.getUTCMinutes(),
    };
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(moment);
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return { year: of('year'), month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute') };
}

/** The moment at which the clocks of a zone show this; asked twice, because the offset may change between the guess and the answer. */
export function instantAt(wall: WallClock, timeZone: string): Date {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  const guess = new Date(asUtc - offsetMinutes(new Date(asUtc), timeZone) * 60_000);
  return new Date(asUtc - offsetMinutes(guess, timeZone) * 60_000);
}

/**
 * Every moment at which the clocks of a zone show this, in order: two in the hour that summer time gives back, none in the one that it takes.
 * Both offsets that can be meant are in force within a day of it.
 */
export function instantsAt(wall: WallClock, timeZone: string): readonly Date[] {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  const day = 24 * 3_600_000;
  const offsets = [asUtc - day, asUtc, asUtc + day].map((moment) => offsetMinutes(new Date(moment), timeZone));
  return [...new Set(offsets)]
    .map((offset) => new Date(asUtc - offset * 60_000))
    .filter((moment) => moment.getTime() + offsetMinutes(moment, timeZone) * 60_000 === asUtc)
    .toSorted((a, b) => a.getTime() - b.getTime());
}

/** The last minute of that day. */
export function endOfDay(wall: WallClock): WallClock {
  return { ...wall, hour: 23, minute: 59 };
}
