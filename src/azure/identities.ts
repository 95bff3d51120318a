import {
  ClientCertificateCredential,
  ClientSecretCredential,
  DefaultAzureCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity';
import { CatalogueError } from '../errors.ts';

/** How the bot proves to Bot Framework who it is: one of a client secret, a certificate, or a user-assigned managed identity. */
export type BotSecret =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly path: string }
  | { readonly kind: 'managed-identity' };

/** The bot's credential towards Bot Framework, as one `TokenCredential` whatever it is made of (teams-platform.md 1.3). */
export function botCredential(app: {
  readonly appId: string;
  readonly tenantId: string;
  readonly secret: BotSecret;
}): TokenCredential {
  const { appId, tenantId, secret } = app;
  if (secret.kind === 'secret') return new ClientSecretCredential(tenantId, appId, secret.secret);
  if (secret.kind === 'certificate') return new ClientCertificateCredential(tenantId, appId, secret.path);
  return new ManagedIdentityCredential({ clientId: appId });
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
