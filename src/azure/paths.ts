import { nameOf, resourceGroupOf, segmentOf, subscriptionOf } from './arm-id.ts';
import type { ArmId } from './types.ts';

/** Where a resource lies, as the SDKs want it: in pieces, in Azure's casing; they encode the `;` in the names of Azure Backup. */
export interface ResourcePath {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

/** A vault's path, from its own id or that of anything inside it. */
export interface VaultPath {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly vault: string;
}

/** An item of Azure Backup or Site Recovery: both lie in a container of a fabric of a vault. */
export interface ItemPath extends VaultPath {
  readonly fabric: string;
  readonly container: string;
  readonly item: string;
}

/** Throws a TypeError for an id of another shape: it came from our own code. */
export function resourcePath(id: ArmId): ResourcePath {
  return complete(id, { subscriptionId: subscriptionOf(id), resourceGroup: resourceGroupOf(id), name: nameOf(id) });
}

/** See `resourcePath`. */
export function vaultPath(id: ArmId): VaultPath {
  return complete(id, {
    subscriptionId: subscriptionOf(id),
    resourceGroup: resourceGroupOf(id),
    vault: segmentOf(id, 'vaults'),
  });
}

/** See `resourcePath`. */
export function protectedItemPath(id: ArmId): ItemPath {
  return complete(id, {
    ...vaultPath(id),
    fabric: segmentOf(id, 'backupFabrics'),
    container: segmentOf(id, 'protectionContainers'),
    item: segmentOf(id, 'protectedItems'),
  });
}

/** A recovery point of Azure Backup, inside its item. See `resourcePath`. */
export function recoveryPointPath(id: ArmId): ItemPath & { readonly point: string } {
  return complete(id, { ...protectedItemPath(id), point: segmentOf(id, 'recoveryPoints') });
}

/** See `resourcePath`. */
export function replicatedItemPath(id: ArmId): ItemPath {
  return complete(id, {
    ...vaultPath(id),
    fabric: segmentOf(id, 'replicationFabrics'),
    container: segmentOf(id, 'replicationProtectionContainers'),
    item: segmentOf(id, 'replicationProtectedItems'),
  });
}

/** See `resourcePath`. */
export function recoveryPlanPath(id: ArmId): VaultPath & { readonly name: string } {
  return complete(id, { ...vaultPath(id), name: segmentOf(id, 'replicationRecoveryPlans') });
}

function complete<P extends object>(id: ArmId, path: P): P {
  if (Object.values(path).includes('')) throw new TypeError(`Not the id of such a resource: ${id}`);
  return path;
}
