import { DateTime } from 'luxon';
import type { QuietHours } from '../store/index.ts';

/** What waits for the morning where nobody has set quiet hours: between eight and eight, by the reader's clock. */
export function night(timeZone: string): QuietHours {
  return { from: '20:00', until: '08:00', timeZone };
}

/** Somebody has said that they may be disturbed at any time. */
export function neverQuiet(timeZone: string): QuietHours {
  return { from: '00:00', until: '00:00', timeZone };
}

/** When the quiet hours end that a moment lies in; undefined when it lies in none. The hours begin at `from` and are over at `until`. */
export function quietUntil(hours: QuietHours | undefined, at: Date): Date | undefined {
  if (hours === undefined || hours.from === hours.until) return undefined;
  const here = DateTime.fromJSDate(at, { zone: hours.timeZone });
  const time = here.toFormat('HH:mm');
  const overMidnight = hours.from > hours.until;
  const within = overMidnight ? time >= hours.from || time < hours.until : time >= hours.from && time < hours.until;
  return within ? nextAt(at, hours.until, hours.timeZone) : undefined;
}

/**
 * The next time after a moment that the clocks of a zone show `07:30`. A time that a day lacks, when clocks go forward, comes an hour later by
 * the clock; one that it has twice, when they go back, counts the first time.
 */
export function nextAt(after: Date, time: string, timeZone: string): Date {
  const here = DateTime.fromJSDate(after, { zone: timeZone });
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const on = (day: DateTime) => day.startOf('day').set({ hour, minute });
  const today = on(here);
  return (today > here ? today : on(here.plus({ days: 1 }))).toJSDate();
}

/** The day that a calendar of the zone shows: `2026-11-22`. */
export function dayOf(at: Date, timeZone: string): string {
  return DateTime.fromJSDate(at, { zone: timeZone }).toISODate() ?? '';
}
