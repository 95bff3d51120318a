import { isRestError, type RestError } from '@azure/core-rest-pipeline';
import { type AzureFault, CatalogueError, type ErrorCode } from '../errors.ts';
import type { MessageValue } from '../message.ts';
import { correlationIdOf, sentIdOf } from './correlation.ts';
import { azureWords } from './error-body.ts';
import { missingRight } from './missing-right.ts';
import { quotaResetSeconds, retryAfterSeconds, saidSeconds } from './retry-after.ts';
import { roleFor } from './roles.ts';

const unsaidWaitSeconds = 60;

/** Said with another status than 409, but the same thing to a person: something else is going on there (azure-api.md 1.4). */
const conflictCodes = new Set([
  'BMSUserErrorObjectLocked',
  'BMSUserErrorConflictingProtectionOperation',
  'UserErrorBackupOperationInProgress',
  'UserErrorRestoreOperationInProgress',
]);

/**
 * Runs a call of the SDKs and turns whatever it throws into an error of the catalogue with Azure's own words inside.
 * Values of every `azure-*` message: `code`, `message`, `correlationId`; besides, of `azure-forbidden` `action`, `scope`, `role`,
 * of `azure-not-found` `resource` (each of them `none` where it is not known, which the texts select on), of `azure-throttled` `wait` (a duration).
 */
export async function answered<T>(call: () => Promise<T>, now: () => Date): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toCatalogueError(error, now());
  }
}

/** See `answered`. Anything that is neither an answer nor its absence becomes `internal`. */
export function toCatalogueError(error: unknown, now: Date): CatalogueError {
  if (error instanceof CatalogueError) return error;
  if (isRestError(error)) return withTrace(faultOf(error, now), error);
  if (!(error instanceof Error)) return new CatalogueError('internal', { cause: error });
  const operation = failedOperation(error);
  if (operation !== undefined) return withTrace(operation, error);
  if (/Authentication|Credential/.test(error.name)) return withTrace(noAnswer(error.name, 'No token for Azure'), error);
  return new CatalogueError('internal', { cause: error });
}

/** A fault as an error of the catalogue; also for the failures that Azure puts inside a successful answer. */
export function told(fault: AzureFault, cause?: Error): CatalogueError {
  const traced = cause === undefined ? {} : { cause };
  return new CatalogueError(codeOf(fault), { values: valuesOf(fault), azure: fault, ...traced });
}

/** Of the SDK's error only the way to it is kept: its message and details can hold a whole body, and so a script with a password, and causes are logged. */
function withTrace(fault: AzureFault, { name, stack }: Error): CatalogueError {
  const trace = new Error(`${name} ${fault.status} ${fault.code}`);
  const frames = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  trace.stack = [`${trace.name}: ${trace.message}`, ...frames].join('\n');
  return told(fault, trace);
}

/** Nobody waited any longer for the answer. */
export function unanswered(): CatalogueError {
  return told(noAnswer('Timeout', 'Azure took too long to answer'));
}

/** An answer that came but does not say what it must. What it asked for may have happened, so it counts as no answer. */
export function unreadable(status: number, correlationId: string | undefined, why: string): CatalogueError {
  const message = `Azure's answer could not be read: ${why}`;
  return told({ status, code: 'UnreadableAnswer', message, ...(correlationId === undefined ? {} : { correlationId }) });
}

function faultOf(error: RestError, now: Date): AzureFault {
  const answer = error.response;
  const status = error.statusCode ?? answer?.status ?? 0;
  const correlationId = answer === undefined ? sentId(error) : correlationIdOf(answer);
  const words = azureWords(error);
  const seconds = status === 429 && answer !== undefined ? waitOf(answer, words.message, now) : undefined;
  return {
    status,
    ...words,
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
    ...(codeOf({ status, ...words }) === 'azure-forbidden' ? { missing: missingOf(words.message) } : {}),
  };
}

function missingOf(message: string): NonNullable<AzureFault['missing']> {
  const { action, scope } = missingRight(message);
  return { action: orNone(action), scope: orNone(scope), role: orNone(roleFor(action)) };
}

function sentId({ request }: RestError): string | undefined {
  return request === undefined ? undefined : sentIdOf(request);
}

function waitOf(answer: NonNullable<RestError['response']>, message: string, now: Date): number | undefined {
  return retryAfterSeconds(answer.headers, now) ?? saidSeconds(message) ?? quotaResetSeconds(answer.headers);
}

/** The SDKs' pollers throw a plain Error; its text is all that is left of Azure's words (azure-api.md 6). */
function failedOperation(error: Error): AzureFault | undefined {
  const found = /^The long-running operation has failed\.?\s*(?:([\w-]+)\.\s)?(.*)$/s.exec(error.message);
  return found === null ? undefined : { status: 200, code: found[1] ?? 'OperationFailed', message: found[2] ?? '' };
}

function noAnswer(code: string, message: string): AzureFault {
  return { status: 0, code, message };
}

function codeOf(fault: AzureFault): ErrorCode {
  if (fault.code === 'UnreadableAnswer' || fault.status === 0) return 'azure-unavailable';
  if (fault.status === 408 || fault.status >= 500) return 'azure-unavailable';
  if (fault.status === 403) return fault.code === 'RequestDisallowedByPolicy' ? 'azure-refused' : 'azure-forbidden';
  if (fault.status === 404) return 'azure-not-found';
  if (fault.status === 409 || conflictCodes.has(fault.code)) return 'azure-conflict';
  return fault.status === 429 ? 'azure-throttled' : 'azure-refused';
}

function valuesOf(fault: AzureFault): Record<string, MessageValue> {
  const shared = { code: fault.code, message: fault.message, correlationId: fault.correlationId ?? '' };
  if (fault.status === 403) return { ...shared, ...(fault.missing ?? missingOf(fault.message)) };
  if (fault.status === 404) return { ...shared, resource: orNone(missingResource(fault.message)) };
  if (fault.status === 429) return { ...shared, wait: { seconds: fault.retryAfterSeconds ?? unsaidWaitSeconds } };
  return shared;
}

function orNone(value: string): string {
  return value === '' ? 'none' : value;
}

function missingResource(message: string): string {
  return /(?:resource|name|group|subscription) '([^']+)'/i.exec(message)?.[1] ?? '';
}
