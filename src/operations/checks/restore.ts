import { nameOf } from '../../azure/arm-id.ts';
import type { Planned } from '../../azure/condition-types.ts';
import type { ArmId, ProtectedItem, RecoveryPoint, RestoreTarget, Vm } from '../../azure/types.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../screen.ts';
import { allOf } from './check.ts';
import { jobFindings } from './jobs.ts';
import {
  deallocationFindings,
  encryptionFindings,
  replaceablePointFindings,
  sameNameFindings,
  sizeFindings,
} from './machine.ts';
import { changedVmFindings, lockFindings, policyFindings, subnetFindings } from './place.ts';

/** What is restored, and the region in which it becomes a VM or disks. */
export interface Restored {
  readonly item: ProtectedItem;
  readonly point: RecoveryPoint;
  readonly region: string;
}

/** What stands in a restore's way where it goes, before Azure's own validation is asked. */
export async function restoreFindings(
  context: Context,
  { item, point, region }: Restored,
  target: RestoreTarget,
): Promise<readonly Finding[]> {
  // Of a VM that is gone, which its backups survive, only the place can be looked at.
  const vm = await context.azure.compute.vm(item.vmId).catch(() => undefined);
  return await allOf([
    target.kind === 'replace-disks'
      ? changedVmFindings(context, { id: item.vmId, name: nameOf(item.vmId), location: region })
      : newFindings(context, target, plannedOf(target, item, region)),
    jobFindings(context, item, target.kind === 'replace-disks' ? ['Restore', 'Backup'] : ['Restore']),
    sameNameFindings(context, item.vmId),
    ...(target.kind === 'new-vm' ? [subnetFindings(context, target.subnetId)] : []),
    ...(vm === undefined ? [] : machineFindings(context, vm, { target, region })),
    Promise.resolve(target.kind === 'replace-disks' ? replaceablePointFindings(point) : []),
  ]);
}

/** What the disks, and the VM, meet where they are made. */
async function newFindings(
  context: Context,
  { groupId }: { readonly groupId: ArmId },
  planned: readonly Planned[],
): Promise<readonly Finding[]> {
  return await allOf([lockFindings(context, groupId, { deletes: false }), policyFindings(context, groupId, planned)]);
}

function machineFindings(
  context: Context,
  vm: Vm,
  { target, region }: { readonly target: RestoreTarget; readonly region: string },
): readonly Promise<readonly Finding[]>[] {
  const { zones: _, ...anywhere } = vm;
  const there = region === vm.location ? vm : { ...anywhere, location: region };
  return [
    encryptionFindings(context, vm),
    ...(target.kind === 'new-vm' ? [sizeFindings(context, there)] : []),
    Promise.resolve(target.kind === 'replace-disks' ? deallocationFindings(vm) : []),
  ];
}

function plannedOf(target: RestoreTarget, { friendlyName }: ProtectedItem, location: string): readonly Planned[] {
  const disk = { type: 'Microsoft.Compute/disks', name: `${friendlyName}-osdisk`, location };
  if (target.kind !== 'new-vm') return [disk];
  return [disk, { type: 'Microsoft.Compute/virtualMachines', name: nameOf(target.vmId), location }];
}
