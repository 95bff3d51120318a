import { randomUUID } from 'node:crypto';
import type { World } from '../exchange.ts';
import { keyOf, resourceId } from '../identity.ts';
import { groupKey } from '../resources/lookup.ts';
import type { Tags } from '../resources/state.ts';
import { removeVm } from './machines.ts';
import { placeNic } from './nic.ts';
import type { AttachedDisk, Disk, VirtualMachine } from './state.ts';

/** Where something is to be made. */
export interface Place {
  readonly subscription: string;
  readonly group: string;
  readonly location: string;
}

/** A disk to be made; sizes in GB, `lun` on data disks. */
export interface NewDisk {
  readonly name: string;
  readonly sizeGB: number;
  readonly sku?: string;
  readonly lun?: number;
  readonly osType?: 'Windows' | 'Linux';
  readonly source?: string;
}

/** A VM to be made with disks and an interface of its own. */
export interface NewVm {
  readonly place: Place;
  readonly name: string;
  readonly size: string;
  readonly osType: 'Windows' | 'Linux';
  readonly disks: readonly NewDisk[];
  readonly subnetId?: string;
  readonly tags?: Tags;
}

/** Makes a managed disk, over one of the same name if there is one. */
export function placeDisk(world: World, place: Place, plan: NewDisk & { tags?: Tags }): Disk {
  const id = resourceId(place, 'Microsoft.Compute/disks', plan.name);
  const disk: Disk = {
    ...place,
    id,
    name: plan.name,
    tags: plan.tags ?? {},
    sku: plan.sku ?? 'Premium_LRS',
    sizeGB: plan.sizeGB,
    ...(plan.osType === undefined ? {} : { osType: plan.osType }),
    creation: { createOption: 'Restore', ...(plan.source === undefined ? {} : { sourceResourceId: plan.source }) },
    uniqueId: randomUUID(),
    created: world.now,
    ready: world.now,
  };
  makeGroup(world, place);
  world.state.disks[keyOf(id)] = disk;
  return disk;
}

/** Makes a VM that runs, over one of the same name if there is one; that one's disks stay behind unattached. */
export function placeVm(world: World, plan: NewVm): VirtualMachine {
  const { place, name } = plan;
  const id = resourceId(place, 'Microsoft.Compute/virtualMachines', name);
  removeVm(world, keyOf(id));
  const disks = plan.disks.map((disk): AttachedDisk => {
    const made = placeDisk(world, place, disk);
    made.vm = id;
    return { name: made.name, id: made.id, ...(disk.lun === undefined ? {} : { lun: disk.lun }) };
  });
  const [osDisk] = disks;
  if (osDisk === undefined) throw new Error(`a VM needs an OS disk: ${id}`);
  const vm: VirtualMachine = {
    ...place,
    id,
    name,
    tags: plan.tags ?? {},
    vmId: randomUUID(),
    size: plan.size,
    osType: plan.osType,
    computerName: name,
    osDisk,
    dataDisks: disks.slice(1),
    nics:
      plan.subnetId === undefined
        ? []
        : [placeNic(world, { place, vm: id, name: `${name}-nic`, subnetId: plan.subnetId })],
    power: 'running',
    created: world.now,
    busyUntil: world.now,
    busyWith: 'Creating',
  };
  world.state.vms[keyOf(id)] = vm;
  return vm;
}

function makeGroup(world: World, place: Place): void {
  const { subscription, group: name, location } = place;
  const id = `/subscriptions/${subscription}/resourceGroups/${name}`;
  world.state.groups[groupKey(subscription, name)] ??= { id, name, subscription, location, tags: {} };
}

/** Removes a VM with its disks and interfaces, as the cleanup of a test failover does. */
export function removeVmWithParts(world: World, id: string): void {
  const vm = world.state.vms[keyOf(id)];
  if (vm === undefined) return;
  removeVm(world, keyOf(id));
  for (const disk of [vm.osDisk, ...vm.dataDisks]) delete world.state.disks[keyOf(disk.id)];
  for (const nic of vm.nics) delete world.state.nics[keyOf(nic)];
}
