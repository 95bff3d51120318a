import type { ArmId } from './types.ts';

/** Whether two resource ids name the same resource: Azure's casing drifts even inside one answer (azure-api.md 5.2). */
export function sameId(a: ArmId, b: ArmId): boolean {
  return keyOf(a) === keyOf(b);
}

/** The form of an id to compare and index by; never to be shown or sent. */
export function keyOf(id: ArmId): string {
  return id.toLowerCase();
}

/** The last segment: the resource's own name, as Azure wrote it. */
export function nameOf(id: ArmId): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** The value that follows a segment, found in any casing: `segmentOf(id, 'resourceGroups')`. Empty when the id has no such segment. */
export function segmentOf(id: ArmId, segment: string): string {
  const parts = id.split('/');
  const at = parts.findIndex((part) => part.toLowerCase() === segment.toLowerCase());
  return at === -1 ? '' : (parts[at + 1] ?? '');
}

/** The resource group's name. */
export function resourceGroupOf(id: ArmId): string {
  return segmentOf(id, 'resourceGroups');
}

/** The subscription's id (a GUID). */
export function subscriptionOf(id: ArmId): string {
  return segmentOf(id, 'subscriptions');
}

/** The resource group itself as a scope. */
export function resourceGroupScopeOf(id: ArmId): ArmId {
  return `/subscriptions/${subscriptionOf(id)}/resourceGroups/${resourceGroupOf(id)}`;
}

/** The vault that holds a protected or replicated item, a job or a policy: the id up to and with `vaults/{name}`. */
export function vaultOf(id: ArmId): ArmId {
  const found = /^(.*?\/vaults\/[^/]+)/i.exec(id);
  return found?.[1] ?? id;
}

/** The id that a VM's protected item has in a vault: its names are made of the VM's resource group and name (azure-api.md 1). */
export function protectedItemIdOf(vaultId: ArmId, vmId: ArmId): ArmId {
  const tail = `iaasvmcontainerv2;${resourceGroupOf(vmId)};${nameOf(vmId)}`;
  return `${vaultId}/backupFabrics/Azure/protectionContainers/IaasVMContainer;${tail}/protectedItems/VM;${tail}`;
}
