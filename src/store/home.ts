import type { Kysely } from 'kysely';
import type { AttachableClock, Clock, ConstructorOptions } from 'pg-boss';
import type { Tables } from './tables.ts';

export type { Clock } from 'pg-boss';

/** Where the database lives: everything above this type is the same for both homes. */
export interface Home {
  readonly db: Kysely<Tables>;
  /** How pg-boss reaches the same database. */
  readonly queueing: ConstructorOptions;
  /** One process at a time: whatever was being worked on when this process started is nobody's. */
  readonly alone: boolean;
  close(): Promise<void>;
}

/** Whether a clock wants to govern the database's time as well, as pg-boss's TestClock does. */
export function governsDatabase(clock: Clock | undefined): clock is AttachableClock {
  return clock !== undefined && 'attach' in clock;
}
