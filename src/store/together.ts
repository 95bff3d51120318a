/** So many are dealt with at once, at most: their statements stay small and their locks short. */
const mostAtOnce = 50;

interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Deals together with what is asked for at about the same time: while one group is under way, the next one gathers. The database is then asked once for
 * many, not once for each. A group that fails is dealt with one by one, so that nobody fails for another's sake.
 */
export class Together<T, R> {
  readonly #deal: (items: readonly T[]) => Promise<readonly R[]>;
  #waiting: Waiting<T, R>[] = [];
  #busy = false;

  /** @param deal answers every item, in their order. */
  constructor(deal: (items: readonly T[]) => Promise<readonly R[]>) {
    this.#deal = deal;
  }

  /** Resolves with what became of the item, once its group has been dealt with. */
  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#busy) return;
      this.#busy = true;
      setImmediate(() => void this.#work());
    });
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) await this.#settle(this.#waiting.splice(0, mostAtOnce));
    this.#busy = false;
  }

  async #settle(group: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const results = await this.#deal(group.map(({ item }) => item));
      for (const [nth, { resolve }] of group.entries()) resolve(results[nth] as R);
    } catch (error) {
      if (group.length > 1) await Promise.all(group.map((one) => this.#settle([one])));
      else group[0]?.reject(error);
    }
  }
}
