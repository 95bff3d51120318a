import { pointOf } from '../backup/effects.ts';
import { backupNames, itemKey } from '../backup/names.ts';
import type { BackupJob, ProtectedItem } from '../backup/state.ts';
import { span } from '../clock.ts';
import type { VirtualMachine } from '../compute/state.ts';
import { keyOf, stableGuid, stableNumber } from '../identity.ts';
import type { Vault } from '../state.ts';
import { addNetwork, addVm, type Site } from './machines.ts';
import { addPeople } from './people.ts';
import { addVault } from './vaults.ts';

const regions = ['westeurope', 'northeurope', 'eastus', 'eastus2', 'uksouth'] as const;

/**
 * An estate of any size: vaults spread over five regions, VMs spread over groups of two hundred, nine of ten protected
 * in a vault of their region with three recovery points each, and backup jobs of the last day.
 */
export function generatedEstate(site: Site, options: { vaults: number; vms: number; jobs: number }): void {
  const { state, subscription } = site;
  state.subscriptions[keyOf(subscription)] = { id: subscription, name: 'Generated', tenant: state.tenant };
  addPeople(site);
  const subnets = regions.map((location) => {
    const network = { name: `vnet-${location}`, group: `rg-network-${location}`, location, prefix: '10.0.0.0/8' };
    return `${addNetwork(site, { ...network, subnets: [['default', '10.0.0.0/16']] })}/subnets/default`;
  });
  const vaults = Array.from({ length: options.vaults }, (_, index) => generatedVault(site, index));
  const items: { vault: Vault; item: ProtectedItem }[] = [];
  for (let index = 0; index < options.vms; index += 1) {
    const vm = generatedVm(site, { index, subnetId: subnets[index % regions.length] ?? '' });
    const vault = index % 10 === 9 ? undefined : vaultFor(vaults, index);
    if (vault !== undefined) items.push({ vault, item: protectGenerated(site, vault, vm) });
  }
  for (let index = 0; index < options.jobs && items.length > 0; index += 1) {
    const of = items[index % items.length];
    if (of !== undefined) addGeneratedJob(site, of, index);
  }
}

function generatedVault(site: Site, index: number): Vault {
  const location = regions[index % regions.length] ?? 'westeurope';
  const number = String(index).padStart(4, '0');
  return addVault(site, { name: `rsv-${number}`, group: `rg-backup-${location}`, location });
}

/** A vault of the VM's region: the VMs of a region fill its vaults evenly. */
function vaultFor(vaults: readonly Vault[], index: number): Vault | undefined {
  const region = index % regions.length;
  const count = Math.floor((vaults.length - 1 - region) / regions.length) + 1;
  if (count <= 0) return undefined;
  return vaults[region + (Math.floor(index / regions.length) % count) * regions.length];
}

function generatedVm(site: Site, of: { index: number; subnetId: string }): VirtualMachine {
  const { index, subnetId } = of;
  const location = regions[index % regions.length] ?? 'westeurope';
  const number = String(index).padStart(6, '0');
  return addVm(site, {
    name: `vm-${number}`,
    group: `rg-${String(Math.floor(index / 200)).padStart(4, '0')}`,
    location,
    os: index % 3 === 0 ? 'Linux' : 'Windows',
    disks: [127],
    subnetId,
    tags: { env: index % 4 === 0 ? 'dev' : 'prod' },
  });
}

function protectGenerated(site: Site, vault: Vault, vm: VirtualMachine): ProtectedItem {
  const names = backupNames(vm.id);
  const last = site.now - 6 * span.hour;
  const item: ProtectedItem = {
    container: names.container,
    name: names.item,
    friendlyName: vm.name,
    vm: vm.id,
    policy: 'DefaultPolicy',
    state: 'Protected',
    dataId: stableNumber(vm.id, 15),
    lastStatus: 'Completed',
    lastTime: last,
    lastPoint: last + 8 * span.second,
    points: [],
    triggered: [],
  };
  const world = { state: site.state, now: site.now };
  for (let day = 0; day < 3; day += 1) {
    const time = last + 8 * span.second - day * span.day;
    const point = pointOf(world, item, { time, expires: time + 30 * span.day });
    item.points.push({ ...point, vaulted: time + 40 * span.minute });
  }
  vault.backup.items[itemKey(item.name)] = item;
  return item;
}

function addGeneratedJob(site: Site, of: { vault: Vault; item: ProtectedItem }, index: number): void {
  const name = stableGuid(`generated:${of.item.name}:${index}`);
  const start = site.now - span.day + (index % 1440) * span.minute;
  const job: BackupJob = {
    name,
    verb: 'Backup',
    item: itemKey(of.item.name),
    entity: of.item.friendlyName,
    containerName: backupNames(of.item.vm).short,
    timeline: {
      start,
      steps: [
        { name: 'Take Snapshot', duration: 8 * span.minute },
        { name: 'Transfer data to vault', duration: (20 + (index % 30)) * span.minute },
      ],
    },
    effects: {},
    onFailure: [],
    bag: { 'VM Name': of.item.friendlyName },
    endBag: { 'Backup Size': '8000 MB' },
    internalBag: { IsInstantRpJob: 'True' },
    cancellable: true,
    byUser: false,
    activityId: stableGuid(`activity:${name}`),
  };
  of.vault.backup.jobs[name] = job;
}
