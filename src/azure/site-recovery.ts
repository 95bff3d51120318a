import { read, readAll } from './exchange.ts';
import type { VaultGatewayOptions } from './gateway-options.ts';
import { replicatedItemPath } from './paths.ts';
import type { SiteRecoveryGateway } from './ports.ts';
import { recoveryChanges } from './recovery-changes.ts';
import { recoveryHistory } from './recovery-history.ts';
import { recoveryPlans } from './recovery-plans.ts';
import { begunJob, itemNames } from './recovery-requests.ts';
import { recoverySettingUp } from './recovery-setting-up.ts';
import { recoverySetup } from './recovery-setup.ts';
import { replicatedItem, replicationPoint } from './replicated-item.ts';
import { replicationJobReads } from './replication-job-reads.ts';

type TestFailover = Parameters<SiteRecoveryGateway['testFailover']>[1];

/** Site Recovery, Azure to Azure. */
export function openSiteRecovery(options: VaultGatewayOptions): SiteRecoveryGateway {
  const { clients, now } = options;
  return {
    async item(itemId) {
      const at = replicatedItemPath(itemId);
      const client = await clients.recovery(at.subscriptionId, 'patient');
      return await read(replicatedItem, now, (callOptions) =>
        client.replicationProtectedItems.get(...itemNames(at), callOptions),
      );
    },
    async recoveryPoints(itemId) {
      const at = replicatedItemPath(itemId);
      const client = await clients.recovery(at.subscriptionId, 'patient');
      const points = await readAll(replicationPoint, now, (callOptions) =>
        client.recoveryPoints.listByReplicationProtectedItems(...itemNames(at), callOptions),
      );
      return points.toSorted((a, b) => b.time.localeCompare(a.time));
    },
    async testFailover(itemId, request) {
      const at = replicatedItemPath(itemId);
      const client = await clients.recovery(at.subscriptionId, 'once');
      const input = { properties: testFailoverInput(request) };
      return await begunJob(options, { id: itemId, ...request }, (callOptions) =>
        client.replicationProtectedItems.beginTestFailover(...itemNames(at), input, callOptions),
      );
    },
    async cleanUpTestFailover(itemId, request) {
      const at = replicatedItemPath(itemId);
      const client = await clients.recovery(at.subscriptionId, 'once');
      const input = { properties: { comments: request.comments } };
      return await begunJob(options, { id: itemId, ...request }, (callOptions) =>
        client.replicationProtectedItems.beginTestFailoverCleanup(...itemNames(at), input, callOptions),
      );
    },
    ...recoveryChanges(options),
    ...recoveryPlans(options),
    ...replicationJobReads(options),
    ...recoveryHistory(options),
    ...recoverySetup(options),
    ...recoverySettingUp(options),
  };
}

function testFailoverInput({ networkId, recoveryPointId }: TestFailover) {
  const network =
    networkId === undefined
      ? { networkType: 'NoNetworkAttachAsInput' }
      : { networkType: 'VmNetworkAsInput', networkId };
  const point = recoveryPointId === undefined ? {} : { recoveryPointId };
  const providerSpecificDetails = { instanceType: 'A2A' as const, ...point };
  return { failoverDirection: 'PrimaryToRecovery', ...network, providerSpecificDetails };
}
