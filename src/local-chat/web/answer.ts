import type { IncomingMessage, ServerResponse } from 'node:http';

/** An HTTP answer with the error body of the Bot Connector: `{error: {code, message}}`. */
export class HttpError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, details: { message: string; headers?: Record<string, string> }) {
    super(details.message);
    this.status = status;
    this.code = code;
    this.headers = details.headers ?? {};
  }
}

/** Longer bodies are not read; far above what Teams takes, so that its own limits can be shown. */
const maxBodyBytes = 1024 * 1024;

/** The request's JSON body. @throws HttpError 413, 415 or 400. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json(;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw new HttpError(415, 'UnsupportedMediaType', { message: 'Send application/json.' });
  }
  const tooLong = new HttpError(413, 'MessageSizeTooBig', { message: 'The body is over 1 MB.' });
  return parseJson((await readBytes(request, maxBodyBytes, tooLong)).toString('utf8'));
}

/** The request's body, as far as `most` bytes. @throws HttpError `tooLong` */
export async function readBytes(request: IncomingMessage, most: number, tooLong: HttpError): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part as Uint8Array);
    size += bytes.length;
    if (size > most) throw tooLong;
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

/** Ends the response with this JSON body; undefined: an empty one. */
export function sendJson(response: ServerResponse, status: number, body?: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

/** Runs a route; what it throws becomes an answer, and never takes the process down. */
export function answering(response: ServerResponse, route: () => Promise<void>): void {
  route().catch((error: unknown) => {
    if (response.headersSent) return void response.destroy();
    const known = error instanceof HttpError ? error : new HttpError(500, 'ServiceError', { message: 'It failed.' });
    for (const [name, value] of Object.entries(known.headers)) response.setHeader(name, value);
    sendJson(response, known.status, { error: { code: known.code, message: known.message } });
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, 'BadSyntax', { message: 'The body is not JSON.' });
  }
}
