import type { HttpClient } from '@azure/core-rest-pipeline';
import type { AccessToken, TokenCredential } from '@azure/identity';
import { z } from 'zod';
import { CatalogueError } from '../errors.ts';
import { exchangeCredential, type SignInApp } from './on-behalf-of-app.ts';
import type { Log } from './pipeline.ts';
import type { Ports } from './ports.ts';

/** A person by their verified identity. */
interface PersonKey {
  readonly tenantId: string;
  /** Entra object id. */
  readonly oid: string;
}

/** What became of a token that Teams sent: it is somebody else's, Entra gave none for it, or the person is signed in. */
export type SignedIn = 'signed-in' | 'not-theirs' | 'refused';

/** The people in whose name Azure is changed. What is known of them is in the memory of this process and nowhere else. */
export interface ActingPeople {
  isSignedIn(person: PersonKey): boolean;
  /** Exchanges the single sign-on token that Teams sent for the person; only the token for Azure is kept, until it ends. */
  signIn(person: PersonKey, teamsToken: string): Promise<SignedIn>;
  /** Azure as this person. @throws CatalogueError `sign-in-needed` */
  azureAs(person: PersonKey): Ports;
}

/** What signing in is built from. */
export interface ActingPeopleOptions {
  readonly app: SignInApp;
  readonly connect: (credential: TokenCredential) => Ports;
  readonly now: () => Date;
  readonly log: Log;
  /** Tests give one that reaches a token server of theirs. */
  readonly httpClient?: HttpClient;
}

const armScope = 'https://management.azure.com/.default';
/** A call to Azure that begins is to end before the token does. */
const spareMilliseconds = 5 * 60 * 1000;
const mostPeople = 1000;

const whose = z.object({ oid: z.string(), tid: z.string() });
/** What Entra puts into a token that Teams gets for an app (learn.microsoft.com, "Access token claims reference"). */
const teamsClaims = whose.extend({ aud: z.string(), exp: z.number(), scp: z.string() });

/** Nobody is signed in yet. */
export function openActingPeople(options: ActingPeopleOptions): ActingPeople {
  const held = new Map<string, { readonly azure: Ports; readonly until: number }>();
  const left = (until: number) => until - spareMilliseconds > options.now().getTime();
  const find = (person: PersonKey) => {
    const found = held.get(keyOf(person));
    return found !== undefined && left(found.until) ? found : undefined;
  };
  return {
    isSignedIn: (person) => find(person) !== undefined,
    azureAs(person) {
      const found = find(person);
      if (found === undefined) throw new CatalogueError('sign-in-needed');
      return found.azure;
    },
    async signIn(person, teamsToken) {
      if (find(person) !== undefined) return 'signed-in';
      if (!isForUs(options, person, teamsToken)) return refusedAs(options, person, 'not-theirs');
      const token = await exchanged(options, person, teamsToken);
      if (token === undefined) return 'refused';
      if (!isOf(person, whose.safeParse(payloadOf(token.token)).data)) return refusedAs(options, person, 'not-theirs');
      for (const [key, { until }] of held) if (!left(until) || held.size >= mostPeople) held.delete(key);
      const azure = options.connect(new HeldToken(token));
      held.set(keyOf(person), { azure, until: token.expiresOnTimestamp });
      return 'signed-in';
    },
  };
}

/**
 * Whether the token says that it is for our app, of this person, and not over. Its signature is Entra's to check, which refuses to exchange a
 * token that it has not made; nothing is done with it before.
 */
function isForUs({ app, now }: ActingPeopleOptions, person: PersonKey, token: string): boolean {
  const claims = teamsClaims.safeParse(payloadOf(token)).data;
  if (claims === undefined || !isOf(person, claims)) return false;
  const ours = [app.appId, app.resource].some((name) => same(name, claims.aud));
  return ours && claims.scp.split(' ').includes('access_as_user') && claims.exp * 1000 > now().getTime();
}

async function exchanged(
  { app, httpClient, log }: ActingPeopleOptions,
  person: PersonKey,
  userAssertionToken: string,
): Promise<AccessToken | undefined> {
  const options = httpClient === undefined ? {} : { httpClient };
  try {
    const credential = exchangeCredential(app, { tenantId: person.tenantId, userAssertionToken, options });
    return (await credential.getToken(armScope)) ?? undefined;
  } catch (error) {
    // Entra's sentence is left out: only its number is certain to hold nothing of a token.
    const entraCode = /AADSTS\d+/.exec(error instanceof Error ? error.message : '')?.[0];
    log({ level: 'warn', event: 'sign-in.refused', oid: person.oid, entraCode });
    return undefined;
  }
}

function refusedAs({ log }: ActingPeopleOptions, { oid }: PersonKey, why: SignedIn): SignedIn {
  log({ level: 'warn', event: 'sign-in.refused', oid, why });
  return why;
}

/** One token, for as long as it lives; it cannot be renewed, because nothing is kept that could renew it. */
class HeldToken implements TokenCredential {
  readonly #token: AccessToken;

  constructor(token: AccessToken) {
    this.#token = token;
  }

  getToken(): Promise<AccessToken> {
    return Promise.resolve(this.#token);
  }
}

function isOf(person: PersonKey, claims: z.output<typeof whose> | undefined): boolean {
  return claims !== undefined && same(claims.oid, person.oid) && same(claims.tid, person.tenantId);
}

function payloadOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  } catch {
    return undefined;
  }
}

function keyOf({ tenantId, oid }: PersonKey): string {
  return `${tenantId} ${oid}`.toLowerCase();
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
