import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request for a token, as it was asked. */
export interface TokenRequest {
  /** `POST /tenant/oauth2/v2.0/token` or the managed identity's endpoint. */
  readonly path: string;
  readonly form: URLSearchParams;
}

/** Entra's token endpoint and the managed identity endpoint of a container app, on this machine. */
export interface TokenServer {
  readonly url: string;
  readonly requests: readonly TokenRequest[];
  forget(): void;
  close(): Promise<void>;
}

const login = 'https://login.microsoftonline.com';

/** What stands in the answer to a request for a token; with `error` it is a refusal, undefined is the usual token. */
export type TokenAnswer = (
  form: URLSearchParams,
) => { readonly error?: string; readonly [field: string]: unknown } | undefined;

/** Gives a token to whoever asks, unless `own` has an answer, and keeps what was asked. */
export async function startTokenServer(own: TokenAnswer = () => undefined): Promise<TokenServer> {
  const requests: TokenRequest[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://server');
    const body = await text(request);
    const form = request.method === 'POST' ? new URLSearchParams(body) : url.searchParams;
    response.setHeader('content-type', 'application/json');
    const answer = { ...answerTo(url.pathname, form, requests), ...own(form) };
    if ('error' in answer) response.statusCode = 400;
    response.end(JSON.stringify(answer));
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections());
  return { url: `http://127.0.0.1:${port}`, requests, forget: () => void requests.splice(0), close };
}

function answerTo(path: string, form: URLSearchParams, requests: TokenRequest[]): object {
  if (path.endsWith('/discovery/instance')) {
    const metadata = [
      {
        preferred_network: 'login.microsoftonline.com',
        preferred_cache: 'login.windows.net',
        aliases: ['login.microsoftonline.com'],
      },
    ];
    return { tenant_discovery_endpoint: `${login}/common/v2.0/.well-known/openid-configuration`, metadata };
  }
  if (path.endsWith('/openid-configuration')) {
    const tenant = path.split('/')[1];
    const at = `${login}/${tenant}`;
    const endpoints = {
      token_endpoint: `${at}/oauth2/v2.0/token`,
      authorization_endpoint: `${at}/oauth2/v2.0/authorize`,
    };
    return { ...endpoints, issuer: `${at}/v2.0`, jwks_uri: `${at}/discovery/v2.0/keys` };
  }
  requests.push({ path, form });
  const lifetime = { expires_in: 3600, ext_expires_in: 3600, expires_on: String(Math.floor(Date.now() / 1000) + 3600) };
  const token = form.has('resource') ? `identity ${form.get('client_id')}` : `app ${form.get('client_id')}`;
  return { token_type: 'Bearer', access_token: token, resource: form.get('resource'), ...lifetime };
}
