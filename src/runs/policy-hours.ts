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
