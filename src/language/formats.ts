import { type IntlForms, knownZone } from './intl-forms.ts';

/** How times, lengths and sizes are written for a reader. All of it through Intl; nothing here knows messages. */
export interface Formats {
  /** `Sat 21 Nov`, with the year when it is not the current one. */
  date(moment: Date, zone: string): string;
  /** `14:02`. */
  clock(moment: Date, zone: string): string;
  /** From now, in either direction: `3 hours ago`, `in 20 minutes`; undefined within a minute of now. */
  age(moment: Date): string | undefined;
  /** `25 min`, `1 hr 5 min`, `3 days`; the two greatest units. */
  duration(seconds: number): string;
  /** `127 GiB`, `1.5 TiB`. */
  size(bytes: number): string;
  number(value: number): string;
  list(items: readonly string[]): string;
  readonly zone: string;
}

type Unit = 'second' | 'minute' | 'hour' | 'day' | 'month' | 'year';

const seconds = { second: 1, minute: 60, hour: 3600, day: 86_400, month: 2_629_746, year: 31_556_952 } as const;
const sizes = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** The forms of one reader. A time zone that the machine does not know is read as UTC. */
export function formatsFor(
  reader: { readonly locale: string; readonly timeZone: string; readonly now: Date },
  forms: IntlForms,
): Formats {
  const { locale, now } = reader;
  const numbers = () => forms.number(locale, { maximumFractionDigits: 1 });
  return {
    zone: knownZone(reader.timeZone),
    date: (moment, zone) => dateFormat(forms, { locale, zone, sameYear: isSameYear(moment, now, zone) }).format(moment),
    clock: (moment, zone) => clockFormat(forms, zone).format(moment),
    age: (moment) => ageOf(forms, locale, (moment.getTime() - now.getTime()) / 1000),
    duration: (length) => durationOf(forms, locale, length),
    size: (bytes) => sizeOf(numbers(), bytes),
    number: (value) => numbers().format(value),
    list: (items) => forms.list(locale).format(items),
  };

  function isSameYear(a: Date, b: Date, timeZone: string): boolean {
    const year = forms.dateTime('en', { timeZone, year: 'numeric' });
    return year.format(a) === year.format(b);
  }
}

/** English dates are written day first with the month as a word: no reader can take 3 April for 4 March. */
function dateFormat(
  forms: IntlForms,
  { locale, zone, sameYear }: { readonly locale: string; readonly zone: string; readonly sameYear: boolean },
): Intl.DateTimeFormat {
  return forms.dateTime(locale === 'en' ? 'en-GB' : locale, {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
}

function clockFormat(forms: IntlForms, timeZone: string): Intl.DateTimeFormat {
  return forms.dateTime('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
}

function ageOf(forms: IntlForms, locale: string, fromNow: number): string | undefined {
  const unit = ageUnit(Math.abs(fromNow));
  if (unit === 'second') return undefined;
  // What was set for 60 days a second ago is "in 60 days"; what was 59.9 minutes ago is not yet an hour ago.
  const count = fromNow > 0 ? Math.round(fromNow / seconds[unit]) : Math.trunc(fromNow / seconds[unit]);
  return forms.relativeTime(locale).format(count, unit);
}

function ageUnit(length: number): Unit {
  if (length < 60) return 'second';
  if (length < 90 * 60) return 'minute';
  if (length < 48 * 3600) return 'hour';
  if (length < 60 * 86_400) return 'day';
  return length < 730 * 86_400 ? 'month' : 'year';
}

function durationOf(forms: IntlForms, locale: string, length: number): string {
  let rest = Math.max(0, Math.round(length));
  const parts: string[] = [];
  for (const unit of ['day', 'hour', 'minute', 'second'] as const) {
    const count = Math.floor(rest / seconds[unit]);
    rest -= count * seconds[unit];
    if (count > 0) parts.push(unitOf({ forms, locale, unit }, count));
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.length === 0 ? unitOf({ forms, locale, unit: 'second' }, 0) : parts.join(' ');
}

function unitOf(
  { forms, locale, unit }: { readonly forms: IntlForms; readonly locale: string; readonly unit: Unit },
  count: number,
): string {
  return forms.number(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(count);
}

function sizeOf(numbers: Intl.NumberFormat, bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(sizes.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${numbers.format(bytes / 1024 ** step)} ${sizes[step]}`;
}
