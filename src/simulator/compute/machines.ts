import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { span } from '../clock.ts';
import { type Answer, type ArmRequest, bodyOf, ok, param, queryOf, type World } from '../exchange.ts';
import { keyOf, nameOf } from '../identity.ts';
import { Refusal } from '../refusal.ts';
import { nicKind, vmKind } from '../resources/kinds.ts';
import { idIn, keyIn, resourceIn } from '../resources/lookup.ts';
import { lasting, schedule } from '../schedule.ts';
import { computeFailure, settle } from './failures.ts';
import { placeNic } from './nic.ts';
import { beginOperation } from './operations.ts';
import { renderInstanceView, renderVm } from './render.ts';
import { invalidParameter } from './rules.ts';
import type { AttachedDisk, ComputeEffect, VirtualMachine } from './state.ts';

/** GET of a VM, with its instance view when asked for. */
export function getVm(request: ArmRequest, world: World): Answer {
  const vm = resourceIn(request, world, vmKind);
  const body = renderVm(vm, world);
  if (queryOf(request, '$expand')?.toLowerCase() !== 'instanceview') return ok(body);
  const properties = { ...(body.properties as object), instanceView: renderInstanceView(vm, world) };
  return ok({ ...body, properties });
}

/** GET of a VM's instance view alone. */
export function getInstanceView(request: ArmRequest, world: World): Answer {
  return ok(renderInstanceView(resourceIn(request, world, vmKind), world));
}

/** POST start, deallocate, powerOff, restart. */
export function changePower(power: VirtualMachine['power']): (request: ArmRequest, world: World) => Answer {
  return (request, world) => {
    const vm = resourceIn(request, world, vmKind);
    const lasts = lasting(world, 20 * span.second, 2 * span.second);
    const error = settle(vm, computeFailure(world, power === 'running' ? 'StartVm' : 'DeallocateVm', vm.name));
    busy(vm, world, { with: 'Updating', lasts });
    if (error.error === undefined)
      schedule(world.state, world.now + lasts, { kind: 'vm.power', vm: keyOf(vm.id), power });
    return {
      status: 202,
      headers: beginOperation(request, world, { kind: 'operations', location: vm.location, lasts, ...error }),
    };
  };
}

/** DELETE of a VM; its disks and interfaces stay, unattached. An absent VM is 204. */
export function deleteVm(request: ArmRequest, world: World): Answer {
  const vm = world.state.vms[keyIn(request, vmKind)];
  if (vm === undefined) return { status: 204 };
  const lasts = lasting(world, 60 * span.second, 2 * span.second);
  busy(vm, world, { with: 'Deleting', lasts });
  schedule(world.state, world.now + lasts, { kind: 'vm.remove', vm: keyOf(vm.id) });
  return { status: 202, headers: beginOperation(request, world, { kind: 'operations', location: vm.location, lasts }) };
}

const reference = z.object({ id: z.string() });
const diskBody = z.object({
  name: z.string().optional(),
  lun: z.number().int().optional(),
  osType: z.enum(['Windows', 'Linux']).optional(),
  createOption: z.string().optional(),
  managedDisk: z.object({ id: z.string().optional() }).optional(),
});
const newNic = z.object({
  name: z.string(),
  properties: z.object({
    ipConfigurations: z.array(z.object({ properties: z.object({ subnet: reference }) })).min(1),
  }),
});
const vmBody = z.object({
  location: z.string().optional(),
  tags: z.record(z.string(), z.string()).optional(),
  zones: z.array(z.string()).optional(),
  properties: z
    .object({
      hardwareProfile: z.object({ vmSize: z.string().optional() }).optional(),
      storageProfile: z.object({ osDisk: diskBody.optional(), dataDisks: z.array(diskBody).optional() }).optional(),
      osProfile: z.object({ computerName: z.string().optional() }).optional(),
      networkProfile: z
        .object({
          networkInterfaces: z.array(reference).optional(),
          networkInterfaceConfigurations: z.array(newNic).optional(),
        })
        .optional(),
    })
    .optional(),
});
type VmBody = z.infer<typeof vmBody>;

