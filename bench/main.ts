/** `npm run bench -- NAME`: the benchmarks, each a module of its own that measures ratios in one run. */
const benches = {
  simulator: () => import('./simulator.ts'),
  runs: () => import('./runs.ts'),
  fleet: () => import('./fleet.ts'),
  turns: () => import('./turns.ts'),
  language: () => import('./language.ts'),
  hostile: () => import('./hostile.ts'),
  start: () => import('./start.ts'),
  load: () => import('./load.ts'),
} as const;

const name = process.argv[2] ?? '';
const bench = Object.entries(benches).find(([known]) => known === name)?.[1];
if (bench === undefined) {
  console.error(`Usage: npm run bench -- ${Object.keys(benches).join('|')}`);
  process.exit(1);
}
await bench();
