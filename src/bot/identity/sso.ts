import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { InvokeBody } from '../actions/invoke.ts';
import type { Person } from '../options.ts';

/** Signing people in to Azure with the token that Teams has for them. Absent where the bot acts as itself. */
export interface SignIn {
  /** Application id URI of the sign-in app, `api://…`: for whom Teams asks Entra for the token. */
  readonly resource: string;
  isSignedIn(person: Person['actor']): boolean;
  /** `signed-in`, or why not. The token is never kept. */
  signIn(person: Person['actor'], teamsToken: string): Promise<'signed-in' | 'not-theirs' | 'refused'>;
}

/** Nothing stands behind this name: Teams wants one, and sends it back. */
const connectionName = 'vaultkeeper-azure';
/** Content type of the card by which Teams knows that it is to get a token. */
export const oauthCardType = 'application/vnd.microsoft.card.oauth';

/** What Teams sends when it has a token for a card of `oauthCard` (learn.microsoft.com, "Add code to enable SSO in your bot app"). */
const exchange = z.looseObject({ id: z.string().max(200), token: z.string().min(1).max(20_000) });

/** The clicks that act, or show what only the person may see. */
const acting = z.union([
  z.looseObject({ verb: z.enum(['start', 'reveal']) }),
  z.looseObject({ verb: z.literal('decide'), data: z.looseObject({ decision: z.literal('confirm') }) }),
]);

/** Whether a click acts in the name of whoever clicks. */
export function actsAsPerson(click: { readonly verb: string; readonly data: unknown }): boolean {
  return acting.safeParse(click).success;
}

/** The card that Teams answers by itself, unseen, with a token of the person. */
export function oauthCard(resource: string, text: string) {
  const tokenExchangeResource = { id: randomUUID(), uri: resource };
  return { text, connectionName, tokenExchangeResource, buttons: [] };
}

/** Asks Teams to send the click again, with a token (learn.microsoft.com, "Enable SSO for Universal Actions"). */
export function loginRequest(resource: string, text: string): InvokeBody {
  return {
    statusCode: 401,
    type: 'application/vnd.microsoft.activity.loginRequest',
    value: oauthCard(resource, text),
  };
}

/** The answer to `signin/tokenExchange`, whose HTTP status is what counts: with 412 Teams shows that it did not work. */
export async function exchanged(
  { signIn }: { readonly signIn?: SignIn | undefined },
  person: Person | string,
  value: unknown,
): Promise<{ readonly status: 200 | 400 | 412; readonly body: object }> {
  const sent = exchange.safeParse(value).data;
  if (sent === undefined || signIn === undefined) return { status: 400, body: { failureDetail: 'not expected' } };
  const body = { id: sent.id, connectionName };
  const became = typeof person === 'string' ? person : await signIn.signIn(person.actor, sent.token);
  return became === 'signed-in' ? { status: 200, body } : { status: 412, body: { ...body, failureDetail: became } };
}
