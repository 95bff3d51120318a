import { startTokenServer, type TokenServer } from '../azure/support/token-server.ts';

/** The sign-in app of the tests, which is not the bot's. */
export const signInApp = {
  appId: '22222222-2222-4333-8444-555555555555',
  resource: 'api://vaultkeeper.example/22222222-2222-4333-8444-555555555555',
  secret: { kind: 'secret', secret: 'tiger-in-the-tank' },
} as const;

/** What a token of Teams says; whatever is given goes over what is usual. */
export interface Said {
  readonly oid: string;
  readonly tid: string;
  readonly aud?: string;
  readonly exp?: number;
  readonly scp?: string;
}

/** Entra for the on-behalf-of exchange: it knows which tokens it has made, and exchanges no other. */
export interface FakeEntra extends Pick<TokenServer, 'url' | 'requests' | 'close'> {
  /** A token as Teams gets it for the sign-in app. */
  teamsToken(said: Said): string;
  /** From now on the exchange gives a token of this person, whoever asks. */
  mixUp(oid: string): void;
}

const onBehalfOf = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** A token with a payload and no real signature; the mark tells that the tests' Entra made it. */
function tokenOf(payload: object, mark = 'made-by-entra'): string {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(payload)}.${Buffer.from(mark).toString('base64url')}`;
}

/** The same claims in a token that Entra has not made. */
export function forged(token: string): string {
  return `${token.split('.').slice(0, 2).join('.')}.Zm9yZ2Vk`;
}

/** Starts it on this machine. */
export async function startFakeEntra(): Promise<FakeEntra> {
  const made = new Map<string, Said>();
  let mixedUp: string | undefined;
  const server = await startTokenServer((form) => {
    if (form.get('grant_type') !== onBehalfOf) return undefined;
    const said = made.get(form.get('assertion') ?? '');
    const proved = form.get('client_id') === signInApp.appId && form.get('client_secret') === signInApp.secret.secret;
    if (said === undefined || !proved)
      return { error: 'invalid_grant', error_description: `AADSTS500133: ${form.get('assertion')} is not valid` };
    const azure = { oid: mixedUp ?? said.oid, tid: said.tid, aud: 'https://management.azure.com' };
    return { access_token: tokenOf(azure, 'arm'), scope: form.get('scope') };
  });
  return {
    url: server.url,
    requests: server.requests,
    close: () => server.close(),
    mixUp: (oid) => {
      mixedUp = oid;
    },
    teamsToken(said) {
      const exp = Math.floor(Date.now() / 1000) + 3600;
      const token = tokenOf({ aud: signInApp.appId, exp, scp: 'access_as_user', ...said });
      made.set(token, said);
      return token;
    },
  };
}
