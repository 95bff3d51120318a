import { span } from '../clock.ts';
import type { VirtualMachine } from '../compute/state.ts';
import { keyOf, resourceId, stableGuid } from '../identity.ts';
import { replicatedKey } from '../recovery/names.ts';
import type { HealthError, PlanAction, ReplicatedItem } from '../recovery/state.ts';
import type { Vault } from '../state.ts';
import { addGroup, addRunbook, type Site } from './machines.ts';
import type { PracticeNetworks } from './practice.ts';
import { addTestHistory } from './recovery-history.ts';

interface Parts {
  readonly vault: Vault;
  readonly machines: ReadonlyMap<string, VirtualMachine>;
  readonly networks: PracticeNetworks;
}

const west = 'asr-a2a-default-westeurope';
const north = 'asr-a2a-default-northeurope';
const policyName = '24-hour-retention-policy';

/** Replication from West to North Europe: fabrics, items good and bad, and a recovery plan. */
export function addPracticeRecovery(site: Site, parts: Parts): void {
  addFabrics(parts);
  addGroup(site, 'rg-dr-neu', 'northeurope');
  const tested = site.now - 21 * span.day;
  replicate(site, parts, { name: 'rg-erp/erp-prod-01', tested });
  replicate(site, parts, { name: 'rg-erp/erp-db-01', tested });
  replicate(site, parts, { name: 'rg-erp/erp-app-01', tested });
  replicate(site, parts, { name: 'rg-erp/erp-web-01', tested });
  replicate(site, parts, { name: 'rg-sql/sql-prod-01', tested: site.now - 35 * span.day });
  replicate(site, parts, { name: 'rg-web/web-prod-01' });
  replicate(site, parts, { name: 'rg-crm/crm-db-01', tested, behind: 9 * span.hour });
  addPlan(site, parts);
  for (const item of Object.values(parts.vault.recovery.items)) addTestHistory(site, parts.vault, item);
}

function addFabrics({ vault, networks }: Parts): void {
  const { recovery } = vault;
  for (const [name, location, friendlyName] of [
    [west, 'westeurope', 'West Europe'],
    [north, 'northeurope', 'North Europe'],
  ] as const) {
    recovery.fabrics[name] = { name, location, friendlyName, internalId: stableGuid(`fabric:${name}`) };
    recovery.containers[`${name}-container`] = { name: `${name}-container`, fabric: name };
  }
  recovery.policies[policyName] = {
    name: policyName,
    historyMinutes: 1440,
    appConsistentMinutes: 60,
    crashConsistentMinutes: 5,
    multiVmSync: 'Enabled',
  };
  for (const [from, to] of [
    [west, north],
    [north, west],
  ] as const) {
    const name = `${from.slice(16)}-${to.slice(16)}-${policyName}`;
    recovery.mappings[name] = {
      name,
      fabric: from,
      container: `${from}-container`,
      targetFabric: to,
      targetContainer: `${to}-container`,
      policy: policyName,
    };
  }
  recovery.networkMappings['prod-weu-to-neu'] = {
    name: 'prod-weu-to-neu',
    fabric: west,
    primaryNetwork: networks.prod,
    recoveryFabric: north,
    recoveryNetwork: networks.dr,
  };
  recovery.alertEmails = ['oncall@contoso.example'];
}

/** Puts a VM of the estate under replication, well or badly. */
export function replicate(site: Site, parts: Parts, of: { name: string; tested?: number; behind?: number }): void {
  const vm = parts.machines.get(of.name);
  if (vm === undefined) return;
  const name = stableGuid(`replicated:${vm.id}`);
  const enabled = site.now - 120 * span.day;
  const item: ReplicatedItem = {
    name,
    friendlyName: vm.name,
    internalId: stableGuid(`internal:${vm.id}`),
    fabric: west,
    container: `${west}-container`,
    recoveryFabric: north,
    recoveryContainer: `${north}-container`,
    policy: policyName,
    phase: 'protected',
    activeLocation: 'Primary',
    vm: vm.id,
    osType: vm.osType,
    disks: disksOf(site, vm),
    recoveryGroup: `/subscriptions/${site.subscription}/resourceGroups/rg-dr-neu`,
    recoveryNetwork: parts.networks.dr,
    recoverySubnet: 'snet-app',
    recoveryVmName: vm.name,
    recoveryVmSize: vm.size,
    pointsFrom: enabled + span.hour,
    lagSeconds: 60 + (name.charCodeAt(0) % 9) * 20,
    errors: [],
    enabled,
    ...(of.tested === undefined ? {} : { lastTest: of.tested }),
    ...(of.behind === undefined ? {} : broken(site.now - of.behind, vm)),
  };
  parts.vault.recovery.items[replicatedKey(name)] = item;
}

