import type { PolicyHours } from './policy-schema.ts';

/** Whether a moment lies in the hours, told by the clock of their time zone. Over midnight the day is that of the evening. */
export function isWithin(hours: PolicyHours, at: Date): boolean {
  const { day, before, time } = localTime(at, hours.timeZone);
  if (hours.from < hours.to) return hours.days.includes(day) && time >= hours.from && time < hours.to;
  return (hours.days.includes(day) && time >= hours.from) || (hours.days.includes(before) && time < hours.to);
}

const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const names: readonly string[] = days;

function localTime(at: Date, timeZone: string) {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit' });
  const parts = new Map(clock.formatToParts(at).map(({ type, value }) => [type, value]));
  const index = names.indexOf(parts.get('weekday')?.toLowerCase() ?? '');
  const day = days[index] ?? 'sun';
  const before = days[(index + 6) % 7] ?? 'sat';
  return { day, before, time: `${parts.get('hour')}:${parts.get('minute')}` };
}

type Hours = PolicyHours | undefined;

const minute = 60_000;
/** Any week will do: hours repeat weekly, but for the two nights on which clocks change. */
const someWeek = Date.parse('2026-03-02T00:00:00Z');

/** Whether there is a moment inside the one and outside the other; without both there always is. */
export function everHolds({ within, outside }: { readonly within?: Hours; readonly outside?: Hours }): boolean {
  if (within === undefined || outside === undefined) return true;
  const holds = (at: number) => isWithin(within, new Date(at)) && !isWithin(outside, new Date(at));
  const every = (minutes: number) =>
    Array.from({ length: (7 * 24 * 60) / minutes }, (_, n) => someWeek + n * minutes * minute);
  return every(30).some(holds) || every(1).some(holds);
}
