import type { Disk, Snapshot, VirtualMachine } from '../compute/state.ts';
import type { Vault } from '../state.ts';
import type { Kind } from './lookup.ts';
import type { NetworkInterface, StorageAccount, VirtualNetwork } from './state.ts';

/** Virtual machines. */
export const vmKind: Kind<VirtualMachine> = {
  type: 'Microsoft.Compute/virtualMachines',
  parameter: 'vm',
  table: (state) => state.vms,
};

/** Managed disks. */
export const diskKind: Kind<Disk> = {
  type: 'Microsoft.Compute/disks',
  parameter: 'disk',
  table: (state) => state.disks,
};

/** Snapshots of managed disks. */
export const snapshotKind: Kind<Snapshot> = {
  type: 'Microsoft.Compute/snapshots',
  parameter: 'snapshot',
  table: (state) => state.snapshots,
};

/** Recovery Services vaults. */
export const vaultKind: Kind<Vault> = {
  type: 'Microsoft.RecoveryServices/vaults',
  parameter: 'vault',
  table: (state) => state.vaults,
};

/** Virtual networks. */
export const networkKind: Kind<VirtualNetwork> = {
  type: 'Microsoft.Network/virtualNetworks',
  parameter: 'network',
  table: (state) => state.networks,
};

/** Network interfaces. */
export const nicKind: Kind<NetworkInterface> = {
  type: 'Microsoft.Network/networkInterfaces',
  parameter: 'nic',
  table: (state) => state.nics,
};

/** Storage accounts. */
export const storageKind: Kind<StorageAccount> = {
  type: 'Microsoft.Storage/storageAccounts',
  parameter: 'account',
  table: (state) => state.storageAccounts,
};
