import type { CatalogueError } from '../../errors.ts';
import { asCatalogueError } from '../../errors.ts';

/** What a look found, and in how many seconds the next one makes sense. */
export interface Look<V> {
  readonly value: V;
  readonly nextLookSeconds: number;
}

/** One thing that is looked at again and again, but never before its time: asked early, it answers what it knows, an error included. */
export class Paced<V> {
  readonly #now: () => Date;
  readonly #retrySeconds: number;
  #last: V | undefined;
  #failure: CatalogueError | undefined;
  #dueAt = 0;
  #looking: Promise<void> | undefined;

  /** `retrySeconds`: after a look that failed. */
  constructor(now: () => Date, retrySeconds: number) {
    this.#now = now;
    this.#retrySeconds = retrySeconds;
  }

  /** The last time that somebody will come back for it, in milliseconds since 1970. */
  get dueAt(): number {
    return this.#dueAt;
  }

  /** Looks if it is time. A failure is thrown again until the next look. */
  async ask(look: () => Promise<Look<V>>): Promise<Look<V>> {
    if (this.#looking === undefined && this.#now().getTime() >= this.#dueAt) {
      this.#looking = this.#look(look).finally(() => {
        this.#looking = undefined;
      });
    }
    await this.#looking;
    if (this.#failure !== undefined || this.#last === undefined) throw this.#failure ?? asCatalogueError(undefined);
    return { value: this.#last, nextLookSeconds: Math.max(0, (this.#dueAt - this.#now().getTime()) / 1000) };
  }

  async #look(look: () => Promise<Look<V>>): Promise<void> {
    try {
      const { value, nextLookSeconds } = await look();
      this.#last = value;
      this.#failure = undefined;
      this.#wait(nextLookSeconds);
    } catch (error) {
      this.#failure = asCatalogueError(error);
      this.#wait(this.#failure.azure?.retryAfterSeconds ?? this.#retrySeconds);
    }
  }

  #wait(seconds: number): void {
    this.#dueAt = this.#now().getTime() + seconds * 1000;
  }
}
