import { own } from '../operation.ts';
import type { Finding } from '../screen.ts';

const message = own('recovery-plan.show');

/** The findings of recovery plans, with their severity: texts in `recovery-plan.show`, a line each in docs/reference/checks.md. */
export const planChecks = {
  'no-vms': 'blocks',
  'both-ways': 'blocks',
  'waits-for-person': 'warns',
  'empty-group': 'warns',
  'never-runs': 'warns',
  unhealthy: 'warns',
  'test-waits': 'warns',
  'old-point': 'warns',
  'left-out': 'warns',
  'runbook-gone': 'warns',
  'quota-short': 'warns',
} as const satisfies Record<string, Finding['severity']>;

/** A finding of the table above. */
export function planFinding(id: keyof typeof planChecks, values: NonNullable<Finding['text']['values']>): Finding {
  return { id, severity: planChecks[id], text: message(id, values), advice: message(`${id}.advice`, values) };
}
