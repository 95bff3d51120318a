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
  return namedNow(zone) !== undefined;
}

/** The zone by the name that the machine has for it (`UTC` for `Etc/UTC`), or UTC where it does not know it. */
export function knownZone(zone: string): string {
  return namedNow(zone) ?? 'UTC';
}

function namedNow(zone: string): string | undefined {
  if (zones.has(zone)) return zone;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
