import type { Text } from '../message.ts';
import type { Outcome } from './screen.ts';

/** The states of a run (DESIGN 6). */
export const runStates = [
  'draft',
  'awaiting-approval',
  'approved',
  'starting',
  'unknown',
  'running',
  'needs-attention',
  'succeeded',
  'failed',
  'cancelled',
  'rejected',
  'withdrawn',
  'expired',
  'superseded',
] as const;

export type RunState = (typeof runStates)[number];

/** One run, as it is listed and told to a person. */
export interface RunSummary {
  /** Four characters, unique among the runs of 90 days: `4F7K`. */
  readonly code: string;
  readonly operation: string;
  readonly state: RunState;
  /** What it acts on, by name: `sql-prod-01`. */
  readonly target: string;
  readonly requester: { readonly oid: string; readonly name: string };
  readonly approvals: readonly { readonly oid: string; readonly name: string; readonly at: string }[];
  readonly approvalsNeeded: number;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly decideBy?: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly outcome?: Outcome;
  readonly why?: Text;
  /** It was rejected with a wish for changes. */
  readonly sentBack?: boolean;
  /** It was started without its approvals: by whom, and until when somebody else has to look at it, or who has. */
  readonly brokenGlass?: { readonly by: string; readonly reviewBy: string; readonly reviewedBy?: string };
}
