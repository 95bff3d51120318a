import { keyOf, nameOf, sameId } from '../azure/arm-id.ts';
import type { ArmId, ProtectedItem, ReplicatedItem, Vm } from '../azure/types.ts';
import { CatalogueError } from '../errors.ts';
import type { Context } from './context.ts';

/** The VM as Azure has it now. @throws CatalogueError `vm-not-found` */
export async function vmOf(context: Context, vmId: ArmId): Promise<Vm> {
  const known = (await context.azure.inventory.vms()).value.find((vm) => sameId(vm.id, vmId));
  return known ?? (await freshVm(context, vmId));
}

/** The VM read from compute itself: its power state decides what a snapshot is worth. */
export async function freshVm(context: Context, vmId: ArmId): Promise<Vm> {
  try {
    return await context.azure.compute.vm(vmId);
  } catch (error) {
    if (error instanceof CatalogueError && error.code === 'azure-not-found') {
      throw new CatalogueError('vm-not-found', { values: { name: nameOf(vmId) }, cause: error });
    }
    throw error;
  }
}

/** The VM's protected item, from Azure's own answer. Undefined when the VM is not protected. */
export async function findProtectedItem(context: Context, vm: Vm): Promise<ProtectedItem | undefined> {
  const protection = await context.azure.backup.protectionOf(vm);
  const itemId = protection.itemId ?? (await knownItemId(context, vm));
  return itemId === undefined ? undefined : await context.azure.backup.item(itemId);
}

/** A soft-deleted item no longer counts as protection for Azure, but Resource Graph still has it. */
async function knownItemId(context: Context, vm: Pick<Vm, 'id'>): Promise<ArmId | undefined> {
  const items = await context.azure.inventory.protectedItems();
  return items.value.find((item) => sameId(item.vmId, vm.id))?.id;
}

/** Also of a VM that is gone, whose backups are the more needed. @throws CatalogueError `not-protected`, `vm-not-found` */
export async function protectedItemOf(context: Context, vmId: ArmId): Promise<ProtectedItem> {
  const item = await vmOf(context, vmId).then(
    (vm) => findProtectedItem(context, vm),
    (error: unknown) => itemOfGoneVm(context, vmId, error),
  );
  if (item === undefined) throw new CatalogueError('not-protected', { values: { vm: nameOf(vmId) } });
  return item;
}

async function itemOfGoneVm(context: Context, vmId: ArmId, error: unknown): Promise<ProtectedItem> {
  const gone = error instanceof CatalogueError && error.code === 'vm-not-found';
  const itemId = gone ? await knownItemId(context, { id: vmId }) : undefined;
  if (itemId === undefined) throw error;
  return await context.azure.backup.item(itemId);
}

/** The VM's replicated item, from the vault that Resource Graph names. Undefined when it is not replicated. */
export async function findReplicatedItem(context: Context, vmId: ArmId): Promise<ReplicatedItem | undefined> {
  const items = await context.azure.inventory.replicatedItems();
  const known = items.value.find((item) => keyOf(item.vmId) === keyOf(vmId));
  return known === undefined ? undefined : await context.azure.recovery.item(known.id);
}

/** @throws CatalogueError `not-replicated` */
export async function replicatedItemOf(context: Context, vmId: ArmId): Promise<ReplicatedItem> {
  const item = await findReplicatedItem(context, vmId);
  if (item === undefined) throw new CatalogueError('not-replicated', { values: { vm: nameOf(vmId) } });
  return item;
}
