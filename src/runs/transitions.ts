import { type RunState, runStates } from '../operations/run-summary.ts';
import type { StoredRun } from './run.ts';

/** Every legal change of state (DESIGN 6). What is not here does not happen; a state without exits is terminal. */
export const transitions: Readonly<Record<RunState, readonly RunState[]>> = {
  draft: ['awaiting-approval', 'approved', 'withdrawn', 'expired', 'superseded'],
  'awaiting-approval': ['approved', 'rejected', 'withdrawn', 'expired', 'superseded'],
  approved: ['starting', 'superseded', 'expired', 'failed', 'needs-attention'],
  starting: ['running', 'failed', 'unknown', 'needs-attention'],
  unknown: ['running', 'failed', 'needs-attention'],
  running: ['succeeded', 'failed', 'cancelled', 'needs-attention'],
  'needs-attention': ['running', 'succeeded', 'failed', 'cancelled'],
  succeeded: [],
  failed: [],
  cancelled: [],
  rejected: [],
  withdrawn: [],
  expired: [],
  superseded: [],
};

/** Nothing happens to a run in such a state any more. */
export function isTerminal(state: RunState): boolean {
  return transitions[state].length === 0;
}

/** The states from which a run still goes on. */
export const openStates: readonly RunState[] = runStates.filter((state) => !isTerminal(state));

/** The states that a run never leaves. */
export const endedStates: readonly RunState[] = runStates.filter(isTerminal);

/** Waits for people: it can be confirmed, approved, rejected or withdrawn. */
export function isPending(state: RunState): boolean {
  return state === 'draft' || state === 'awaiting-approval';
}

/** What may change beside the state. Who asked for what, and what was shown, is frozen at the proposal. */
export type RunPatch = Partial<
  Pick<
    StoredRun,
    | 'approvals'
    | 'approvedAt'
    | 'startingAt'
    | 'endedAt'
    | 'job'
    | 'progress'
    | 'waiting'
    | 'outcome'
    | 'why'
    | 'advice'
    | 'differences'
    | 'newWarnings'
    | 'correlationId'
    | 'decidedBy'
    | 'sentBack'
    | 'breakGlass'
    | 'submissions'
    | 'nothingFoundAt'
    | 'stoodSince'
  >
>;

export interface Move {
  /** The same state again for a change beside it, such as progress. */
  readonly to: RunState;
  readonly at: Date;
  readonly patch?: RunPatch;
  readonly clear?: readonly ('waiting' | 'nothingFoundAt' | 'stoodSince' | 'why' | 'advice')[];
}

/**
 * The only writer of `state`: the run as it is after the move, one revision later.
 * @throws TypeError when the table does not allow the move.
 */
export function moved(run: StoredRun, move: Move): StoredRun {
  const stays = move.to === run.state && (!isTerminal(run.state) || marksOnly(move));
  if (!stays && !transitions[run.state].includes(move.to)) {
    throw new TypeError(`a run does not go from ${run.state} to ${move.to}`);
  }
  const kept = Object.fromEntries(
    Object.entries(run).filter(([key]) => !(move.clear ?? []).some((gone) => gone === key)),
  );
  const ended = isTerminal(move.to) && !stays ? { endedAt: move.at.toISOString() } : {};
  return { ...(kept as unknown as StoredRun), ...move.patch, ...ended, state: move.to, revision: run.revision + 1 };
}

/** What may still be added when a run has ended: that it was started without its approvals is reviewed later. */
function marksOnly({ patch = {}, clear = [] }: Move): boolean {
  const keys = Object.keys(patch);
  return keys.length > 0 && clear.length === 0 && keys.every((key) => key === 'breakGlass');
}
