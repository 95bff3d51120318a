import { TestClock } from 'pg-boss';

/** A clock that stands still until a test moves it; queues, database and runs all read it. */
export function testClock(start = '2026-03-02T08:00:00.000Z') {
  const clock = new TestClock(start);
  return { clock, now: () => new Date(clock.now()) };
}

export type TestTime = ReturnType<typeof testClock>;
