import { readFileSync } from 'node:fs';

/** What a file of tests cost, in seconds. */
export interface Cost {
  /** Computed by the process that ran it and by those that it started and saw end. */
  readonly cpu: number;
  readonly clock: number;
}

/** File → cost. */
export type Costs = Readonly<Record<string, Cost>>;

/** Begins to count; what it answers tells what it has cost since. */
export function countCost(): () => Cost {
  const begun = costNow();
  return () => {
    const now = costNow();
    return { cpu: now.cpu - begun.cpu, clock: now.clock - begun.clock };
  };
}

/** The ten files that cost most, for whoever makes the tests faster. */
export function slowestTen(costs: Costs): readonly string[] {
  const slowest = Object.entries(costs).toSorted(([, a], [, b]) => b.cpu - a.cpu);
  const all = slowest.reduce((sum, [, { cpu }]) => sum + cpu, 0);
  return [
    `${all.toFixed(0)} s were computed, most of them by (seconds computed, seconds taken):`,
    ...slowest.slice(0, 10).map(([file, { cpu, clock }]) => `${inColumn(cpu)} ${inColumn(clock)}  ${file}`),
  ];
}

function inColumn(seconds: number): string {
  return seconds.toFixed(1).padStart(7);
}

function costNow(): Cost {
  const { user, system } = process.cpuUsage();
  return { cpu: (user + system) / 1e6 + ofChildren(), clock: performance.now() / 1000 };
}

/** What ended children have computed, where Linux tells (proc(5), stat: cutime and cstime, in hundredths of a second); elsewhere 0. */
function ofChildren(): number {
  try {
    const afterName = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return (Number(afterName[13]) + Number(afterName[14])) / 100;
  } catch {
    return 0;
  }
}