/** PUT of a VM: a new one from existing disks (201), or a change of the one that is there (200). */
export function putVm(request: ArmRequest, world: World): Answer {
  const body = bodyOf(request, vmBody, invalidParameter);
  const key = keyIn(request, vmKind);
  const existing = world.state.vms[key];
  if (existing !== undefined) return change(request, world, { vm: existing, body });
  const vm = newVm(request, world, body);
  world.state.vms[key] = vm;
  for (const disk of [vm.osDisk, ...vm.dataDisks]) attach(world, vm, disk);
  for (const id of vm.nics) Object.assign(world.state.nics[keyOf(id)] ?? {}, { vm: vm.id });
  const lasts = lasting(world, 60 * span.second, 2 * span.second);
  const error = settle(vm, computeFailure(world, 'CreateVm', vm.name));
  busy(vm, world, { with: 'Creating', lasts });
  const headers = beginOperation(request, world, { kind: 'operations', location: vm.location, lasts, ...error });
  return { status: 201, headers, body: renderVm(vm, world) };
}

/** PATCH of a VM: tags, size, disks. */
export function patchVm(request: ArmRequest, world: World): Answer {
  const body = bodyOf(request, vmBody, invalidParameter);
  return change(request, world, { vm: resourceIn(request, world, vmKind), body });
}

function change(request: ArmRequest, world: World, of: { vm: VirtualMachine; body: VmBody }): Answer {
  const { vm, body } = of;
  const error = settle(vm, computeFailure(world, 'UpdateVm', vm.name));
  vm.tags = body.tags ?? vm.tags;
  if (error.error === undefined) changeParts(world, vm, body);
  const lasts = lasting(world, 10 * span.second, span.second);
  busy(vm, world, { with: 'Updating', lasts });
  const headers = beginOperation(request, world, { kind: 'operations', location: vm.location, lasts, ...error });
  return { status: 200, headers, body: renderVm(vm, world) };
}

function changeParts(world: World, vm: VirtualMachine, body: VmBody): void {
  const { osDisk, dataDisks } = body.properties?.storageProfile ?? {};
  vm.size = body.properties?.hardwareProfile?.vmSize ?? vm.size;
  if (osDisk?.managedDisk?.id !== undefined) swapOsDisk(world, vm, attached(osDisk));
  if (dataDisks !== undefined) changeDataDisks(world, vm, dataDisks.map(attached));
}

/** Azure swaps the OS disk of a stopped or deallocated VM only. */
function swapOsDisk(world: World, vm: VirtualMachine, disk: AttachedDisk): void {
  if (keyOf(disk.id) === keyOf(vm.osDisk.id)) return;
  if (vm.power === 'running') {
    const text = `Swapping the OS disk of VM '${vm.name}' requires the VM to be deallocated.`;
    throw new Refusal(409, 'OperationNotAllowed', text);
  }
  checkAttachable(world, vm, disk);
  detach(world, vm.osDisk);
  vm.osDisk = disk;
  attach(world, vm, disk);
}

function changeDataDisks(world: World, vm: VirtualMachine, disks: AttachedDisk[]): void {
  for (const disk of disks) checkAttachable(world, vm, disk);
  for (const old of vm.dataDisks) detach(world, old);
  vm.dataDisks = disks;
  for (const disk of disks) attach(world, vm, disk);
}

