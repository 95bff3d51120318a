import type { HttpClient } from '@azure/core-rest-pipeline';
import { ManagedIdentityCredential, OnBehalfOfCredential, type TokenCredential } from '@azure/identity';

/** How the sign-in app proves to Entra who it is. `federated-identity`: it trusts a managed identity, whose token is the proof. */
export type SignInSecret =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly path: string }
  | { readonly kind: 'federated-identity'; readonly clientId: string };

/** The app registration for which Teams gets tokens of people. It is never the bot's own: tokens of that one could pass for a channel's. */
export interface SignInApp {
  readonly appId: string;
  /** Its application id URI, `api://…`: the audience of Teams' tokens. */
  readonly resource: string;
  readonly secret: SignInSecret;
}

/** Whose token is exchanged, and how Entra is reached. */
interface Exchange {
  readonly tenantId: string;
  readonly userAssertionToken: string;
  readonly options: { readonly httpClient?: HttpClient };
}

/** The credential that exchanges one token of a person. */
export function exchangeCredential({ appId, secret }: SignInApp, { options, ...of }: Exchange): TokenCredential {
  const common = { ...of, ...options, clientId: appId };
  switch (secret.kind) {
    case 'secret':
      return new OnBehalfOfCredential({ ...common, clientSecret: secret.secret });
    case 'certificate':
      return new OnBehalfOfCredential({ ...common, certificatePath: secret.path });
    case 'federated-identity': {
      const identity = new ManagedIdentityCredential({ clientId: secret.clientId, ...options });
      const getAssertion = async () => (await identity.getToken('api://AzureADTokenExchange/.default')).token;
      return new OnBehalfOfCredential({ ...common, getAssertion });
    }
  }
}
