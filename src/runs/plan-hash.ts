import type { Preview } from '../operations/screen.ts';
import { canonical, sha256 } from '../store/index.ts';

/** What is frozen at the proposal: the operation, its parameters, and what the preview measured. */
export interface Plan {
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly measured: Preview['measured'];
}

/** SHA-256 (hex) of a plan's canonical form: what was approved is what runs. */
export function planHash(plan: Plan): string {
  return sha256(canonical({ operation: plan.operation, parameters: plan.parameters, measured: plan.measured }));
}
