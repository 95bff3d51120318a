/** Intl's formatters, each made once: making one costs a hundred times what using it does. There are as many as languages times zones times forms. */
export class IntlForms {
  readonly #made = new Map<string, unknown>();

  dateTime(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return this.#once(['dateTime', locale, options], () => new Intl.DateTimeFormat(locale, options));
  }

  number(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
    return this.#once(['number', locale, options], () => new Intl.NumberFormat(locale, options));
  }

  relativeTime(locale: string): Intl.RelativeTimeFormat {
    return this.#once(['relativeTime', locale], () => new Intl.RelativeTimeFormat(locale));
  }

  list(locale: string): Intl.ListFormat {
    return this.#once(['list', locale], () => new Intl.ListFormat(locale, { type: 'conjunction' }));
  }

  #once<T>(what: readonly unknown[], make: () => T): T {
    const key = JSON.stringify(what);
    const found = this.#made.get(key) as T | undefined;
    if (found !== undefined) return found;
    const made = make();
    this.#made.set(key, made);
    return made;
  }
}

const zones: ReadonlySet<string> = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC']);

/** Whether the machine's time-zone data has this zone, under this name or an older one. */
export function isZone(zone: string): boolean {
  if (zones.has(zone)) return true;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The zone, or UTC where the machine does not know it. */
export function knownZone(zone: string): string {
  return isZone(zone) ? zone : 'UTC';
}
