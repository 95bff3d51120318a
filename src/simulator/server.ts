import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { callerOf } from './caller.ts';
import { azureTime } from './clock.ts';
import { type Control, controlAnswer } from './control.ts';
import type { Engine } from './engine.ts';
import type { Answer } from './exchange.ts';
import type { Fault, Faults } from './faults.ts';
import type { LogEntry, RequestLog } from './log.ts';
import { statePage } from './page.ts';
import { invalidContent, Refusal } from './refusal.ts';
import { UnknownRoute } from './unknown.ts';

/** What the server hands its requests to. */
export interface Parts {
  readonly engine: Engine;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly control: Control;
}

/** Bodies above this many bytes are refused. */
const longestBody = 4 * 2 ** 20;

/** Azure keeps connections for minutes; one that is closed while a large answer is being made breaks the request that comes next on it. */
const keptOpenMilliseconds = 120_000;

/** An HTTP server that answers as Azure Resource Manager does; not listening yet. */
export function createArmServer(parts: Parts): Server {
  return createServer({ keepAliveTimeout: keptOpenMilliseconds }, (request, response) => {
    serve(parts, request, response).catch((cause: unknown) => {
      process.stderr.write(`simulator: ${cause instanceof Error ? cause.stack : String(cause)}\n`);
      if (!response.headersSent) send(response, failure(cause, parts.engine.world.now));
    });
  });
}

async function serve(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = parseUrl(request);
  const method = (request.method ?? 'GET').toUpperCase();
  if (url === undefined)
    return send(response, failure(new Refusal(400, 'BadRequest', 'The request address is not valid.'), 0));
  const text = await readBody(request);
  if (url.pathname === '/' && method === 'GET') return sendPage(response, statePage(parts.engine.world.state));
  if (url.pathname.startsWith('/_simulator/'))
    return send(response, controlAnswer(parts.control, { method, url, text }));
  await serveAzure(parts, { request, response, url, method, text });
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly method: string;
  readonly text: string | undefined;
}

async function serveAzure(parts: Parts, exchange: Exchange): Promise<void> {
  const { request, response, url, method, text } = exchange;
  parts.engine.tick();
  const path = decodePath(url.pathname);
  const entry = note(parts, exchange, path);
  const hit = parts.faults.take(method, path);
  if (hit !== undefined) entry.fault = hit.id;
  const fault = hit?.fault;
  if (fault?.delayMs !== undefined) await pause(fault.delayMs);
  if (fault !== undefined && fault.after !== true && disturb(fault, response, entry)) return;
  const answer = attempt(parts, entry, () => {
    const body = parseBody(text);
    entry.body = body;
    const caller = callerOf(request.headers);
    return parts.engine.answer({
      method,
      path,
      query: url.searchParams,
      headers: request.headers,
      body,
      caller,
      origin: originOf(request),
      onAction: (action) => {
        entry.action = action;
      },
    });
  });
  entry.status = answer.status;
  if (fault?.after === true && disturb(fault, response, entry)) return;
  send(response, { ...answer, headers: { ...standardHeaders(entry, parts), ...answer.headers } });
}

/** Runs a handler; refusals become answers, anything else ARM's 500. */
function attempt(parts: Parts, entry: LogEntry, handle: () => Answer): Answer {
  try {
    return handle();
  } catch (cause) {
    if (cause instanceof UnknownRoute) entry.unknown = true;
    if (!(cause instanceof Refusal))
      process.stderr.write(`simulator: ${cause instanceof Error ? cause.stack : String(cause)}\n`);
    return failure(cause, parts.engine.world.now);
  }
}

