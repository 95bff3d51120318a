import type { Question } from './talk.ts';

/** How an operation is asked for in the practice estate, after what `starts.ts` brings about, and what is seen then. */
export interface Asked extends Question {
  /** The request by which it is submitted: method and the end of its path. */
  readonly sends: readonly [method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string];
  /** How many of these requests one submission is. */
  readonly requests?: number;
  /** On the card of its result. */
  readonly done: RegExp;
  /** Of Azure's own time; none unless given. What lasts for hours is over at once without. */
  readonly pace?: number;
  /** A person completes the manual actions that its job waits for. */
  readonly manual?: true;
  /** How its job fails in the simulator; words: why it cannot. */
  readonly fails: JobFailure | string;
  /** On the card of what Azure refused, where a run of many requests tells it in a way of its own. */
  readonly told?: { readonly forbidden: RegExp; readonly conflict: RegExp };
  /** On the card of a job that failed, beside Azure's words. */
  readonly failed?: RegExp;
  /** Built-in roles that nobody in the practice estate holds and this needs. */
  readonly needs?: readonly string[];
}

/** `code`: the coming job fails with it; `answer`: what Azure answers there instead. */
export type JobFailure =
  | { readonly code: string }
  | { readonly method: 'GET'; readonly path: string; readonly body: unknown };

/** The operation behind a change of Azure Backup's comes to nothing. */
export const operationFails: JobFailure = {
  method: 'GET',
  path: '/backupOperations/',
  body: { status: 'Failed', error: { code: 'UserErrorOfTomorrow', message: 'Azure says why it did not work.' } },
};
