/**
 * The gaps of the engine: what is durable at each is what a restart finds. `test/recovery` ends the process at every one
 * of them. The order is that of a run's life.
 */
export const killPoints = [
  'before-proposal-kept',
  'after-proposal-kept',
  'before-decision-kept',
  'after-decision-kept',
  'step-taken',
  'before-starting-written',
  'after-starting-written',
  'before-submit',
  'after-submit',
  'after-running-written',
  'after-unknown-written',
  'before-find-submitted',
  'after-find-submitted',
  'before-progress-read',
  'before-progress-written',
  'after-progress-written',
  'before-result-read',
  'before-end-written',
  'after-end-written',
  'before-expiry-written',
  'after-expiry-written',
  'inside-change',
  'before-card-sent',
  'after-card-sent',
  'after-card-noted',
] as const;

export type KillPoint = (typeof killPoints)[number];

/** Is told that a run is in a gap; tests hold it there, or end the process. `inside-change` holds a transaction open. */
export type KillSwitch = (
  name: KillPoint,
  run: { readonly id: string; readonly operation?: string },
) => Promise<void> | void;
