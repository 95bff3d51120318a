import type { RunState } from '../run-summary.ts';
import type { Tone } from '../screen.ts';

const tones: Readonly<Record<RunState, Tone>> = {
  draft: 'neutral',
  'awaiting-approval': 'warning',
  approved: 'neutral',
  starting: 'neutral',
  unknown: 'unknown',
  running: 'neutral',
  'needs-attention': 'bad',
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'neutral',
  rejected: 'bad',
  withdrawn: 'neutral',
  expired: 'neutral',
  superseded: 'warning',
};

/** How a run's state is marked wherever runs are listed. */
export function toneOf(state: RunState): Tone {
  return tones[state];
}

const open: ReadonlySet<RunState> = new Set([
  'draft',
  'awaiting-approval',
  'approved',
  'starting',
  'unknown',
  'running',
  'needs-attention',
]);

/** Whether a run has not ended yet. */
export function isOpen(state: RunState): boolean {
  return open.has(state);
}
