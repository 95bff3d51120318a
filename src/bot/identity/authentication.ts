import { type Activity, ConfigurationBotFrameworkAuthentication, StatusCodes } from 'botbuilder';
import { type AuthenticateRequestResult, AuthenticationError, type ClaimsIdentity } from 'botframework-connector';
import { z } from 'zod';
import type { BotIdentity, TeamsIdentity } from '../options.ts';
import { tenantsOf } from '../turn/activity.ts';
import { NoCredentialFactory, TokenCredentialFactory } from './credentials.ts';
import { outboundClient } from './outbound-client.ts';
import { loopbackServiceUrls, type ServiceUrlRule, teamsServiceUrls } from './service-hosts.ts';

const botConnectorIssuer = 'https://api.botframework.com';
/** Read without trust: it only decides whether the real check is made at all. */
const claimed = z.object({ iss: z.string(), exp: z.number() });
const headed = z.object({ alg: z.enum(['RS256', 'RS384', 'RS512']) });
/** As the SDK has it. */
const clockSkewSeconds = 300;

/** Bot Framework's authentication, with everything shut that a Teams bot has no use for. */
export function authenticationFor(identity: BotIdentity, doors: Doors): ConfigurationBotFrameworkAuthentication {
  return identity.kind === 'practice' ? new PracticeAuth(doors) : new TeamsOnlyAuth(identity, doors);
}

/** Who may come in, and how long going out may take. */
export interface Doors {
  /** Entra tenant ids. */
  readonly allowedTenants: readonly string[];
  readonly outboundSeconds: number;
}

/**
 * The SDK chooses how to check a token by what the unverified token says, and one of its ways ("emulator") takes tokens of any tenant whose
 * app id is the bot's own: a forged `from` would be a forged approver (teams-platform 5.2). Only the Bot Connector's tokens get as far
 * as the SDK's checks here.
 */
export class TeamsOnlyAuth extends ConfigurationBotFrameworkAuthentication {
  readonly #issuer: string;
  readonly #allowed: ServiceUrlRule;
  readonly #tenants: ReadonlySet<string>;

  constructor(identity: TeamsIdentity, { allowedTenants, outboundSeconds }: Doors) {
    const allowed = teamsServiceUrls(identity.extraServiceHosts);
    const httpClient = outboundClient(allowed, outboundSeconds);
    const credentials = new TokenCredentialFactory(identity.appId, identity.credential);
    super(settingsOf(identity), credentials, { requiredEndorsements: [] }, undefined, { httpClient });
    this.#issuer = identity.issuer ?? botConnectorIssuer;
    this.#allowed = allowed;
    this.#tenants = lowerCased(allowedTenants);
  }

  override async authenticateRequest(activity: Activity, header: string): Promise<AuthenticateRequestResult> {
    if (activity.channelId !== 'msteams') throw denied('channel');
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(header)?.[1] ?? '';
    const { iss, exp } = unverified(token);
    if (iss !== this.#issuer) throw denied('issuer');
    if (exp + clockSkewSeconds < Date.now() / 1000) throw denied('expired');
    if (typeof activity.serviceUrl !== 'string' || !this.#allowed(activity.serviceUrl)) throw denied('service URL');
    const identity = await super.authenticateRequest(activity, header).catch(withoutCause);
    if (!areAllowed(tenantsOf(activity), this.#tenants)) throw denied('tenant');
    return identity;
  }

  override authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    return Promise.reject(denied('streaming'));
  }

  override authenticateChannelRequest(): Promise<ClaimsIdentity> {
    return Promise.reject(denied('skills'));
  }
}

/** No token, but nobody beyond this machine is ever spoken to. */
class PracticeAuth extends ConfigurationBotFrameworkAuthentication {
  readonly #tenants: ReadonlySet<string>;

  constructor({ allowedTenants, outboundSeconds }: Doors) {
    const httpClient = outboundClient(loopbackServiceUrls, outboundSeconds);
    super({}, new NoCredentialFactory(), { requiredEndorsements: [] }, undefined, { httpClient });
    this.#tenants = lowerCased(allowedTenants);
  }

  override async authenticateRequest(activity: Activity, header: string): Promise<AuthenticateRequestResult> {
    if (activity.channelId !== 'msteams') throw denied('channel');
    if (typeof activity.serviceUrl !== 'string' || !loopbackServiceUrls(activity.serviceUrl))
      throw denied('service URL');
    if (!areAllowed(tenantsOf(activity), this.#tenants)) throw denied('tenant');
    return await super.authenticateRequest(activity, header);
  }
}

/** All seven must be given as soon as one is (teams-platform 1.3). */
function settingsOf(identity: TeamsIdentity) {
  const authority = identity.appType === 'MultiTenant' ? 'botframework.com' : identity.tenantId;
  return {
    ValidateAuthority: true,
    ToChannelFromBotLoginUrl: `https://login.microsoftonline.com/${authority}`,
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    ToBotFromChannelTokenIssuer: identity.issuer ?? botConnectorIssuer,
    OAuthUrl: 'https://api.botframework.com',
    ToBotFromChannelOpenIdMetadataUrl:
      identity.openIdMetadataUrl ?? 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    ToBotFromEmulatorOpenIdMetadataUrl:
      'https://login.microsoftonline.com/botframework.com/v2.0/.well-known/openid-configuration',
    CallerId: 'urn:botframework:azure',
  };
}

function unverified(token: string): z.output<typeof claimed> {
  const [header, claims] = token.split('.');
  if (!headed.safeParse(decoded(header)).success) throw denied('algorithm');
  const read = claimed.safeParse(decoded(claims));
  if (!read.success) throw denied('token');
  return read.data;
}

function decoded(part = ''): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** In a shared channel an activity names two tenants: each of them must be allowed. */
function areAllowed(tenants: readonly string[], allowed: ReadonlySet<string>): boolean {
  return tenants.length > 0 && tenants.every((tenant) => allowed.has(tenant));
}

function lowerCased(tenants: readonly string[]): ReadonlySet<string> {
  return new Set(tenants.map((tenant) => tenant.toLowerCase()));
}

/** A token that the JWT library cannot stand is a refused token, not a fault of ours; its text is of use to nobody outside. */
function withoutCause(error: unknown): never {
  const name = error instanceof Error ? error.name : '';
  throw /^(JsonWebToken|TokenExpired|NotBefore)Error$/.test(name) ? denied('token') : error;
}

function denied(what: string): AuthenticationError {
  return new AuthenticationError(`Refused: ${what}`, StatusCodes.UNAUTHORIZED);
}
