/**
 * Turns of one conversation run one after another: Bot Framework's state is last-writer-wins, and two quick messages ran the same step of
 * a dialog twice (teams-platform 6.3). Conversations do not wait for each other.
 */
export class InOrder {
  readonly #last = new Map<string, Promise<void>>();

  /** Runs the work when all earlier work of the same key has ended, well or badly. */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const result = before.then(work);
    const ended = result.then(
      () => undefined,
      () => undefined,
    );
    this.#last.set(key, ended);
    try {
      return await result;
    } finally {
      if (this.#last.get(key) === ended) this.#last.delete(key);
    }
  }
}
