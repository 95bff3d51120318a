import type { AuthorizationManagementClient } from '@azure/arm-authorization';
import type { ComputeManagementClient } from '@azure/arm-compute';
import type { RecoveryServicesClient } from '@azure/arm-recoveryservices';
import type { SiteRecoveryManagementClient } from '@azure/arm-recoveryservices-siterecovery';
import type { RecoveryServicesBackupClient } from '@azure/arm-recoveryservicesbackup';
import type { ResourceGraphClient } from '@azure/arm-resourcegraph';
import { createDefaultHttpClient, type HttpClient, type Pipeline } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import { equip, type Manner, type Wire } from './pipeline.ts';
import { simulatorRoute } from './simulator-route.ts';

/** What the clients are built from. */
export interface ClientOptions {
  readonly credential: TokenCredential;
  readonly wire: Wire;
  readonly simulatorUrl?: string;
}

type PerSubscription<C> = (subscriptionId: string, manner: Manner) => Promise<C>;

/** The SDKs' clients, one per subscription and manner. Each package is loaded when it is first needed: together they take half a second. */
export interface Clients {
  readonly backup: PerSubscription<RecoveryServicesBackupClient>;
  readonly vaults: PerSubscription<RecoveryServicesClient>;
  readonly recovery: PerSubscription<SiteRecoveryManagementClient>;
  readonly compute: PerSubscription<ComputeManagementClient>;
  readonly authorization: PerSubscription<AuthorizationManagementClient>;
  readonly graph: () => Promise<ResourceGraphClient>;
  /** What sends the requests of all of them. */
  readonly http: HttpClient;
}

/** Builds nothing yet. */
export function openClients({ credential, wire, simulatorUrl }: ClientOptions): Clients {
  const http = simulatorUrl === undefined ? createDefaultHttpClient() : simulatorRoute(simulatorUrl);
  const settings = { httpClient: http, retryOptions: { maxRetries: 0 } };
  const keep = <C extends Equipped>(build: (subscriptionId: string) => Promise<C>) => perSubscription(build, wire);
  const graph = keep(async () => {
    const { ResourceGraphClient } = await import('@azure/arm-resourcegraph');
    return new ResourceGraphClient(credential, settings);
  });
  return {
    backup: keep(async (subscriptionId) => {
      const { RecoveryServicesBackupClient } = await import('@azure/arm-recoveryservicesbackup');
      return new RecoveryServicesBackupClient(credential, subscriptionId, settings);
    }),
    vaults: keep(async (subscriptionId) => {
      const { RecoveryServicesClient } = await import('@azure/arm-recoveryservices');
      return new RecoveryServicesClient(credential, subscriptionId, settings);
    }),
    recovery: keep(async (subscriptionId) => {
      const { SiteRecoveryManagementClient } = await import('@azure/arm-recoveryservices-siterecovery');
      return new SiteRecoveryManagementClient(credential, subscriptionId, settings);
    }),
    compute: keep(async (subscriptionId) => {
      const { ComputeManagementClient } = await import('@azure/arm-compute');
      return new ComputeManagementClient(credential, subscriptionId, settings);
    }),
    authorization: keep(async (subscriptionId) => {
      const { AuthorizationManagementClient } = await import('@azure/arm-authorization');
      return new AuthorizationManagementClient(credential, subscriptionId, settings);
    }),
    graph: () => graph('', 'patient'),
    http,
  };
}

interface Equipped {
  readonly pipeline: Pipeline;
}

function perSubscription<C extends Equipped>(
  build: (subscriptionId: string) => Promise<C>,
  wire: Wire,
): PerSubscription<C> {
  const built = new Map<string, Promise<C>>();
  return (subscriptionId, manner) => {
    const key = `${manner} ${subscriptionId.toLowerCase()}`;
    const found = built.get(key) ?? equipped(build(subscriptionId), manner, wire);
    built.set(key, found);
    return found;
  };
}

async function equipped<C extends Equipped>(client: Promise<C>, manner: Manner, wire: Wire): Promise<C> {
  const ready = await client;
  equip(ready.pipeline, manner, wire);
  return ready;
}
