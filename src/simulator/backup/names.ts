import { type ArmRequest, param, type World } from '../exchange.ts';
import { keyOf, nameOf, segmentAfter } from '../identity.ts';
import { Refusal } from '../refusal.ts';
import { vaultKind } from '../resources/kinds.ts';
import { resourceIn } from '../resources/lookup.ts';
import type { Vault } from '../state.ts';
import type { BackupJob, ProtectedItem } from './state.ts';

/** The names that backup gives to a VM's container and item. */
export function backupNames(vmId: string): { container: string; item: string; short: string } {
  const short = `iaasvmcontainerv2;${segmentAfter(vmId, 'resourceGroups') ?? ''};${nameOf(vmId)}`;
  return { container: `IaasVMContainer;${short}`, item: `VM;${short}`, short };
}

/** The index of an item in its vault; the container says the same, so the item's name is enough. */
export function itemKey(name: string): string {
  return keyOf(name);
}

/** The ARM id of a protected item. */
export function itemId(vault: Vault, item: ProtectedItem): string {
  return `${vault.id}/backupFabrics/Azure/protectionContainers/${item.container}/protectedItems/${item.name}`;
}

/** The ARM id of a backup policy. */
export function policyId(vault: Vault, policy: string): string {
  return `${vault.id}/backupPolicies/${policy}`;
}

/** The vault that the path names. */
export function vaultIn(request: ArmRequest, world: World): Vault {
  return resourceIn(request, world, vaultKind);
}

/** The protected item that the path names, or backup's own 404. */
export function itemIn(request: ArmRequest, vault: Vault): ProtectedItem {
  checkNames(request);
  const found = vault.backup.items[itemKey(param(request, 'item'))];
  if (found !== undefined && keyOf(found.container) === keyOf(param(request, 'container'))) return found;
  throw new Refusal(404, 'BMSUserErrorDataSourceObjectNotFound', 'Item not found.', { cause: 'service' });
}

/** Refuses names that are not of the form backup gives to Azure VMs. */
export function checkNames(request: ArmRequest): void {
  if (!/^iaasvmcontainer;iaasvmcontainerv2;[^;]+;[^;]+$/i.test(param(request, 'container'))) {
    throw new Refusal(
      400,
      'BMSUserErrorContainerNameIncorrectFormat',
      'The container name is not in the correct format.',
    );
  }
  if (!/^vm;iaasvmcontainerv2;[^;]+;[^;]+$/i.test(param(request, 'item'))) {
    const text = 'The protected item name is not in the correct format.';
    throw new Refusal(400, 'BMSUserErrorProtectedItemNameIncorrectFormat', text);
  }
}

/** The job that the path names, or backup's own 404. */
export function jobIn(request: ArmRequest, vault: Vault): BackupJob {
  const found = vault.backup.jobs[keyOf(param(request, 'job'))];
  if (found !== undefined) return found;
  throw new Refusal(404, 'JobNotFound', `Job ${param(request, 'job')} was not found in the vault.`, {
    cause: 'service',
  });
}

/** Backup's 400 for a body that it does not understand. */
export function invalidInput(fault: string): Refusal {
  return new Refusal(400, 'BMSUserErrorInvalidInput', `Input provided for the call is invalid. ${fault}`.trim(), {
    cause: 'service',
  });
}
