import { readFile } from 'node:fs/promises';
import type { HttpClient } from '@azure/core-rest-pipeline';
import {
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  DefaultAzureCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity';
import { CatalogueError } from '../errors.ts';

/**
 * How the bot proves to Bot Framework who it is. `federated-identity`: the app registration trusts a managed identity, whose token is the proof;
 * `federated-file`: it trusts another issuer, such as a Kubernetes cluster, which renews its token in a file.
 */
export type BotSecret =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly path: string }
  | { readonly kind: 'federated-identity'; readonly clientId: string }
  | { readonly kind: 'federated-file'; readonly path: string }
  | { readonly kind: 'managed-identity' };

/** The app of the bot, and its secret. */
export interface BotApp {
  readonly appId: string;
  /** A tenant's GUID, or `botframework.com` for a MultiTenant app. */
  readonly tenantId: string;
  readonly secret: BotSecret;
}

/** For whom a managed identity asks when its token proves who an app is (learn.microsoft.com, "Configure an application to trust a managed identity"). */
const exchangeScope = 'api://AzureADTokenExchange/.default';

/**
 * The bot's credential towards Bot Framework, as one `TokenCredential` whatever it is made of (teams-platform.md 1.3); the libraries keep
 * the token and renew it before it ends. Tests give an `httpClient` that reaches a token server of theirs.
 */
export function botCredential(
  { appId, tenantId, secret }: BotApp,
  options: { httpClient?: HttpClient } = {},
): TokenCredential {
  switch (secret.kind) {
    case 'secret':
      return new ClientSecretCredential(tenantId, appId, secret.secret, options);
    case 'certificate':
      return new ClientCertificateCredential(tenantId, appId, secret.path, options);
    case 'federated-identity':
      return new ClientAssertionCredential(tenantId, appId, identityAssertion(secret.clientId, options), options);
    case 'federated-file':
      return new ClientAssertionCredential(
        tenantId,
        appId,
        async () => (await readFile(secret.path, 'utf8')).trim(),
        options,
      );
    case 'managed-identity':
      return new ManagedIdentityCredential({ clientId: appId, ...options });
  }
}

function identityAssertion(clientId: string, options: { httpClient?: HttpClient }): () => Promise<string> {
  const identity = new ManagedIdentityCredential({ clientId, ...options });
  return async () => (await identity.getToken(exchangeScope)).token;
}

/** The identity that acts on Azure: the managed identity where there is one, else what the machine is signed in with. */
export function azureCredential(managedIdentityClientId?: string): TokenCredential {
  return new DefaultAzureCredential(managedIdentityClientId === undefined ? {} : { managedIdentityClientId });
}

/**
 * Asks for the password of a connection to Azure Database for PostgreSQL: a token of that service, new for each connection
 * (learn.microsoft.com, "Microsoft Entra authentication with Azure Database for PostgreSQL").
 */
export function databasePassword(credential: TokenCredential): () => Promise<string> {
  return async () => {
    const token = await credential.getToken('https://ossrdbms-aad.database.windows.net/.default');
    if (token === null)
      throw new CatalogueError('azure-forbidden', { values: { action: 'none', scope: 'none', role: 'none' } });
    return token.token;
  };
}
