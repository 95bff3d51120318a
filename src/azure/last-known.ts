import { asCatalogueError } from '../errors.ts';
import { unanswered } from './faults.ts';
import type { Silence } from './silence.ts';
import { heardWithin, type TurnTime } from './turn-time.ts';
import type { Aged } from './types.ts';

/** How long lists are remembered, in seconds. */
export interface Memory {
  /** A list read this short a time ago is given again: Resource Graph itself lags by minutes and answers 15 questions in five seconds. */
  readonly freshSeconds: number;
  /** For this long a list stands in when Azure does not answer, and says so. */
  readonly standInSeconds: number;
  /** After so long without an answer a list that is known stands in; 2.5 unless given. */
  readonly patienceSeconds?: number;
}

/** What Teams mode remembers: a moment, and a night's shift for when Azure is away. Older lists would tell of another estate. */
export const usualMemory: Memory = { freshSeconds: 15, standInSeconds: 12 * 3600 };

/** What a list's memory goes by. */
export interface Remembering extends Memory {
  readonly now: () => Date;
  readonly turnTime: TurnTime;
  /** Shared by the lists that one part of Azure answers. */
  readonly silence: Silence;
}

/**
 * A list with a memory. Whoever asks while it is being read shares the answer; within `freshSeconds` the last one is given; when Azure is away, throttles or takes
 * too long, the last one stands in, marked as such, and reading goes on behind it; what Azure refuses is told. Without any the failure is thrown: "could not look"
 * is more honest than an empty list.
 */
export function lastKnown<T>(ask: () => Promise<Aged<T>>, memory: Remembering): () => Promise<Aged<T>> {
  const { silence, turnTime, patienceSeconds = 2.5 } = memory;
  let known: Aged<T> | undefined;
  let underWay: Promise<Aged<T>> | undefined;
  const isYounger = (list: Aged<T>, seconds: number): boolean =>
    memory.now().getTime() - Date.parse(list.asOf) < seconds * 1000;
  const standIn = (): Aged<T> | undefined =>
    known !== undefined && isYounger(known, memory.standInSeconds) ? { ...known, standsIn: true } : undefined;
  const asked = async (): Promise<Aged<T>> => {
    try {
      known = await ask();
      silence.ended();
      return known;
    } catch (error) {
      const last = isAway(error) ? standIn() : undefined;
      if (last === undefined) throw error;
      return last;
    }
  };
  const reading = (): Promise<Aged<T>> => {
    underWay ??= turnTime.beyond(asked).finally(() => {
      underWay = undefined;
    });
    // It goes on when nobody waits any more.
    underWay.catch(() => undefined);
    return underWay;
  };
  return async () => {
    if (known !== undefined && isYounger(known, memory.freshSeconds)) return known;
    const coming = reading();
    const last = standIn();
    if (last !== undefined && silence.isOn()) return last;
    const patience = last === undefined ? Number.POSITIVE_INFINITY : patienceSeconds * 1000;
    const answer = await heardWithin(Math.min(patience, turnTime.left()), coming);
    if (answer !== undefined) return answer.heard;
    silence.begun();
    if (last === undefined) throw unanswered();
    return last;
  };
}

/** Whether Azure does not answer, or takes no more questions now; what it refuses is an answer. */
export function isAway(error: unknown): boolean {
  return ['throttled', 'unavailable'].includes(asCatalogueError(error).kind);
}
