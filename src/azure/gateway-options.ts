import type { Clients } from './clients.ts';
import type { JobBudget } from './jobs/job-budget.ts';

/** What the gateways to vaults are built from. */
export interface VaultGatewayOptions {
  readonly clients: Clients;
  /** Lists of jobs cost of it too. */
  readonly budget: JobBudget;
  readonly now: () => Date;
}
