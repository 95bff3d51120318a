import { AsyncLocalStorage } from 'node:async_hooks';

interface Turn {
  readonly until: number;
  isOver: boolean;
}

/** How long the turn that is going on may still wait for Azure, for all that it reads together. Work between turns waits as long as a request may take. */
export class TurnTime {
  readonly #turns = new AsyncLocalStorage<Turn | undefined>();

  /** A turn that may wait for Azure for so long in all. */
  async during<T>(seconds: number, work: () => Promise<T>): Promise<T> {
    const turn = { until: performance.now() + seconds * 1000, isOver: false };
    try {
      return await this.#turns.run(turn, work);
    } finally {
      // What a turn leaves to be done behind it has its own time.
      turn.isOver = true;
    }
  }

  /** Milliseconds that are left, 0 when there are none; Infinity outside of turns. */
  left(): number {
    const turn = this.#turns.getStore();
    return turn === undefined || turn.isOver ? Number.POSITIVE_INFINITY : Math.max(0, turn.until - performance.now());
  }

  /** Work that goes on behind the turn that began it. */
  beyond<T>(work: () => T): T {
    return this.#turns.run(undefined, work);
  }
}

/** What was heard of the work in so many milliseconds; undefined: nothing yet, and the work goes on. */
export async function heardWithin<T>(
  milliseconds: number,
  work: Promise<T>,
): Promise<{ readonly heard: T } | undefined> {
  const heard = work.then((value) => ({ heard: value }));
  if (milliseconds === Number.POSITIVE_INFINITY) return await heard;
  // The work may fail when nobody waits any more.
  heard.catch(() => undefined);
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), milliseconds);
  try {
    return await Promise.race([heard, late]);
  } finally {
    clearTimeout(timer);
  }
}