function newVm(request: ArmRequest, world: World, body: VmBody): VirtualMachine {
  const { storageProfile, hardwareProfile, osProfile, networkProfile } = body.properties ?? {};
  const osDisk = storageProfile?.osDisk;
  if (body.location === undefined)
    throw new Refusal(400, 'LocationRequired', 'The location property is required for this definition.');
  if (osDisk?.managedDisk?.id === undefined)
    throw invalidParameter('vm.properties.storageProfile.osDisk.managedDisk.id');
  const name = param(request, 'vm');
  const nics = (networkProfile?.networkInterfaces ?? []).map(({ id }) => id);
  const made = networkProfile?.networkInterfaceConfigurations ?? [];
  const vm: VirtualMachine = {
    id: idIn(request, vmKind),
    name,
    group: param(request, 'group'),
    subscription: param(request, 'subscription'),
    location: body.location,
    tags: body.tags ?? {},
    vmId: randomUUID(),
    size: hardwareProfile?.vmSize ?? 'Standard_D2s_v5',
    osType: osDisk.osType ?? 'Linux',
    computerName: osProfile?.computerName ?? name,
    osDisk: attached(osDisk),
    dataDisks: (storageProfile?.dataDisks ?? []).map(attached),
    nics,
    power: 'running',
    created: world.now,
    busyUntil: world.now,
    busyWith: 'Creating',
    ...(body.zones === undefined ? {} : { zones: body.zones }),
  };
  for (const disk of [vm.osDisk, ...vm.dataDisks]) checkAttachable(world, vm, disk);
  for (const id of nics) if (world.state.nics[keyOf(id)] === undefined) throw badReference(id, vm);
  vm.nics.push(...made.map((nic) => madeNic(world, vm, nic)));
  return vm;
}

/** Azure makes the card together with the VM when its configuration is sent instead of its id. */
function madeNic(world: World, vm: VirtualMachine, { name, properties }: z.infer<typeof newNic>): string {
  const subnetId = properties.ipConfigurations[0]?.properties.subnet.id ?? '';
  const networkId = subnetId.replace(/\/subnets\/[^/]+$/i, '');
  if (world.state.networks[keyOf(networkId)] === undefined) throw badReference(subnetId, vm);
  const { subscription, group, location } = vm;
  return placeNic(world, { place: { subscription, group, location }, vm: vm.id, name, subnetId });
}

function attached(disk: z.infer<typeof diskBody>): AttachedDisk {
  const id = disk.managedDisk?.id;
  if (id === undefined) throw invalidParameter('vm.properties.storageProfile.managedDisk.id');
  return { name: nameOf(id), id, ...(disk.lun === undefined ? {} : { lun: disk.lun }) };
}

function checkAttachable(world: World, vm: VirtualMachine, disk: AttachedDisk): void {
  const found = world.state.disks[keyOf(disk.id)];
  if (found === undefined) throw badReference(disk.id, vm);
  if (found.vm === undefined || keyOf(found.vm) === keyOf(vm.id)) return;
  const text = `Disk '${found.id}' cannot be attached as the disk is already owned by VM '${found.vm}'.`;
  throw new Refusal(409, 'ConflictingUserInput', text);
}

function badReference(id: string, vm: VirtualMachine): Refusal {
  const text = `Resource ${id} referenced by resource ${vm.id} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`;
  return new Refusal(400, 'InvalidResourceReference', text, { fields: { details: [] } });
}

function attach(world: World, vm: VirtualMachine, disk: AttachedDisk): void {
  const found = world.state.disks[keyOf(disk.id)];
  if (found !== undefined) found.vm = vm.id;
}

function detach(world: World, disk: AttachedDisk): void {
  const found = world.state.disks[keyOf(disk.id)];
  if (found !== undefined) delete found.vm;
}

function busy(vm: VirtualMachine, world: World, how: { with: VirtualMachine['busyWith']; lasts: number }): void {
  vm.busyUntil = world.now + how.lasts;
  vm.busyWith = how.with;
}

/** What compute does when its time has come. */
export function applyComputeEffect(world: World, effect: ComputeEffect): void {
  const { state } = world;
  if (effect.kind === 'vm.power') {
    const vm = state.vms[effect.vm];
    if (vm !== undefined) vm.power = effect.power;
  } else if (effect.kind === 'vm.remove') removeVm(world, effect.vm);
  else if (effect.kind === 'disk.remove') delete state.disks[effect.disk];
  else delete state.snapshots[effect.snapshot];
}

/** Removes a VM; its disks and interfaces stay, unattached. */
export function removeVm(world: World, key: string): void {
  const vm = world.state.vms[key];
  if (vm === undefined) return;
  for (const disk of [vm.osDisk, ...vm.dataDisks]) detach(world, disk);
  for (const id of vm.nics) {
    const nic = nicKind.table(world.state)[keyOf(id)];
    if (nic !== undefined) delete nic.vm;
  }
  delete world.state.vms[key];
}