/** Does what a fault says instead of the answer; false where it only delays. */
function disturb(fault: Fault, response: ServerResponse, entry: LogEntry): boolean {
  if (fault.hang === true) return true;
  if (fault.cut === true) {
    response.destroy();
    return true;
  }
  if (fault.malformed === true) {
    entry.status = 200;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"value": [');
    return true;
  }
  if (fault.status === undefined) return false;
  entry.status = fault.status;
  const body = fault.body ?? faultEnvelope(fault.status);
  send(response, { status: fault.status, headers: fault.headers ?? {}, body });
  return true;
}

function faultEnvelope(status: number): unknown {
  if (status < 400) return undefined;
  const code = status === 429 ? 'TooManyRequests' : status >= 500 ? 'InternalServerError' : 'Conflict';
  return { error: { code, message: `The simulator was asked to answer ${status}.` } };
}

function failure(cause: unknown, now: number): Answer {
  if (!(cause instanceof Refusal)) {
    const text = `Encountered internal server error. Diagnostic information: timestamp '${azureTime(now)}', tracking id '${randomUUID()}', request correlation id '${randomUUID()}'.`;
    return { status: 500, body: { error: { code: 'InternalServerError', message: text } } };
  }
  const { fields, headers, cause: by } = cause.detail;
  const marks = by === 'gateway' ? { 'x-ms-failure-cause': by } : {};
  return {
    status: cause.status,
    headers: { ...marks, ...headers },
    body: { error: { code: cause.code, message: cause.message, ...fields } },
  };
}

function note(parts: Parts, exchange: Exchange, path: string): LogEntry {
  const { request, url, method } = exchange;
  const clientRequestId = headerOf(request, 'x-ms-client-request-id');
  const principal = callerOf(request.headers).objectId;
  return parts.log.add({
    at: parts.engine.world.now,
    method,
    path,
    query: url.search,
    correlationId: headerOf(request, 'x-ms-correlation-request-id') ?? randomUUID(),
    ...(clientRequestId === undefined ? {} : { clientRequestId }),
    ...(principal === undefined ? {} : { principal }),
  });
}

/** The headers that every answer of ARM's has. */
function standardHeaders(entry: LogEntry, parts: Parts): Record<string, string> {
  const time = new Date(parts.engine.world.now).toISOString().replace(/[-:]|\.\d+/g, '');
  const requestId = randomUUID();
  return {
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    expires: '-1',
    'x-ms-request-id': requestId,
    'x-ms-correlation-request-id': entry.correlationId,
    'x-ms-routing-request-id': `WESTEUROPE:${time}:${requestId}`,
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    ...(entry.clientRequestId === undefined ? {} : { 'x-ms-client-request-id': entry.clientRequestId }),
  };
}

/** The host that the caller believes in: Azure's, when its client was redirected to us, or our own. */
function originOf(request: IncomingMessage): string {
  const original = headerOf(request, 'x-sim-original-host');
  return original === undefined ? `http://${request.headers.host ?? '127.0.0.1'}` : `https://${original}`;
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function parseUrl(request: IncomingMessage): URL | undefined {
  const target = (request.url ?? '/').replace(/^\/{2,}/, '/');
  return URL.canParse(target, 'http://simulator') ? new URL(target, 'http://simulator') : undefined;
}

/** Decodes each segment; what cannot be decoded stays as it is. */
function decodePath(path: string): string {
  return path
    .split('/')
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    })
    .join('/');
}

/** The body as text; undefined when it is longer than the simulator reads. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size <= longestBody) chunks.push(bytes);
  }
  return size > longestBody ? undefined : Buffer.concat(chunks).toString('utf8');
}

function parseBody(text: string | undefined): unknown {
  if (text === undefined) throw new Refusal(413, 'RequestContentTooLarge', 'The request content is larger than 4 MB.');
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw invalidContent(cause instanceof Error ? cause.message : 'not JSON');
  }
}

/** `writeHead` is not chained: restify, in the same process, replaces it for all servers by one that returns nothing. */
function send(response: ServerResponse, answer: Answer): void {
  const bytes = Buffer.from(answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body)));
  const type = bytes.length === 0 ? {} : { 'content-type': 'application/json; charset=utf-8' };
  const length = answer.status === 204 ? {} : { 'content-length': String(bytes.length) };
  response.writeHead(answer.status, { ...type, ...length, ...answer.headers });
  response.end(bytes);
}

function sendPage(response: ServerResponse, html: string): void {
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy });
  response.end(html);
}
