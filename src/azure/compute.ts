import { CatalogueError } from '../errors.ts';
import type { Clients } from './clients.ts';
import { managed, snapshot, virtualMachine } from './compute-models.ts';
import { read } from './exchange.ts';
import { answered } from './faults.ts';
import { machineNetwork } from './machine-network.ts';
import { openMachines } from './machines.ts';
import { resourcePath } from './paths.ts';
import type { ComputeGateway } from './ports.ts';

/** What the compute gateway is built from. */
export interface ComputeOptions {
  readonly clients: Clients;
  readonly now: () => Date;
}

/** Virtual machines, managed disks and their snapshots. */
export function openCompute({ clients, now }: ComputeOptions): ComputeGateway {
  return {
    ...openMachines({ clients, now }),
    ...machineNetwork({ clients, now }),
    async vm(vmId) {
      const { subscriptionId, resourceGroup, name } = resourcePath(vmId);
      const client = await clients.compute(subscriptionId, 'patient');
      return await read(virtualMachine, now, (options) =>
        client.virtualMachines.get(resourceGroup, name, { ...options, expand: 'instanceView' }),
      );
    },
    async disk(diskId) {
      const { subscriptionId, resourceGroup, name } = resourcePath(diskId);
      const client = await clients.compute(subscriptionId, 'patient');
      return await read(managed, now, (options) => client.disks.get(resourceGroup, name, options));
    },
    async snapshot(snapshotId) {
      const { subscriptionId, resourceGroup, name } = resourcePath(snapshotId);
      const client = await clients.compute(subscriptionId, 'patient');
      const found = read(snapshot(now), now, (options) => client.snapshots.get(resourceGroup, name, options));
      return await found.catch(noneWhenNotFound);
    },
    async findDisk(diskId) {
      const { subscriptionId, resourceGroup, name } = resourcePath(diskId);
      const client = await clients.compute(subscriptionId, 'patient');
      const found = read(managed, now, (options) => client.disks.get(resourceGroup, name, options));
      return await found.catch(noneWhenNotFound);
    },
    async createDisk({ diskId, snapshot: source, location, sku, sizeGib, zone, tags, clientRequestId }) {
      const { subscriptionId, resourceGroup, name } = resourcePath(diskId);
      const client = await clients.compute(subscriptionId, 'once');
      const creationData = { createOption: 'Copy', sourceResourceId: source.id };
      const size = sizeGib === undefined ? {} : { diskSizeGB: sizeGib };
      const zones = zone === undefined ? {} : { zones: [zone] };
      const body = { location, sku: { name: sku }, tags: { ...tags }, creationData, ...size, ...zones };
      const requestOptions = { headers: { 'x-ms-client-request-id': clientRequestId } };
      // See createSnapshot: the poller is not awaited as a whole.
      const poller = client.disks.createOrUpdate(resourceGroup, name, body, { requestOptions });
      await answered(() => poller.submitted(), now);
      return { kind: 'resource', id: diskId, wanted: 'ready' };
    },
    async deleteSnapshot(snapshotId, { clientRequestId }) {
      const { subscriptionId, resourceGroup, name } = resourcePath(snapshotId);
      const client = await clients.compute(subscriptionId, 'once');
      const requestOptions = { headers: { 'x-ms-client-request-id': clientRequestId } };
      const poller = client.snapshots.delete(resourceGroup, name, { requestOptions });
      await answered(() => poller.submitted(), now);
      return { kind: 'resource', id: snapshotId, wanted: 'gone' };
    },
    async createSnapshot({ snapshotId, disk, tags, clientRequestId }) {
      const { subscriptionId, resourceGroup, name } = resourcePath(snapshotId);
      const client = await clients.compute(subscriptionId, 'once');
      const creationData = { createOption: 'Copy', sourceResourceId: disk.id };
      const body = { location: disk.location, tags: { ...tags }, creationData, incremental: true };
      const requestOptions = { headers: { 'x-ms-client-request-id': clientRequestId } };
      // Not awaited as a whole: the poller is a thenable that would wait for the end of the copy (azure-api.md 6).
      const poller = client.snapshots.createOrUpdate(resourceGroup, name, body, { requestOptions });
      await answered(() => poller.submitted(), now);
    },
  };
}

function noneWhenNotFound(error: unknown): undefined {
  const missing = error instanceof CatalogueError && error.code === 'azure-not-found';
  if (missing && error.azure?.code !== 'SubscriptionNotFound') return undefined;
  throw error;
}
