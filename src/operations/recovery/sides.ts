import type { ArmId, ReplicatedItem } from '../../azure/types.ts';

/**
 * The VMs of a replicated item on both sides, and its test VM: what its run holds, so that no other run backs one of them up, restores or rebuilds it
 * meanwhile. A failover makes its copy long before it is at its end, so the copy is held before it is there, by the group and name that the item has
 * for it (`recoveryAzureResourceGroupId`, `recoveryAzureVMName`, `tfoAzureVMName`).
 */
export function sidesOf(item: ReplicatedItem): readonly ArmId[] {
  const { vmId, friendlyName, recoveryVmId, recoveryVmName = friendlyName, testVmName } = item;
  const copy = recoveryVmId ?? copyOf(item, recoveryVmName);
  return [vmId, copy, copyOf(item, testVmName)].filter((id) => id !== undefined);
}

function copyOf({ recoveryResourceGroupId: group }: ReplicatedItem, name: string | undefined): ArmId | undefined {
  if (group === undefined || name === undefined) return undefined;
  return `${group}/providers/Microsoft.Compute/virtualMachines/${name}`;
}
