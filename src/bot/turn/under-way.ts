/** With so many turns under way people wait for each other: more begin than end. */
const crowd = 8;
/** What can wait is late by no more than this, however many turns there are. */
const mostMilliseconds = 5000;

/** The turns under way in this process, and when there are few enough for work that nobody waits for. */
export class UnderWay {
  readonly #mostMilliseconds: number;
  #count = 0;
  #pause: { readonly over: Promise<void>; readonly end: () => void } | undefined;

  /** @param most milliseconds that what can wait may be late */
  constructor(most = mostMilliseconds) {
    this.#mostMilliseconds = most;
  }

  /** How many there are. */
  get count(): number {
    return this.#count;
  }

  /** Does the work, which counts as a turn until it ends. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#count += 1;
    try {
      return await work();
    } finally {
      this.#count -= 1;
      if (this.#count <= crowd) this.#pause?.end();
    }
  }

  /** Resolves when no crowd of turns is under way, and after the longest wait in any case: people go first, and the rest is not forgotten for them. */
  async calm(): Promise<void> {
    if (this.#count <= crowd) return;
    this.#pause ??= this.#begin();
    await this.#pause.over;
  }

  #begin() {
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const end = () => {
      clearTimeout(timer);
      this.#pause = undefined;
      resolve();
    };
    const timer = setTimeout(end, this.#mostMilliseconds);
    return { over, end };
  }
}
