import { span } from '../clock.ts';
import type { Disk, VirtualMachine } from '../compute/state.ts';
import { keyOf, resourceId, stableGuid, stableNumber } from '../identity.ts';
import type { Tags } from '../resources/state.ts';
import type { State } from '../state.ts';

/** Where things of an estate are put. */
export interface Site {
  readonly state: State;
  readonly subscription: string;
  /** ms; all times of an estate are relative to it. */
  readonly now: number;
}

/** A VM as an estate describes it; sizes in GB, the OS disk first. */
export interface VmPlan {
  readonly name: string;
  readonly group: string;
  readonly location: string;
  readonly os: 'Windows' | 'Linux';
  readonly size?: string;
  readonly disks: readonly number[];
  readonly subnetId: string;
  readonly tags?: Tags;
  readonly power?: VirtualMachine['power'];
  readonly ageDays?: number;
}

/** A group, made if it is not there. */
export function addGroup(site: Site, name: string, location: string): void {
  const id = `/subscriptions/${site.subscription}/resourceGroups/${name}`;
  site.state.groups[keyOf(id)] ??= { id, name, subscription: site.subscription, location, tags: {} };
}

/** A network with subnets, `[name, prefix]`. */
export function addNetwork(
  site: Site,
  of: { name: string; group: string; location: string; prefix: string; subnets: [string, string][]; tags?: Tags },
): string {
  addGroup(site, of.group, of.location);
  const id = idOf(site, of.group, `Microsoft.Network/virtualNetworks/${of.name}`);
  site.state.networks[keyOf(id)] = {
    ...place(site, of),
    id,
    prefixes: [of.prefix],
    subnets: of.subnets.map(([name, prefix]) => ({ name, prefix })),
  };
  return id;
}

/** A storage account. */
export function addStorageAccount(site: Site, of: { name: string; group: string; location: string }): string {
  addGroup(site, of.group, of.location);
  const id = idOf(site, of.group, `Microsoft.Storage/storageAccounts/${of.name}`);
  const created = site.now - 400 * span.day;
  site.state.storageAccounts[keyOf(id)] = { ...place(site, of), id, sku: 'Standard_LRS', created };
  return id;
}

/** A VM with its disks and its interface. */
export function addVm(site: Site, plan: VmPlan): VirtualMachine {
  addGroup(site, plan.group, plan.location);
  const id = idOf(site, plan.group, `Microsoft.Compute/virtualMachines/${plan.name}`);
  const created = site.now - (plan.ageDays ?? 300) * span.day;
  const disks = plan.disks.map((sizeGB, index) => addDisk(site, plan, { sizeGB, index, vm: id, created }));
  const [os, ...data] = disks.map((disk, index) => ({
    name: disk.name,
    id: disk.id,
    ...(index === 0 ? {} : { lun: index - 1 }),
  }));
  if (os === undefined) throw new Error(`the estate's VM ${plan.name} has no disk`);
  const vm: VirtualMachine = {
    ...place(site, plan),
    id,
    vmId: stableGuid(id),
    size: plan.size ?? 'Standard_D4s_v5',
    osType: plan.os,
    computerName: plan.name,
    image: plan.os === 'Windows' ? windows : linux,
    osDisk: os,
    dataDisks: data,
    nics: [addNic(site, plan, id)],
    power: plan.power ?? 'running',
    created,
    busyUntil: created,
    busyWith: 'Creating',
  };
  site.state.vms[keyOf(id)] = vm;
  return vm;
}

const windows = {
  publisher: 'MicrosoftWindowsServer',
  offer: 'WindowsServer',
  sku: '2022-datacenter-g2',
  version: '20348.2700.250109',
};
const linux = {
  publisher: 'Canonical',
  offer: '0001-com-ubuntu-server-jammy',
  sku: '22_04-lts-gen2',
  version: '22.04.202501080',
};

function addDisk(site: Site, plan: VmPlan, of: { sizeGB: number; index: number; vm: string; created: number }): Disk {
  const mark = stableGuid(`${of.vm}:${of.index}`).replaceAll('-', '');
  const name = of.index === 0 ? `${plan.name}_OsDisk_1_${mark}` : `${plan.name}_DataDisk_${of.index - 1}`;
  const disk: Disk = {
    ...place(site, { ...plan, name, tags: plan.tags ?? {} }),
    id: idOf(site, plan.group, `Microsoft.Compute/disks/${name}`),
    sku: 'Premium_LRS',
    sizeGB: of.sizeGB,
    ...(of.index === 0 ? { osType: plan.os } : {}),
    creation: { createOption: of.index === 0 ? 'FromImage' : 'Empty' },
    uniqueId: stableGuid(`unique:${of.vm}:${of.index}`),
    created: of.created,
    ready: of.created,
    vm: of.vm,
  };
  site.state.disks[keyOf(disk.id)] = disk;
  return disk;
}

function addNic(site: Site, plan: VmPlan, vm: string): string {
  const name = `${plan.name}-nic`;
  const id = idOf(site, plan.group, `Microsoft.Network/networkInterfaces/${name}`);
  const host = 4 + (Number(stableNumber(id, 6)) % 250);
  site.state.nics[keyOf(id)] = {
    ...place(site, { ...plan, name, tags: {} }),
    id,
    subnetId: plan.subnetId,
    privateIp: `10.10.1.${host}`,
    vm,
  };
  return id;
}

function idOf(site: Site, group: string, tail: string): string {
  const cut = tail.lastIndexOf('/');
  return resourceId({ subscription: site.subscription, group }, tail.slice(0, cut), tail.slice(cut + 1));
}

function place(site: Site, of: { name: string; group: string; location: string; tags?: Tags | undefined }) {
  const { name, group, location, tags = {} } = of;
  return { name, group, location, tags: { ...tags }, subscription: site.subscription };
}

/** Adds a runbook of Azure Automation; answers its id. */
export function addRunbook(site: Site, of: { name: string; account: string; group: string; location: string }): string {
  const id = idOf(site, of.group, `Microsoft.Automation/automationAccounts/${of.account}/runbooks/${of.name}`);
  site.state.runbooks = { ...site.state.runbooks, [keyOf(id)]: { ...place(site, of), id } };
  return id;
}
