import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { ComputeManagementClient } from '@azure/arm-compute';
import { RecoveryServicesClient } from '@azure/arm-recoveryservices';
import { SiteRecoveryManagementClient } from '@azure/arm-recoveryservices-siterecovery';
import { RecoveryServicesBackupClient } from '@azure/arm-recoveryservicesbackup';
import { ResourceGraphClient } from '@azure/arm-resourcegraph';
import { practiceSubscription, type TestSimulator } from '../support/simulator.ts';

/** The vendor's clients, aimed at a simulator, as one caller, without retries. */
export function clientsOf(simulator: TestSimulator, objectId?: string) {
  const credential = simulator.credential(objectId);
  const options = { httpClient: simulator.httpClient, retryOptions: { maxRetries: 0 } };
  return {
    backup: new RecoveryServicesBackupClient(credential, practiceSubscription, options),
    recovery: new SiteRecoveryManagementClient(credential, practiceSubscription, options),
    compute: new ComputeManagementClient(credential, practiceSubscription, options),
    vaults: new RecoveryServicesClient(credential, practiceSubscription, options),
    graph: new ResourceGraphClient(credential, options),
    authorization: new AuthorizationManagementClient(credential, practiceSubscription, options),
  };
}

/** All that an async iterator of the SDK's gives. */
export async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of pages) found.push(one);
  return found;
}

/** Minutes in ms. */
export const minutes = (count: number): number => count * 60_000;

/** Backup's names of a VM in the practice estate's production vault. */
export function itemOf(group: string, vm: string): [string, string, string, string, string] {
  const short = `iaasvmcontainerv2;${group};${vm}`;
  return ['rsv-prod-weu', 'rg-backup-weu', 'Azure', `IaasVMContainer;${short}`, `VM;${short}`];
}
