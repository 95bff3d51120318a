import type { CatalogueError } from '../errors.ts';

/** What an error of `submit` proves: Azure took nothing and will later, Azure took nothing and never will, or nothing at all. */
export type SubmitVerdict = 'later' | 'refused' | 'unproved';

/**
 * Reads an error of a call that may have been taken. Only an answer proves anything: a 4xx means that Azure refused, a 5xx,
 * a timeout or a broken connection may have come after the effect (azure-api.md 6).
 */
export function verdictOf(error: CatalogueError): SubmitVerdict {
  if (error.kind === 'throttled') return 'later';
  if (error.kind === 'internal' || error.kind === 'unavailable') return 'unproved';
  const status = error.azure?.status;
  if (status === undefined) return 'refused';
  return status >= 400 && status < 500 && status !== 408 ? 'refused' : 'unproved';
}

/** Whether the same question may well be answered later. */
export function isPassing(error: CatalogueError): boolean {
  return error.kind === 'throttled' || error.kind === 'unavailable' || (error.azure?.status ?? 0) >= 500;
}