function disksOf(site: Site, vm: VirtualMachine): ReplicatedItem['disks'] {
  const place = { subscription: site.subscription, group: 'rg-backup-weu' };
  const staging = resourceId(place, 'Microsoft.Storage/storageAccounts', 'stcontosoasrcacheweu');
  return [vm.osDisk, ...vm.dataDisks].map((disk) => ({
    id: disk.id,
    name: disk.name,
    bytes: (site.state.disks[keyOf(disk.id)]?.sizeGB ?? 0) * 2 ** 30,
    os: disk.lun === undefined,
    stagingAccount: staging,
    recoveryGroup: `/subscriptions/${site.subscription}/resourceGroups/rg-dr-neu`,
    type: site.state.disks[keyOf(disk.id)]?.sku ?? 'Premium_LRS',
  }));
}

/** Replication that stopped at `at`, with the errors that Site Recovery then shows. */
function broken(at: number, vm: VirtualMachine): { pointsUntil: number; errors: HealthError[] } {
  const error = (code: string, message: string, action: string): HealthError => ({
    code,
    level: 'Error',
    category: 'Replication',
    message,
    action,
    at,
    causes: 'The Site Recovery service could not reach the virtual machine or its cache storage account.',
  });
  return {
    pointsUntil: at,
    errors: [
      error(
        '153007',
        `No crash-consistent recovery point has been available for the virtual machine '${vm.name}' in the last 60 minutes.`,
        'Check the data change rate and the connection to the cache storage account.',
      ),
      error(
        '151195',
        'Connection to Site Recovery endpoints could not be established from the virtual machine.',
        'Allow outbound access to the Site Recovery service tags.',
      ),
    ],
  };
}

const every = { failoverTypes: ['TestFailover', 'UnplannedFailover'], failoverDirections: ['PrimaryToRecovery'] };

/** Database, then application, then web; a person looks after the first, a runbook runs after the last. */
function addPlan(site: Site, { vault, machines }: Parts): void {
  const automation = { account: 'aa-contoso-dr', group: vault.group, location: vault.location };
  const members = (...names: string[]) =>
    names.flatMap((name) => {
      const vm = machines.get(name);
      return vm === undefined ? [] : [{ id: stableGuid(`replicated:${vm.id}`), vm: vm.id }];
    });
  const check: PlanAction = {
    ...every,
    name: 'Check the database',
    details: {
      instanceType: 'ManualActionDetails',
      description: 'Check that the ERP database is online and consistent.',
    },
  };
  const runbook: PlanAction = {
    ...every,
    name: 'Point DNS to the recovery site',
    details: {
      instanceType: 'AutomationRunbookActionDetails',
      runbookId: addRunbook(site, { ...automation, name: 'Switch-Dns' }),
      timeout: '00:10:00',
      fabricLocation: 'Recovery',
    },
  };
  const none = { items: [], before: [], after: [] };
  vault.recovery.plans['erp-plan'] = {
    name: 'erp-plan',
    primaryFabric: west,
    recoveryFabric: north,
    groups: [
      { type: 'Shutdown', ...none },
      { type: 'Failover', ...none },
      { type: 'Boot', items: members('rg-erp/erp-db-01'), before: [], after: [check] },
      { type: 'Boot', items: members('rg-erp/erp-app-01', 'rg-erp/erp-prod-01'), before: [], after: [] },
      { type: 'Boot', items: members('rg-erp/erp-web-01'), before: [], after: [runbook] },
    ],
  };
}
