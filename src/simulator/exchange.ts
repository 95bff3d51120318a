import type { z } from 'zod';
import { invalidContent, Refusal } from './refusal.ts';
import type { State } from './state.ts';
import type { RowTexts } from './texts.ts';

/** Who calls, as the token's payload says; signatures are not checked (see README). */
export interface Caller {
  readonly objectId?: string;
  readonly tenantId?: string;
  readonly name?: string;
}

/** One request to a simulated Azure service, after routing. */
export interface ArmRequest {
  readonly method: string;
  /** The path as sent, decoded, without the query. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly apiVersion: string;
  readonly body: unknown;
  readonly caller: Caller;
  /** `https://management.azure.com`, or our own address for a caller that came straight to us. */
  readonly origin: string;
}

/** What handlers work on: the state, the time of this request, and the links from one service to another. */
export interface World {
  readonly state: State;
  /** ms since 1970 by the simulator's clock; while an effect is applied, the time of that effect. */
  now: number;
  /** The JSON of rows that have not changed; absent where nothing is served. */
  readonly texts?: RowTexts;
}

/** An answer; a body of undefined is an empty one. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The body as JSON that is ready, instead of `body`. */
  readonly text?: string;
}

/** Handles one routed request; throws a Refusal for an error answer. Never asynchronous, so it is atomic. */
export type Handler = (request: ArmRequest, world: World) => Answer;

/** 200 with a body. */
export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** The path parameter `name`; throws where the route has none of that name. */
export function param(request: ArmRequest, name: string): string {
  const value = request.params[name];
  if (value === undefined) throw new Error(`the route has no parameter ${name}`);
  return value;
}

/** A query parameter, its name compared without regard to case as ARM does. */
export function queryOf(request: ArmRequest, name: string): string | undefined {
  for (const [key, value] of request.query) if (key.toLowerCase() === name.toLowerCase()) return value;
  return undefined;
}

/** The body as `schema` wants it; otherwise the refusal that `refuse` makes of the fault, ARM's by default. */
export function bodyOf<T>(
  request: ArmRequest,
  schema: z.ZodType<T>,
  refuse: (fault: string) => Refusal = invalidContent,
): T {
  const parsed = schema.safeParse(request.body ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw refuse(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`);
}

/** How rows are shown on pages. */
export interface PageOptions<T> {
  readonly size: number;
  readonly render: (row: T) => unknown;
  /** Where the JSON of a row may be kept, if what it shows does not change with the time. */
  readonly keptIn?: (row: T) => RowTexts | undefined;
}

/** One page of `rows`, of which only those shown are rendered, with Azure's `nextLink`; `$skipToken` is opaque to callers. */
export function pageOf<T extends object>(request: ArmRequest, rows: readonly T[], how: PageOptions<T>): Answer {
  const from = skipOf(request);
  const shown = rows.slice(from, from + how.size);
  const nextLink = from + how.size >= rows.length ? undefined : nextLinkOf(request, from + how.size);
  const { keptIn } = how;
  if (keptIn === undefined) {
    return ok({ value: shown.map(how.render), ...(nextLink === undefined ? {} : { nextLink }) });
  }
  const texts = shown.map((row) => keptIn(row)?.of(row, how.render) ?? JSON.stringify(how.render(row)));
  const next = nextLink === undefined ? '' : `,"nextLink":${JSON.stringify(nextLink)}`;
  return { status: 200, text: `{"value":[${texts.join(',')}]${next}}` };
}

function nextLinkOf(request: ArmRequest, from: number): string {
  const next = new URLSearchParams(request.query);
  for (const key of [...next.keys()]) if (key.toLowerCase() === '$skiptoken') next.delete(key);
  next.set('$skipToken', Buffer.from(String(from)).toString('base64'));
  return `${request.origin}${encodePath(request.path)}?${next.toString()}`;
}

/** A path as it goes into a URL. */
function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function skipOf(request: ArmRequest): number {
  const token = queryOf(request, '$skipToken');
  if (token === undefined) return 0;
  const skip = Number(Buffer.from(token, 'base64').toString());
  if (Number.isSafeInteger(skip) && skip >= 0) return skip;
  throw new Refusal(400, 'InvalidSkipToken', `The skip token '${token}' is invalid.`);
}
