import { Refusal } from './refusal.ts';

/** One comparison of an OData `$filter`, as these services understand it: `name eq 'value'`. */
export interface Condition {
  readonly name: string;
  readonly operator: string;
  readonly value: string;
}

const comparison = /^\s*(\w+)\s+(eq|ne|gt|ge|lt|le)\s+(?:'([^']*)'|(\S+))\s*$/i;

/** The comparisons of a `$filter`, joined by `and`; throws backup's 400 for anything else. */
export function parseFilter(filter: string | undefined): Condition[] {
  if (filter === undefined || filter.trim() === '') return [];
  return filter.split(/\s+and\s+/i).map((part) => {
    const match = comparison.exec(part);
    if (match === null) throw new Refusal(400, 'BMSUserErrorInvalidInput', `The filter '${filter}' is not valid.`);
    const [, name = '', operator = 'eq', quoted, bare] = match;
    return { name, operator: operator.toLowerCase(), value: quoted ?? bare ?? '' };
  });
}

/** The value that a filter wants of `name`, or undefined. */
export function wanted(conditions: readonly Condition[], name: string): string | undefined {
  return conditions.find((one) => one.name.toLowerCase() === name.toLowerCase())?.value;
}

/** True where the filter does not speak of `name`, or wants just this value (case does not count). */
export function agrees(conditions: readonly Condition[], name: string, value: string): boolean {
  const want = wanted(conditions, name);
  return want === undefined || want.toLowerCase() === value.toLowerCase();
}

/** A time of a filter in ms: ISO, or `2025-01-01 12:00:00 AM` in UTC as backup has it; undefined where absent. */
export function filterTime(conditions: readonly Condition[], name: string): number | undefined {
  const want = wanted(conditions, name);
  if (want === undefined) return undefined;
  const us = /^(\d{4})-(\d{2})-(\d{2}) (\d{1,2}):(\d{2}):(\d{2}) (AM|PM)$/i.exec(want);
  const ms = us === null ? Date.parse(want) : usTime(us);
  if (Number.isNaN(ms)) throw new Refusal(400, 'BMSUserErrorInvalidInput', `The time '${want}' is not valid.`);
  return ms;
}

function usTime(match: RegExpExecArray): number {
  const [, year, month, day, hour, minute, second, half = 'AM'] = match;
  const hours = (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  return Date.UTC(Number(year), Number(month) - 1, Number(day), hours, Number(minute), Number(second));
}
