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

/** `code`: the coming job fails with it, or the coming one of `verb`; `body`: what Azure answers there instead. */
export type JobFailure =
  | { readonly code: string; readonly verb?: string }
  | { readonly method: 'GET'; readonly path: string; readonly body: unknown };

/** The operation behind a change of Azure Backup's comes to nothing. */
export const operationFails: JobFailure = {
  method: 'GET',
  path: '/backupOperations/',
  body: { status: 'Failed', error: { code: 'UserErrorOfTomorrow', message: 'Azure says why it did not work.' } },
};

/**
 * What stands on the card of a failure, by its code: our explanation where the code is known, Azure's own words, then the next step: ours, or Azure's
 * where the code is not known.
 */
export const explanations: Readonly<Record<string, RegExp>> = {
  '28031':
    /28031: The virtual machine could not be created in the recovery region[\s\S]*Raise the quota or choose another size/,
  UserErrorFsFreezeFailed:
    /file system of the Linux VM could not be frozen[^\n]*Azure says[^\n]*UserErrorFsFreezeFailed[\s\S]*with fsck, stop what holds one of them, then try again/,
  UserErrorVmAlreadyExistWithSameName:
    /A VM of this name exists[^\n]*Azure says: “A virtual machine with the same name exists[\s\S]*Ask again with another name/,
  CloudInternalError:
    /backup service failed inside[^\n]*Azure says: “The backup service met[\s\S]*Wait some minutes[\s\S]*support case/,
  UserErrorOfTomorrow: /UserErrorOfTomorrow: Azure says why it did not work/,
  /** Of a disk or a snapshot Azure says no more than that it failed. */
  DiskServiceInternalError: /did not finish it[^\n]*provisioningState Failed[\s\S]*activity log/,
  AllocationFailed:
    /no room for a VM of this size[^\n]*There is not enough capacity[\s\S]*another size, zone or region/,
  ConflictOfTomorrow: /ConflictOfTomorrow: The simulator was told to let this fail/,
};
