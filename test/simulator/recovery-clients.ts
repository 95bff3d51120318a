import assert from 'node:assert/strict';
import type { ReplicationProtectedItem } from '@azure/arm-recoveryservices-siterecovery';
import type { TestSimulator } from '../support/simulator.ts';
import { all, clientsOf, minutes } from './clients.ts';

export const vault = 'rsv-dr-neu';
export const group = 'rg-backup-neu';
const network =
  '/subscriptions/0a1b2c3d-1111-4111-8111-000000000001/resourceGroups/rg-network-neu/providers/Microsoft.Network/virtualNetworks/';
export const testNetwork = `${network}vnet-dr-test`;

/** Where a replicated item is: the arguments that the SDK wants. */
export type ItemArguments = [string, string, string, string, string];

/** The replicated item of a VM, looked up in the vault's list. */
export async function replicated(simulator: TestSimulator, vm: string): Promise<ReplicationProtectedItem> {
  const { recovery } = clientsOf(simulator);
  const items = await all(recovery.replicationProtectedItems.list(vault, group));
  return items.find((item) => item.properties?.friendlyName === vm) ?? assert.fail(`${vm} is not replicated`);
}

/** The SDK's arguments for an item, from its id. */
export function argumentsOf(item: ReplicationProtectedItem): ItemArguments {
  const parts = (item.id ?? '').split('/');
  return [vault, group, parts[10] ?? '', parts[12] ?? '', parts[14] ?? ''];
}

/** Sends a begin* call's first request, and gives the job's name out of the Location header. */
export async function jobFrom(
  begin: (options: {
    onResponse: (raw: { headers: { get(name: string): string | undefined } }) => void;
  }) => Promise<unknown>,
): Promise<string> {
  let location = '';
  await begin({
    onResponse: (raw) => {
      location ||= raw.headers.get('location') ?? '';
    },
  });
  return /operationresults\/([^?]+)/.exec(location)?.[1] ?? assert.fail('no job in the Location header');
}

/** Lets a job of the vault come to its end, and gives its state. */
export async function finish(simulator: TestSimulator, job: string): Promise<string | undefined> {
  await simulator.control.advance(minutes(10));
  return (await clientsOf(simulator).recovery.replicationJobs.get(vault, group, job)).properties?.state;
}
