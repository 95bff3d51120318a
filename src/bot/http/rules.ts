import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Next, Request, Response, Server } from 'restify';
import { isLoopback } from '../identity/service-hosts.ts';
import type { BotOptions } from '../options.ts';
import { restify } from './restify.ts';

/** Largest request, in bytes as they arrive; an activity of Teams has at most 100 KB of text. */
const maxBodyBytes = 256 * 1024;

const ownPaths = new Set(['/api/messages', '/healthz', '/readyz']);

/**
 * What is refused before a body is read: restify's parser ends the process on a body that says gzip and is not, counts compressed bytes
 * only, and writes uploads to disk before anybody is authenticated (teams-platform 0.2, 5.4).
 */
export function guard(server: Server, options: Pick<BotOptions, 'identity'>): void {
  server.pre((request: Request, response: Response, next: Next) => {
    if (options.identity.kind === 'practice' && !isLoopback(hostOf(request))) return refuse(response, next, 403);
    if (request.method !== 'POST') return next();
    const json = /^application\/json(;|$)/i.test(request.headers['content-type'] ?? '');
    return json && request.headers['content-encoding'] === undefined ? next() : refuse(response, next, 415);
  });
  server.use(restify.plugins.bodyParser({ maxBodySize: maxBodyBytes, mapParams: false }));
  server.on(
    'restifyError',
    (_request, _response, error: { body?: { code?: string }; toJSON: unknown }, done: () => void) => {
      error.toJSON = () => ({ code: error.body?.code ?? 'Internal' });
      done();
    },
  );
}

const codes = { 403: 'Forbidden', 415: 'UnsupportedMediaType' } as const;

function refuse(response: Response, next: Next, status: keyof typeof codes): void {
  response.setHeader('connection', 'close');
  response.send(status, { code: codes[status] });
  next(false);
}

/** A page elsewhere can point a name of its own at this machine; its requests say that name. */
function hostOf(request: Request): string {
  const host = request.headers.host ?? '';
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '';
}

/**
 * Lets `fallback` serve what is not the bot's, before restify sees it: restify answers by itself when a handler has not, and a stream of
 * events takes its time.
 */
export function divert(server: Server, fallback: BotOptions['fallback']): void {
  if (fallback === undefined) return;
  const own = server.server.listeners('request') as ((request: IncomingMessage, response: ServerResponse) => void)[];
  server.server.removeAllListeners('request');
  server.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!ownPaths.has(pathOf(request)) && fallback(request, response)) return;
    for (const listener of own) listener.call(server.server, request, response);
  });
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?')[0] ?? '';
}
