import { z } from 'zod';
import type { Consistency, Instant } from './types.ts';

const firstRealYear = 1900;

/** A field that Azure may leave out or send as null. */
export function maybe<S extends z.ZodType>(schema: S) {
  return schema.nullish().transform((value) => value ?? undefined);
}

/** Words that may be missing; an empty text is none. */
export const words = z.string().nullish().transform(wordsIn);

/** See `words`. */
export function wordsIn(value: string | null | undefined): string | undefined {
  return value === '' || value === null ? undefined : value;
}

/**
 * A moment. The SDKs give a Date, or the text where they do not know the type. Year 1 and year 1753 mean "none": so Azure Backup marks what has not
 * ended and Site Recovery an idle scenario (azure-api.md 2.0, 6).
 */
export const moment = z.unknown().optional().transform(momentIn);

/** See `moment`. */
export function momentIn(value: unknown): Instant | undefined {
  if (value === '') return undefined;
  const date = value instanceof Date ? value : new Date(typeof value === 'string' ? inUtc(value) : Number.NaN);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < firstRealYear) return undefined;
  return date.toISOString();
}

/** Azure's times are UTC, also where it leaves the `Z` out; JavaScript would take those for local ones. */
function inUtc(time: string): string {
  return !time.endsWith('Z') && /T[\d:.]+$/.test(time) ? `${time}Z` : time;
}

/** Tags of a resource; a value that is no text is left out rather than the resource with it. */
export const tags = z.record(z.string(), z.unknown()).nullish().transform(tagsIn);

/** See `tags`. */
export function tagsIn(value: Readonly<Record<string, unknown>> | null | undefined): Readonly<Record<string, string>> {
  const texts = Object.entries(value ?? {}).filter((tag): tag is [string, string] => typeof tag[1] === 'string');
  return Object.fromEntries(texts);
}

/** How a point was made, from either service's words. What is unknown counts as the weakest. */
export const consistency = z
  .string()
  .nullish()
  .transform((value): Consistency => {
    if (/^App/i.test(value ?? '')) return 'application';
    return /^FileSystem/i.test(value ?? '') ? 'file-system' : 'crash';
  });

type OptionalKeys<T> = { [K in keyof T]: undefined extends T[K] ? K : never }[keyof T];

/** An object whose undefined fields are missing fields. */
export type Defined<T> = { [K in Exclude<keyof T, OptionalKeys<T>>]: T[K] } & {
  [K in OptionalKeys<T>]?: Exclude<T[K], undefined>;
};

/** Leaves out what is undefined, so that "not known" is one thing only: a missing field. */
export function defined<T extends object>(value: T): Defined<T> {
  const known: Partial<T> = {};
  for (const key in value) if (value[key] !== undefined) known[key] = value[key];
  return known as Defined<T>;
}
