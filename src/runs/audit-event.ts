import type { Actor } from '../operations/context.ts';
import type { RunState } from '../operations/run-summary.ts';

export const auditKinds = [
  'run-proposed',
  'proposal-refused',
  'run-confirmed',
  'run-approved',
  'run-rejected',
  'run-sent-back',
  'run-withdrawn',
  'break-glass-asked',
  'break-glass-used',
  'break-glass-told',
  'break-glass-overdue',
  'break-glass-reviewed',
  'decision-refused',
  'run-changed',
  'run-progressed',
  'run-settled',
  'action-refused',
  'secret-shown',
  'secret-refused',
  'commands-shown',
  'commands-refused',
] as const;

export type AuditKind = (typeof auditKinds)[number];

/**
 * One line of the audit trail: who did what to which run, from which state to which. Plain JSON without secrets: parameters
 * and Azure's ids, never a token or a script. It is hashed as it is written, so fields are only ever added.
 */
export interface AuditEvent {
  readonly kind: AuditKind;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly tenantId: string;
  readonly runId?: string;
  readonly code?: string;
  readonly operation?: string;
  readonly planHash?: string;
  /** Absent when the engine itself acted. */
  readonly actor?: Actor;
  readonly conversationId?: string;
  readonly from?: RunState;
  readonly to?: RunState;
  /** By kind: parameters and checks of a proposal, the code of a refusal, Azure's job and correlation ids. */
  readonly details?: Readonly<Record<string, unknown>>;
}
