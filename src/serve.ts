import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { azureCredential, type BotSecret, botCredential, databasePassword } from './azure/identities.ts';
import { connectAzure, Reach, SendLease, TurnTime } from './azure/index.ts';
import { type ActingPeopleOptions, openActingPeople } from './azure/on-behalf-of.ts';
import { ownObjectId } from './azure/own-identity.ts';
import type { BotIdentity } from './bot/index.ts';
import { compose, type Parts } from './compose.ts';
import type { ServeConfig, SignInAppConfig } from './config.ts';
import { openStore } from './store/index.ts';

/** Teams mode: the same product behind Bot Framework's authentication and on the real Azure. */
export async function startServing(
  config: ServeConfig,
  { log, now }: { readonly log: Logger; readonly now: () => Date },
): Promise<{ readonly url: string; close(): Promise<void> }> {
  mkdirSync(config.dataFolder, { recursive: true });
  const credential = azureCredential(managedIdentityOf(config));
  const store = await openStore({
    dataFolder: join(config.dataFolder, 'store'),
    log,
    ...databaseOf(config, credential),
  });
  const reach = new Reach(now);
  const turnTime = new TurnTime();
  const sendLease = new SendLease();
  const connect = (acting: typeof credential) =>
    connectAzure({
      credential: acting,
      subscriptionIds: config.subscriptionIds,
      now,
      reach,
      turnTime,
      sendLease,
      log: ({ level, event, ...fields }) => log[level](fields, event),
    });
  const app = compose({
    policyFile: config.policyFile,
    pricesFile: config.pricesFile,
    destructive: config.destructive,
    keepDays: config.keepDays,
    identity: identityOf(config),
    allowedTenants: config.allowedTenants,
    guestTenants: config.guestTenants,
    azure: connect(credential),
    reach,
    turnTime,
    sendLease,
    ...(config.signInApp && { people: peopleOf(config.signInApp, { connect, log, now }) }),
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

/** The on-behalf-of mode, and the audience that Teams asks Entra for. */
function peopleOf(
  { appId, resource, secret, certificatePath, federatedClientId = '' }: SignInAppConfig,
  { connect, log, now }: Pick<ActingPeopleOptions, 'connect' | 'now'> & { readonly log: Logger },
): NonNullable<Parts['people']> {
  const proof =
    certificatePath === undefined
      ? ({ kind: 'federated-identity', clientId: federatedClientId } as const)
      : ({ kind: 'certificate', path: certificatePath } as const);
  const app = { appId, resource, secret: secret === undefined ? proof : ({ kind: 'secret', secret } as const) };
  const people = openActingPeople({
    app,
    connect,
    now,
    log: ({ level, event, ...fields }) => log[level](fields, event),
  });
  return { ...people, resource };
}

/** The managed identity that is there anyway also acts on Azure. */
function managedIdentityOf({ appType, appId, federatedIdentityClientId }: ServeConfig): string | undefined {
  return appType === 'UserAssignedMSI' ? appId : federatedIdentityClientId;
}

function identityOf(config: ServeConfig): BotIdentity {
  const { appId, appType, appTenantId: tenantId } = config;
  // Tokens of a multi-tenant app come from Bot Framework's own tenant (teams-platform.md 1.3).
  const issuing = appType === 'MultiTenant' ? 'botframework.com' : tenantId;
  const credential = botCredential({ appId, tenantId: issuing, secret: secretOf(config) });
  return { kind: 'teams', appId, appType, tenantId, credential };
}

function secretOf(config: ServeConfig): BotSecret {
  const { appPassword, certificatePath, federatedIdentityClientId: clientId, federatedTokenFile } = config;
  if (appPassword !== undefined) return { kind: 'secret', secret: appPassword };
  if (certificatePath !== undefined) return { kind: 'certificate', path: certificatePath };
  if (clientId !== undefined) return { kind: 'federated-identity', clientId };
  return federatedTokenFile === undefined
    ? { kind: 'managed-identity' }
    : { kind: 'federated-file', path: federatedTokenFile };
}

/** A server whose URL carries no password is logged in to with the identity that acts on Azure. */
function databaseOf({ databaseUrl }: ServeConfig, credential: ReturnType<typeof azureCredential>) {
  if (databaseUrl === undefined) return {};
  return new URL(databaseUrl).password === ''
    ? { databaseUrl, password: databasePassword(credential) }
    : { databaseUrl };
}
