import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { Caller } from './exchange.ts';
import { Refusal } from './refusal.ts';

const claims = z.looseObject({
  oid: z.string().optional(),
  tid: z.string().optional(),
  upn: z.string().optional(),
  appid: z.string().optional(),
  name: z.string().optional(),
  exp: z.number().optional(),
});

/** The caller that a bearer token names. Only the payload is read: signature, issuer and audience are not checked. */
export function callerOf(headers: IncomingHttpHeaders): Caller {
  const token = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const payload = token === undefined ? undefined : payloadOf(token);
  if (payload === undefined) return {};
  const { oid, tid, upn, appid, name } = payload;
  const shown = upn ?? appid ?? name;
  return {
    ...(oid === undefined ? {} : { objectId: oid }),
    ...(tid === undefined ? {} : { tenantId: tid }),
    ...(shown === undefined ? {} : { name: shown }),
  };
}

/** Refuses a caller that strict authorization cannot know: no token (401), a token without an object id (401). */
export function checkToken(headers: IncomingHttpHeaders, caller: Caller): void {
  if (headers.authorization === undefined) {
    throw unauthorized('AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing.");
  }
  if (caller.objectId === undefined) {
    throw unauthorized('InvalidAuthenticationToken', 'The access token is invalid.');
  }
}

function unauthorized(code: string, text: string): Refusal {
  const challenge =
    'Bearer authorization_uri="https://login.microsoftonline.com/common", error="invalid_token", error_description="The access token could not be accepted."';
  return new Refusal(401, code, text, { cause: 'gateway', headers: { 'www-authenticate': challenge } });
}

function payloadOf(token: string): z.infer<typeof claims> | undefined {
  try {
    const text = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    return claims.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
