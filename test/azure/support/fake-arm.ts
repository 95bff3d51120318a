import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as it came over the wire. */
export interface Received {
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  /** As it was sent. */
  readonly rawPath: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/**
 * What is sent back. `body` is JSON unless it is a string; `cut` breaks the connection off instead, `cutAfterBytes` in the middle
 * of the body, `hang` never answers.
 */
export interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly cut?: boolean;
  readonly cutAfterBytes?: number;
  readonly hang?: boolean;
}

export type Script = (request: Received, nth: number) => Reply | Promise<Reply>;

/** A local HTTP server that answers by a script and remembers everything that it was asked. */
export interface FakeArm {
  readonly url: string;
  readonly received: readonly Received[];
  close(): Promise<void>;
}

export async function startFakeArm(script: Script): Promise<FakeArm> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const seen = await receivedOf(request);
    received.push(seen);
    send(response, await script(seen, received.length));
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function receivedOf(request: IncomingMessage): Promise<Received> {
  const url = new URL(request.url ?? '/', 'http://arm');
  const body = await text(request);
  return {
    method: request.method ?? '',
    path: decodeURIComponent(url.pathname),
    rawPath: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: body === '' ? undefined : JSON.parse(body),
  };
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply.hang === true) return;
  if (reply.cut === true) {
    response.destroy();
    return;
  }
  const body = typeof reply.body === 'string' ? reply.body : reply.body === undefined ? '' : JSON.stringify(reply.body);
  const headers = { 'content-type': 'application/json; charset=utf-8', 'x-ms-correlation-request-id': 'corr-1' };
  response.writeHead(reply.status ?? 200, { ...headers, ...reply.headers });
  if (reply.cutAfterBytes === undefined) response.end(body);
  else response.write(body.slice(0, reply.cutAfterBytes), () => response.destroy());
}
