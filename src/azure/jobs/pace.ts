/** A job's interval doubles as it grows older: [age from which it counts, interval], both in units of the first look's 30 seconds. */
const steps: readonly (readonly [age: number, interval: number])[] = [
  [60, 10],
  [20, 4],
  [4, 2],
];

/** Seconds between two looks at a job of that age: 30 s, from two minutes on 1 min, from ten 2 min, from thirty 5 min; all scaled with `firstLookSeconds`. */
export function intervalSeconds(ageSeconds: number, firstLookSeconds: number): number {
  const age = ageSeconds / firstLookSeconds;
  const found = steps.find(([from]) => age >= from);
  return (found?.[1] ?? 1) * firstLookSeconds;
}

/** For how long Azure may not know a job that it has just accepted (azure-api.md 5.2: a job may answer 404 right after its operation). */
export function graceSeconds(firstLookSeconds: number): number {
  return Math.max(20, 4 * firstLookSeconds);
}
