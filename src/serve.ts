import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { azureCredential, type BotSecret, botCredential, databasePassword } from './azure/identities.ts';
import { connectAzure } from './azure/index.ts';
import { ownObjectId } from './azure/own-identity.ts';
import type { BotIdentity } from './bot/index.ts';
import { compose } from './compose.ts';
import type { ServeConfig } from './config.ts';
import { openStore } from './store/index.ts';

/** Teams mode: the same product behind Bot Framework's authentication and on the real Azure. */
export async function startServing(
  config: ServeConfig,
  { log, now }: { readonly log: Logger; readonly now: () => Date },
): Promise<{ readonly url: string; close(): Promise<void> }> {
  mkdirSync(config.dataFolder, { recursive: true });
  const credential = azureCredential(config.appType === 'UserAssignedMSI' ? config.appId : undefined);
  const store = await openStore({
    dataFolder: join(config.dataFolder, 'store'),
    log,
    ...databaseOf(config, credential),
  });
  const app = compose({
    policyFile: config.policyFile,
    identity: identityOf(config),
    allowedTenants: config.allowedTenants,
    azure: connectAzure({
      credential,
      subscriptionIds: config.subscriptionIds,
      now,
      log: ({ level, event, ...fields }) => log[level](fields, event),
    }),
    own: { id: async () => await ownObjectId(credential), subscriptionIds: config.subscriptionIds },
    store,
    log,
    now,
    pace: 1,
  });
  const { url } = await app.bot.listen(config.port, config.host);
  await app.start();
  void app.checkOwnRights();
  log.info({ url }, 'listening for Teams');
  return { url, close: async () => await app.close() };
}

function identityOf(config: ServeConfig): BotIdentity {
  const { appId, appType, appTenantId: tenantId } = config;
  return {
    kind: 'teams',
    appId,
    appType,
    tenantId,
    credential: botCredential({ appId, tenantId, secret: secretOf(config) }),
  };
}

function secretOf({ appPassword, certificatePath }: ServeConfig): BotSecret {
  if (appPassword !== undefined) return { kind: 'secret', secret: appPassword };
  return certificatePath === undefined ? { kind: 'managed-identity' } : { kind: 'certificate', path: certificatePath };
}

/** A server whose URL carries no password is logged in to with the identity that acts on Azure. */
function databaseOf({ databaseUrl }: ServeConfig, credential: ReturnType<typeof azureCredential>) {
  if (databaseUrl === undefined) return {};
  return new URL(databaseUrl).password === ''
    ? { databaseUrl, password: databasePassword(credential) }
    : { databaseUrl };
}
