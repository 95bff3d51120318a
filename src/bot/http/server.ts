import type { AddressInfo } from 'node:net';
import type { Request, Response, Server } from 'restify';
import { isLoopback } from '../identity/service-hosts.ts';
import type { BotOptions } from '../options.ts';
import { type EndpointParts, receive } from './messages.ts';
import { restify } from './restify.ts';
import { divert, guard } from './rules.ts';

/** Longest time for the headers and for the whole request to arrive, in milliseconds. */
const headersMilliseconds = 10_000;
const requestMilliseconds = 20_000;
/** How long a connection stays open that nobody speaks on, in milliseconds. Node's own five seconds end many just when a turn is sent over them, which is then lost. */
const idleMilliseconds = 75_000;

/** The HTTP side: `POST /api/messages`, `GET /healthz`, `GET /readyz`, and whatever `fallback` serves. */
export function createHttpServer(options: BotOptions, endpoint: EndpointParts): Server {
  const server = restify.createServer({ name: 'vaultkeeper', ignoreTrailingSlash: false });
  server.server.headersTimeout = headersMilliseconds;
  server.server.requestTimeout = requestMilliseconds;
  server.server.keepAliveTimeout = idleMilliseconds;
  guard(server, options);
  server.post('/api/messages', async (request: Request, response: Response) => {
    await receive(endpoint, request, response);
  });
  server.get('/healthz', async (_request: Request, response: Response) => {
    response.send(200, { ok: true });
  });
  server.get('/readyz', async (_request: Request, response: Response) => {
    const ready = await readiness(options);
    response.send(ready.ok ? 200 : 503, ready);
  });
  divert(server, options.fallback);
  return server;
}

/** Listens; in practice mode on this machine's own addresses only. @throws TypeError */
export async function listen(server: Server, options: BotOptions, at: { port: number; host: string }) {
  if (options.identity.kind === 'practice' && !isLoopback(at.host)) {
    throw new TypeError(
      `Practice mode takes no token, so it listens on 127.0.0.1, ::1 or localhost, not on ${at.host}.`,
    );
  }
  await new Promise<void>((resolve, reject) => {
    // restify passes the error on as an event of its own, which ends the process when nobody listens for it.
    server.once('error', reject);
    server.server.once('error', reject);
    server.listen(at.port, at.host, () => resolve());
  });
  const { port } = server.server.address() as AddressInfo;
  const host = at.host.includes(':') ? `[${at.host}]` : at.host;
  return { port, url: `http://${host}:${port}` };
}

async function readiness({ ready }: BotOptions): Promise<{ readonly ok: boolean }> {
  try {
    return (await ready?.()) ?? { ok: true };
  } catch {
    return { ok: false };
  }
}
