import { asCatalogueError } from '../errors.ts';
import type { Aged } from './types.ts';

/** How long lists are remembered, in seconds. */
export interface Memory {
  /** A list read this short a time ago is given again: Resource Graph itself lags by minutes and answers 15 questions in five seconds. */
  readonly freshSeconds: number;
  /** For this long a list stands in when Azure does not answer, and says so. */
  readonly standInSeconds: number;
}

/** What Teams mode remembers: a moment, and a night's shift for when Azure is away. Older lists would tell of another estate. */
export const usualMemory: Memory = { freshSeconds: 15, standInSeconds: 12 * 3600 };

/**
 * A list with a memory. Whoever asks while it is being read shares the answer; within `freshSeconds` the last one is given; when Azure is away or throttles, the
 * last one stands in, marked as such; what Azure refuses is told. Without any the failure is thrown: "could not look" is more honest than an empty list.
 */
export function lastKnown<T>(
  ask: () => Promise<Aged<T>>,
  memory: Memory & { readonly now: () => Date },
): () => Promise<Aged<T>> {
  let known: Aged<T> | undefined;
  let underWay: Promise<Aged<T>> | undefined;
  const isYounger = (list: Aged<T>, seconds: number): boolean =>
    memory.now().getTime() - Date.parse(list.asOf) < seconds * 1000;
  const asked = async (): Promise<Aged<T>> => {
    try {
      known = await ask();
      return known;
    } catch (error) {
      if (known === undefined || !isAway(error) || !isYounger(known, memory.standInSeconds)) throw error;
      return { ...known, standsIn: true };
    }
  };
  return async () => {
    if (known !== undefined && isYounger(known, memory.freshSeconds)) return known;
    underWay ??= asked().finally(() => {
      underWay = undefined;
    });
    return await underWay;
  };
}

function isAway(error: unknown): boolean {
  return ['throttled', 'unavailable'].includes(asCatalogueError(error).kind);
}
