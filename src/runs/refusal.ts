import { CatalogueError, type ErrorCode } from '../errors.ts';
import type { Message } from '../message.ts';

/** Why a decision does not count. It is an answer and not a fault: nothing has changed. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly why: Message;
  readonly advice: Message;
}

/** A refusal in the catalogue's words. */
export function refusal(code: ErrorCode, values: ConstructorParameters<typeof CatalogueError>[1] = {}): Refusal {
  const error = new CatalogueError(code, values);
  return { code, why: error.text, advice: error.advice };
}
