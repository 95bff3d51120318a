/** Every text that the runs say, beside the catalogue's `error.*`. The locales hold them. */
export const runMessages = {
  /** Already decided: {by}, {at}. One per state that a stale card can meet. */
  happened: {
    draft: 'run.happened.draft',
    'awaiting-approval': 'run.happened.awaiting-approval',
    approved: 'run.happened.approved',
    starting: 'run.happened.starting',
    unknown: 'run.happened.unknown',
    running: 'run.happened.running',
    'needs-attention': 'run.happened.needs-attention',
    succeeded: 'run.happened.succeeded',
    failed: 'run.happened.failed',
    cancelled: 'run.happened.cancelled',
    rejected: 'run.happened.rejected',
    withdrawn: 'run.happened.withdrawn',
    expired: 'run.happened.expired',
    superseded: 'run.happened.superseded',
    'sent-back': 'run.happened.sent-back',
  },
  /** Why it ended without Azure: {minutes}. */
  notDecided: 'run.why.not-decided',
  lapsed: 'run.why.lapsed',
  /** The preview was read again and is different: the differences are with the run. */
  changed: 'run.why.changed',
  changedAdvice: 'run.why.changed.advice',
  /** The policy asks for more than was agreed to: {rules}. */
  asksForMore: 'run.why.asks-for-more',
  /** Azure's records neither show nor rule out our request. */
  unclear: 'run.why.unclear',
  unclearAdvice: 'run.why.unclear.advice',
  /** Somebody does by hand what nothing was sent of: {by}. */
  takenOver: 'run.why.taken-over',
  takenOverAdvice: 'run.why.taken-over.advice',
  /** Azure's job cannot be read: {reason}. */
  unreadable: 'run.why.unreadable',
  unreadableAdvice: 'run.why.unreadable.advice',
  cancelledInAzure: 'run.why.cancelled-in-azure',
  /** While it waits. */
  lookingForRequest: 'run.waiting.looking-for-request',
  /** Lines of the timeline: {by}, {state}, {reason}. */
  event: {
    'run-proposed': 'run.event.proposed',
    'proposal-refused': 'run.event.proposal-refused',
    'action-refused': 'run.event.action-refused',
    'run-confirmed': 'run.event.confirmed',
    'run-approved': 'run.event.approved',
    'run-rejected': 'run.event.rejected',
    'run-sent-back': 'run.event.sent-back',
    'run-withdrawn': 'run.event.withdrawn',
    'break-glass-asked': 'run.event.glass-asked',
    'break-glass-used': 'run.event.glass-used',
    'break-glass-told': 'run.event.glass-told',
    'break-glass-overdue': 'run.event.glass-overdue',
    'break-glass-reviewed': 'run.event.glass-reviewed',
    'decision-refused': 'run.event.decision-refused',
    'run-changed': 'run.event.changed',
    'run-progressed': 'run.event.progressed',
    'run-settled': 'run.event.settled',
    'commands-shown': 'run.event.commands-shown',
    'commands-refused': 'run.event.commands-refused',
    'secret-shown': 'run.event.secret-shown',
    'secret-refused': 'run.event.secret-refused',
  },
  /** The name of a state, as a value in other texts. */
  state: 'run.state',
} as const;
