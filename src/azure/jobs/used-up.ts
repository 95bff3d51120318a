import { told } from '../faults.ts';
import type { JobBudget } from './job-budget.ts';

/** Throws `azure-throttled` with the seconds when no job of the subscription may be read now; Azure would only answer 429 and stay closed longer. */
export function refuseWhenUsedUp(budget: JobBudget, subscriptionId: string): void {
  const seconds = Math.ceil(budget.waitSeconds(subscriptionId));
  if (seconds === 0) return;
  const message = `The reads of jobs that Azure allows in an hour are used up; the next one is free in ${seconds} seconds.`;
  throw told({ status: 429, code: 'JobReadsUsedUp', message, retryAfterSeconds: seconds });
}
