import { CatalogueError } from '../errors.ts';
import type { Context } from './context.ts';

const day = 24 * 60 * 60 * 1000;

/** The moment that many days after another, ISO 8601. */
export function daysFrom(from: Date, days: number): string {
  return new Date(from.getTime() + days * day).toISOString();
}

/**
 * An expiry that lies ahead and not beyond a limit, as ISO 8601.
 * `parameter` names the field to ask for again. @throws CatalogueError `expiry-in-the-past`, `expiry-too-late`
 */
export function futureWithin(
  context: Context,
  parameter: string,
  expiry: string | undefined,
  longestDays: number,
): string {
  const now = context.now();
  const limit = daysFrom(now, longestDays);
  if (expiry === undefined || Date.parse(expiry) <= now.getTime()) {
    throw new CatalogueError('expiry-in-the-past', {
      values: { parameter, until: { time: expiry ?? now.toISOString() }, limit: { time: limit } },
    });
  }
  if (Date.parse(expiry) > Date.parse(limit)) {
    throw new CatalogueError('expiry-too-late', {
      values: { parameter, until: { time: expiry }, limit: { time: limit }, days: longestDays },
    });
  }
  return expiry;
}
