import type { ChangingOperation } from '../operations/operation.ts';
import type { Requirement } from './run.ts';

/** What the policy decides on. */
export interface PolicyRequest {
  readonly risk: ChangingOperation['risk'];
  /** Whether something of it carries the tag `env=prod`, or could not be looked at. */
  readonly production: boolean;
}

/**
 * What must be agreed before a run may start (issue C1 of the field notes): what can be undone needs the requester's click,
 * what disrupts needs a second person, what destroys needs the name typed as well, and in production a third person.
 */
export function requirementFor(request: PolicyRequest): Requirement {
  switch (request.risk) {
    case 'reversible':
      return { confirmation: 'click', approvals: 0 };
    case 'disruptive':
      return { confirmation: 'none', approvals: 1 };
    case 'destructive':
      return { confirmation: 'typed-name', approvals: request.production ? 2 : 1 };
  }
}
