import { span } from '../clock.ts';
import type { VirtualMachine } from '../compute/state.ts';
import { keyOf, stableGuid } from '../identity.ts';
import type { Vault } from '../state.ts';
import { addNetwork, addStorageAccount, addVm, type Site } from './machines.ts';
import { addPeople } from './people.ts';
import { practiceMachines } from './practice-machines.ts';
import { addPracticeRecovery } from './practice-recovery.ts';
import { addVault, dailyPolicy, protect } from './vaults.ts';

const weu = 'westeurope';
const neu = 'northeurope';

/** Contoso: two regions, four vaults, some thirty VMs, with the good and the bad cases of a real estate. */
export function practiceEstate(site: Site): void {
  site.state.subscriptions[keyOf(site.subscription)] = {
    id: site.subscription,
    name: 'Contoso Production',
    tenant: site.state.tenant,
  };
  addPeople(site);
  const networks = addNetworks(site);
  addStorageAccount(site, { name: 'stcontosobackupweu', group: 'rg-backup-weu', location: weu });
  addStorageAccount(site, { name: 'stcontosobackupneu', group: 'rg-backup-neu', location: neu });
  addStorageAccount(site, { name: 'stcontosoasrcacheweu', group: 'rg-backup-weu', location: weu });
  const machines = new Map<string, VirtualMachine>();
  for (const plan of practiceMachines(networks)) machines.set(`${plan.group}/${plan.name}`, addVm(site, plan));
  const vaults = addVaults(site);
  protectMachines(site, vaults, machines);
  addSnapshots(site, machines);
  addPracticeRecovery(site, { vault: vaults.dr, machines, networks });
}

/** The networks of the practice estate, by id. */
export interface PracticeNetworks {
  readonly prod: string;
  readonly dev: string;
  readonly dr: string;
  readonly test: string;
}

function addNetworks(site: Site): PracticeNetworks {
  const three: [string, string][] = [
    ['snet-web', '10.10.1.0/24'],
    ['snet-app', '10.10.2.0/24'],
    ['snet-db', '10.10.3.0/24'],
  ];
  const weuGroup = { group: 'rg-network-weu', location: weu };
  const neuGroup = { group: 'rg-network-neu', location: neu };
  return {
    prod: addNetwork(site, {
      ...weuGroup,
      name: 'vnet-prod-weu',
      prefix: '10.10.0.0/16',
      subnets: three,
      tags: { env: 'prod' },
    }),
    dev: addNetwork(site, {
      ...weuGroup,
      name: 'vnet-dev-weu',
      prefix: '10.20.0.0/16',
      subnets: [['default', '10.20.0.0/24']],
      tags: { env: 'dev' },
    }),
    dr: addNetwork(site, {
      ...neuGroup,
      name: 'vnet-prod-neu',
      prefix: '10.10.0.0/16',
      subnets: three,
      tags: { env: 'prod' },
    }),
    test: addNetwork(site, {
      ...neuGroup,
      name: 'vnet-dr-test',
      prefix: '10.99.0.0/16',
      subnets: [['snet-test', '10.99.1.0/24']],
      tags: { env: 'test', purpose: 'isolated-test-failover' },
    }),
  };
}

interface PracticeVaults {
  readonly prod: Vault;
  readonly dev: Vault;
  readonly neu: Vault;
  readonly dr: Vault;
}

