/** One request as the simulator saw it; times in ms by its own clock. */
export interface LogEntry {
  at: number;
  method: string;
  path: string;
  query: string;
  status?: number;
  /** The object id of the caller. */
  principal?: string;
  clientRequestId?: string;
  correlationId: string;
  /** The action of Azure's that was asked for, where a route answers. */
  action?: string;
  body?: unknown;
  /** True where no route answers to it. */
  unknown?: boolean;
  /** Set where a fault changed the answer. */
  fault?: number;
}

/** The last requests, oldest first, no more than `size`. */
export class RequestLog {
  readonly #entries: LogEntry[] = [];
  readonly #size: number;

  constructor(size = 10_000) {
    this.#size = size;
  }

  /** Notes a request; the entry may be completed later. */
  add(entry: LogEntry): LogEntry {
    this.#entries.push(entry);
    if (this.#entries.length > this.#size) this.#entries.shift();
    return entry;
  }

  /** All that is remembered. */
  all(): readonly LogEntry[] {
    return this.#entries;
  }

  /** Forgets everything. */
  clear(): void {
    this.#entries.length = 0;
  }
}
