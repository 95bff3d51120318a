import { type NewDisk, placeDisk, placeVm } from '../compute/place.ts';
import type { AttachedDisk } from '../compute/state.ts';
import type { World } from '../exchange.ts';
import { keyOf } from '../identity.ts';
import type { Vault } from '../state.ts';
import type { BackupEffect, BackupJob, BackupPoint, ProtectedItem, RestoreTarget } from './state.ts';

interface Done {
  readonly vault: Vault;
  readonly item: ProtectedItem;
  readonly job: BackupJob;
}

/** Makes what a restore was asked to make: disks, a VM, or other disks for the VM that is there. */
export function finishRestore(world: World, of: Done, effect: Extract<BackupEffect, { kind: 'restore.done' }>): void {
  const point = of.item.points.find(({ name }) => name === effect.point);
  if (point === undefined) return;
  const { target } = effect;
  const disks = newDisks(world, of, { point, target });
  const { subscription, group, location } = target;
  const place = { subscription, group, location };
  if (target.mode === 'OriginalLocation') replaceDisks(world, of.item, disks);
  else if (target.mode === 'RestoreDisks') for (const disk of disks) placeDisk(world, place, disk);
  else {
    placeVm(world, {
      place,
      name: target.vmName ?? `${of.item.friendlyName}-restored`,
      size: point.vmSize,
      osType: osOf(point),
      disks,
      ...(target.subnetId === undefined ? {} : { subnetId: target.subnetId }),
    });
  }
}

/** The disks of the point that the restore is for, named after the VM and the time as backup names them. */
function newDisks(world: World, of: Done, from: { point: BackupPoint; target: RestoreTarget }): NewDisk[] {
  const stamp = new Date(world.now).toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  const name = keyOf(of.item.friendlyName);
  return from.point.disks
    .filter((disk) => disk.lun === undefined || (from.target.luns?.includes(disk.lun) ?? true))
    .map((disk): NewDisk => {
      if (disk.lun === undefined)
        return { name: `${name}-osdisk-${stamp}`, sizeGB: disk.sizeGB, osType: osOf(from.point) };
      const number = String(disk.lun).padStart(3, '0');
      return { name: `${name}-datadisk-${number}-${stamp}`, sizeGB: disk.sizeGB, lun: disk.lun };
    });
}

function osOf(point: BackupPoint): 'Windows' | 'Linux' {
  return point.osType === 'Linux' ? 'Linux' : 'Windows';
}

/** Swaps the VM's disks; the old ones stay, unattached, until somebody deletes them. */
function replaceDisks(world: World, item: ProtectedItem, disks: readonly NewDisk[]): void {
  const vm = world.state.vms[keyOf(item.vm)];
  if (vm === undefined) return;
  for (const old of [vm.osDisk, ...vm.dataDisks]) {
    const disk = world.state.disks[keyOf(old.id)];
    if (disk !== undefined) delete disk.vm;
  }
  const place = { subscription: vm.subscription, group: vm.group, location: vm.location };
  const attached = disks.map((disk): AttachedDisk => {
    const made = placeDisk(world, place, disk);
    made.vm = vm.id;
    return { name: made.name, id: made.id, ...(disk.lun === undefined ? {} : { lun: disk.lun }) };
  });
  const [osDisk, ...dataDisks] = attached;
  if (osDisk !== undefined) vm.osDisk = osDisk;
  vm.dataDisks = dataDisks;
  vm.power = 'running';
}