function addVaults(site: Site): PracticeVaults {
  const prod = addVault(site, {
    name: 'rsv-prod-weu',
    group: 'rg-backup-weu',
    location: weu,
    redundancy: 'GeoRedundant',
    crossRegionRestore: true,
    softDelete: { state: 'AlwaysON', days: 14 },
    immutability: 'Unlocked',
    tags: { env: 'prod' },
  });
  prod.backup.policies['prod-daily-30d'] = {
    name: 'prod-daily-30d',
    properties: dailyPolicy(30, 'SimpleSchedulePolicy'),
  };
  const dev = addVault(site, {
    name: 'rsv-dev-weu',
    group: 'rg-dev',
    location: weu,
    redundancy: 'LocallyRedundant',
    softDelete: { state: 'Enabled', days: 14 },
    tags: { env: 'dev' },
  });
  dev.backup.policies['dev-daily-7d'] = { name: 'dev-daily-7d', properties: dailyPolicy(7, 'SimpleSchedulePolicy') };
  const neuVault = addVault(site, {
    name: 'rsv-prod-neu',
    group: 'rg-backup-neu',
    location: neu,
    tags: { env: 'prod' },
  });
  const dr = addVault(site, {
    name: 'rsv-dr-neu',
    group: 'rg-backup-neu',
    location: neu,
    tags: { env: 'prod', purpose: 'dr' },
  });
  return { prod, dev, neu: neuVault, dr };
}

function protectMachines(site: Site, vaults: PracticeVaults, machines: ReadonlyMap<string, VirtualMachine>): void {
  const { prod, dev, neu: north } = vaults;
  const add = (name: string, vault: Vault, more: { policy: string; days: number } & Record<string, unknown>) => {
    const vm = machines.get(name);
    if (vm !== undefined) protect(site, { vault, vm, ...more });
  };
  const daily = { policy: 'prod-daily-30d', days: 14 };
  const names = [
    'rg-sql/sql-prod-01',
    'rg-sql/sql-prod-02',
    'rg-web/web-prod-01',
    'rg-web/web-prod-02',
    'rg-erp/erp-prod-01',
    'rg-erp/erp-db-01',
    'rg-erp/erp-app-01',
    'rg-erp/app-01',
    'rg-crm/crm-prod-01',
    'rg-infra/dc-prod-01',
    'rg-infra/dc-prod-02',
    'rg-files/file-prod-01',
  ];
  for (const name of names) add(name, prod, daily);
  add('rg-crm/crm-db-01', prod, { ...daily, failed: 'ExtensionFailedVssWriterInBadState' });
  add('rg-legacy/legacy-fs-01', prod, { ...daily, days: 5, stopped: true });
  for (const name of ['rg-sql/sql-test-01', 'rg-dev/dev-build-01', 'rg-dev/dev-linux-01', 'rg-web/web-stage-01']) {
    add(name, dev, { policy: 'dev-daily-7d', days: 7 });
  }
  add('rg-legacy/legacy-print-01', dev, { policy: 'dev-daily-7d', days: 3, deletedDays: 4 });
  add('rg-infra-neu/dc-dr-01', north, { policy: 'DefaultPolicy', days: 10 });
}

/** Two snapshots that somebody left behind. */
function addSnapshots(site: Site, machines: ReadonlyMap<string, VirtualMachine>): void {
  for (const [name, days] of [
    ['rg-web/web-prod-01', 12],
    ['rg-legacy/legacy-fs-01', 190],
  ] as const) {
    const vm = machines.get(name);
    const disk = vm === undefined ? undefined : site.state.disks[keyOf(vm.osDisk.id)];
    if (vm === undefined || disk === undefined) continue;
    const created = site.now - days * span.day;
    const snapshot = `${vm.name}-before-patch`;
    const id = disk.id.replace(/disks\/[^/]+$/, `snapshots/${snapshot}`);
    const { group, subscription, location, sizeGB } = disk;
    site.state.snapshots[keyOf(id)] = {
      id,
      name: snapshot,
      group,
      subscription,
      location,
      tags: { owner: 'unknown' },
      sku: 'Standard_LRS',
      sizeGB,
      osType: vm.osType,
      incremental: true,
      created,
      ready: created,
      uniqueId: stableGuid(id),
      creation: { createOption: 'Copy', sourceResourceId: disk.id, sourceUniqueId: disk.uniqueId },
      familyId: stableGuid(`family:${keyOf(disk.id)}`),
    };
  }
}
