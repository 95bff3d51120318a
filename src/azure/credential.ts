import type { AccessToken, TokenCredential } from '@azure/identity';

/** Who the bot is towards Azure: an Entra object id in a tenant. */
export interface Identity {
  readonly oid: string;
  readonly tid: string;
}

const lifetimeMs = 60 * 60 * 1000;

/** Practice and tests: a credential that never asks anybody. Its token is an unsigned JWT that names the identity, which only the simulator believes. */
export class FixedTokenCredential implements TokenCredential {
  readonly #token: string;

  constructor(identity: Identity) {
    this.#token = `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(identity)}.`;
  }

  getToken(): Promise<AccessToken> {
    return Promise.resolve({ token: this.#token, expiresOnTimestamp: Date.now() + lifetimeMs });
  }
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
