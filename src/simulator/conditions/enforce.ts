import { keyOf } from '../identity.ts';
import { Refusal } from '../refusal.ts';
import { type Conditions, conditionsOf } from './state.ts';

/** A request that would change something. */
interface Change {
  readonly method: string;
  /** Decoded, as the caller wrote it. */
  readonly path: string;
}

/**
 * Refuses what a lock or a policy forbids, before any service sees it. A lock holds for everything beneath its scope: `ReadOnly` leaves reading,
 * `CanNotDelete` all but DELETE (learn.microsoft.com, "Lock your resources to protect your infrastructure"). A policy is asked when a resource is put.
 * @throws Refusal 409 `ScopeLocked`, 403 `RequestDisallowedByPolicy`
 */
export function enforce(world: Parameters<typeof conditionsOf>[0], { method, path }: Change): void {
  const { locks, policies } = conditionsOf(world);
  const lock = locks.find(
    ({ scope, level }) => isBeneath(path, scope) && (level === 'ReadOnly' || method === 'DELETE'),
  );
  if (lock !== undefined) throw scopeLocked({ method, path }, lock.scope);
  if (method !== 'PUT') return;
  const denial = policies.find(({ scope, type }) => isBeneath(path, scope) && keyOf(type) === keyOf(typeOf(path)));
  if (denial !== undefined) throw disallowed(path, denial);
}

function isBeneath(path: string, scope: string): boolean {
  return `${keyOf(path)}/`.startsWith(`${keyOf(scope)}/`);
}

/** `Microsoft.Compute/disks` of a resource's path; of a nested one its last type after the first. */
function typeOf(path: string): string {
  const [namespace = '', ...rest] = path.replace(/^.*\/providers\//i, '').split('/');
  return [namespace, ...rest.filter((_, at) => at % 2 === 0)].join('/');
}

function scopeLocked({ method, path }: Change, scope: string): Refusal {
  const does = method === 'DELETE' ? 'delete' : 'write';
  const text = `The scope '${path}' cannot perform ${does} operation because following scope(s) are locked: '${scope}'. Please remove the lock and try again.`;
  return new Refusal(409, 'ScopeLocked', text, { cause: 'gateway' });
}

function disallowed(path: string, { scope, assignment, reason }: Conditions['policies'][number]): Refusal {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const text = `Resource '${name}' was disallowed by policy. Reasons: '${reason}'. See error details for policy resource IDs.`;
  const policyAssignmentId = `${scope}/providers/Microsoft.Authorization/policyAssignments/${assignment}`;
  const info = { policyAssignmentId, policyAssignmentName: assignment, policyDefinitionEffect: 'deny' };
  const fields = { target: name, additionalInfo: [{ type: 'PolicyViolation', info }] };
  return new Refusal(403, 'RequestDisallowedByPolicy', text, { cause: 'gateway', fields });
}
