import type { PersonView } from '../wire.ts';

/** Writes times as this person reads them: own language, own time zone. */
export class Clock {
  readonly #time: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #dayKey: Intl.DateTimeFormat;
  readonly #full: Intl.DateTimeFormat;

  constructor({ locale, timeZone }: Pick<PersonView, 'locale' | 'timeZone'>) {
    this.#time = new Intl.DateTimeFormat(locale, { timeZone, timeStyle: 'short' });
    this.#day = new Intl.DateTimeFormat(locale, { timeZone, weekday: 'long', day: 'numeric', month: 'long' });
    this.#dayKey = new Intl.DateTimeFormat('sv', { timeZone });
    this.#full = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'full', timeStyle: 'long' });
  }

  /** `14:05` */
  time(iso: string): string {
    return this.#time.format(new Date(iso));
  }

  /** Same text for two moments of one day there. */
  dayKey(iso: string): string {
    return this.#dayKey.format(new Date(iso));
  }

  /** `Today`, or `Monday 5 January`. */
  day(iso: string): string {
    return this.dayKey(iso) === this.dayKey(new Date().toISOString()) ? 'Today' : this.#day.format(new Date(iso));
  }

  /** The time today, date and time before. */
  stamp(iso: string): string {
    return this.day(iso) === 'Today' ? this.time(iso) : `${this.dayKey(iso)} ${this.time(iso)}`;
  }

  /** Date, time and zone, for a tooltip. */
  full(iso: string): string {
    return this.#full.format(new Date(iso));
  }

  /** The time today, the date before. */
  short(iso: string): string {
    const isToday = this.day(iso) === 'Today';
    return isToday ? this.time(iso) : this.dayKey(iso);
  }
}
