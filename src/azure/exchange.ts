import type { z } from 'zod';
import { correlationIdOf, type RawAnswer } from './correlation.ts';
import { answered, unreadable } from './faults.ts';

type Seen = (answer: RawAnswer) => void;

/** Options that every call of the SDKs takes. */
export interface ReadOptions {
  readonly onResponse: Seen;
}

/**
 * One read: calls the SDK, then checks what it made of the answer. The SDKs' types promise fields that a body may lack, so nothing is believed before
 * the schema has seen it.
 */
export async function read<T>(
  schema: z.ZodType<T>,
  now: () => Date,
  call: (options: ReadOptions) => Promise<unknown>,
): Promise<T> {
  let last: RawAnswer | undefined;
  const seen: Seen = (answer) => {
    last = answer;
  };
  const body = await answered(() => call({ onResponse: seen }), now);
  return understood(schema, body, last);
}

/** Like `read`, from the text on the wire: for bodies of which the SDK drops a part. */
export async function readText<T>(
  schema: z.ZodType<T>,
  now: () => Date,
  call: (options: ReadOptions) => Promise<unknown>,
): Promise<T> {
  let last: RawAnswer | undefined;
  const seen: Seen = (answer) => {
    last = answer;
  };
  await answered(() => call({ onResponse: seen }), now);
  return understood(schema, JSON.parse(last?.bodyAsText ?? 'null'), last);
}

/** A list with all its pages; empty pages with a next link are legal (azure-api.md 5.2). */
export async function readAll<T>(
  schema: z.ZodType<T>,
  now: () => Date,
  list: (options: ReadOptions) => AsyncIterable<unknown>,
): Promise<readonly T[]> {
  let last: RawAnswer | undefined;
  const seen: Seen = (answer) => {
    last = answer;
  };
  const rows = await answered(() => collected(list({ onResponse: seen })), now);
  return rows.map((row) => understood(schema, row, last));
}

/** A list's first page alone: where each page costs of a budget and the newest entries say enough. */
export async function readFirstPage<T>(
  schema: z.ZodType<T>,
  now: () => Date,
  list: (options: ReadOptions) => { byPage(): AsyncIterable<unknown> },
): Promise<readonly T[]> {
  return await read(schema.array(), now, async (options) => {
    for await (const page of list(options).byPage()) return page;
    return [];
  });
}

/** Checks an answer against its schema; one that does not fit counts as unreadable. */
export function understood<T>(schema: z.ZodType<T>, body: unknown, answer?: RawAnswer): T {
  const checked = schema.safeParse(body);
  if (checked.success) return checked.data;
  const correlationId = answer === undefined ? undefined : correlationIdOf(answer);
  const where = checked.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw unreadable(answer?.status ?? 200, correlationId, `something is missing or different at ${where || 'the top'}`);
}

/** Options of a changing call: the request's own id, and a signal that ends the SDK's polling. */
export interface SubmitOptions {
  readonly onResponse: Seen;
  readonly abortSignal: AbortSignal;
  readonly requestOptions: { readonly customHeaders: Record<string, string> };
}

/**
 * Sends a change and returns as soon as Azure has accepted it. The SDK's poller is stopped before its first poll: the operation takes minutes, a
 * failed poll would hide an accepted request, and the built-in Site Recovery Operator may not even read the operation (azure-api.md 4.3, 6).
 */
export async function submitted(
  request: { readonly clientRequestId: string; readonly now: () => Date },
  call: (options: SubmitOptions) => Promise<unknown>,
): Promise<RawAnswer> {
  const polling = new AbortController();
  const accepted = new Promise<RawAnswer>((resolve, reject) => {
    // Refusals pass here too: the SDK's pollers hide the error that comes with them.
    const onResponse: SubmitOptions['onResponse'] = (answer) => {
      if (answer.status >= 300) return;
      resolve(answer);
      polling.abort();
    };
    const customHeaders = { 'x-ms-client-request-id': request.clientRequestId };
    call({ onResponse, abortSignal: polling.signal, requestOptions: { customHeaders } }).then(
      () => reject(unreadable(0, request.clientRequestId, 'the call ended without one')),
      reject,
    );
  });
  return await answered(() => accepted, request.now);
}

/** The last segment of the URL in a header: the id of an operation or a job. Empty when the header is missing. */
export function idInHeader(answer: RawAnswer, header: string): string {
  const path = answer.headers.get(header)?.split(/[?#]/)[0] ?? '';
  return path.split('/').at(-1) ?? '';
}

async function collected(rows: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  for await (const row of rows) all.push(row);
  return all;
}
