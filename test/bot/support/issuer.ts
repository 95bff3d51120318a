import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BotIdentity } from '../../../src/bot/index.ts';
import type { FakeConnector } from './connector.ts';

/** Issues tokens like the Bot Connector's, with its OpenID pages on a free port. */
export interface FakeIssuer {
  readonly identity: Extract<BotIdentity, { kind: 'teams' }>;
  /** A token that everything is right with; claims and header fields given go over it. */
  token(claims?: object, header?: object): string;
  close(): Promise<void>;
}

/** The bot's app id in the tests. */
export const appId = '9d3c4c5e-1111-4222-8333-5a8f7c6b5d4e';

/** Starts the issuer for a bot that speaks to this connector. */
export async function fakeIssuer(connector: Pick<FakeConnector, 'url'>): Promise<FakeIssuer> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', endorsements: ['msteams'] }];
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    const page = request.url === '/keys' ? { keys } : { issuer: 'x', jwks_uri: `http://127.0.0.1:${port}/keys` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(page));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    identity: {
      kind: 'teams',
      appId,
      appType: 'SingleTenant',
      tenantId: 'bot-tenant',
      credential: { getToken: (scope) => Promise.resolve({ token: `for ${scope}` }) },
      openIdMetadataUrl: `http://127.0.0.1:${port}/openid`,
      extraServiceHosts: [new URL(connector.url).host],
    },
    token: (claims = {}, header = {}) => signed(privateKey, { ...goodClaims(connector.url), ...claims }, header),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function goodClaims(serviceurl: string): object {
  const now = Math.floor(Date.now() / 1000);
  return { iss: 'https://api.botframework.com', aud: appId, serviceurl, nbf: now - 60, exp: now + 3600 };
}

function signed(key: KeyObject, claims: object, given: object): string {
  const header: { alg?: string } = { alg: 'RS256', typ: 'JWT', kid: 'k1', ...given } as object;
  const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  if (header.alg === 'none') return `${text}.x`;
  if (header.alg === 'HS256') return `${text}.${createHmac('sha256', 'public').update(text).digest('base64url')}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key).toString('base64url')}`;
}
