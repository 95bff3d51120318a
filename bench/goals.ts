/** One figure of a bench beside what it may be at most. */
export interface Goal {
  readonly what: string;
  readonly measured: number;
  readonly most: number;
  readonly unit?: string;
  readonly digits?: number;
}

/** Prints a table of figures and goals, and the load of the machine beside it; the process ends with 1 when one is missed. */
export function printGoals(goals: readonly Goal[], load: readonly number[]): void {
  const rows = goals.map(({ what, measured, most, unit = '', digits = 0 }) => [
    what,
    `${measured.toFixed(digits)} ${unit}`,
    `at most ${most} ${unit}`,
    measured <= most ? 'met' : 'MISSED',
  ]);
  const widths = [0, 1, 2, 3].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  for (const row of rows) console.log(row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('   '));
  console.log(`load of the machine: ${load.map((one) => one.toFixed(1)).join(', ')}`);
  if (goals.some(({ measured, most }) => !(measured <= most))) process.exitCode = 1;
}
