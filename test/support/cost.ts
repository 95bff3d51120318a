import { readFileSync } from 'node:fs';
import type Mocha from 'mocha';

/** What the tests of a file cost, in seconds. */
export interface Cost {
  /** Computed by their process and by those that it started and saw end. */
  readonly cpu: number;
  readonly clock: number;
}

/** File → cost. */
export type Costs = Readonly<Record<string, Cost>>;

/** Counts from now on what each file costs; read it when the tests have ended. Loading the files is not counted. */
export function countCosts(runner: Mocha.Runner): Costs {
  const costs: Record<string, Cost> = {};
  let begun = costNow();
  runner.on('suite', ({ parent }) => {
    if (parent?.root === true) begun = costNow();
  });
  runner.on('suite end', ({ file, parent }) => {
    if (parent?.root !== true || file === undefined) return;
    const { cpu, clock } = costs[file] ?? { cpu: 0, clock: 0 };
    const now = costNow();
    costs[file] = { cpu: cpu + now.cpu - begun.cpu, clock: clock + now.clock - begun.clock };
  });
  return costs;
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
