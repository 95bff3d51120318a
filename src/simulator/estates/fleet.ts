import type { VirtualMachine } from '../compute/state.ts';
import { keyOf, resourceId, stableGuid } from '../identity.ts';
import type { PlanAction, PlanGroup } from '../recovery/state.ts';
import type { Vault } from '../state.ts';
import { addRunbook, addVm, type Site } from './machines.ts';
import { practiceEstate } from './practice.ts';
import { replicate } from './practice-recovery.ts';

const tiers = [
  ['shop-db', 4, 'Windows'],
  ['shop-app', 8, 'Windows'],
  ['shop-web', 8, 'Linux'],
] as const;

/** The practice estate with a recovery plan of twenty VMs, `shop-plan`: three groups, two runbooks, a manual action. */
export function fleetEstate(site: Site): void {
  practiceEstate(site);
  const place = (group: string) => ({ subscription: site.subscription, group });
  const vaultId = resourceId(place('rg-backup-neu'), 'Microsoft.RecoveryServices/vaults', 'rsv-dr-neu');
  const vault = site.state.vaults[keyOf(vaultId)];
  if (vault === undefined) throw new Error('the practice estate has no vault for Site Recovery');
  const network = (name: string, group: string) => resourceId(place(group), 'Microsoft.Network/virtualNetworks', name);
  const prod = network('vnet-prod-weu', 'rg-network-weu');
  const dr = network('vnet-prod-neu', 'rg-network-neu');
  const machines = new Map<string, VirtualMachine>();
  const networks = { prod, dr, dev: prod, test: dr };
  for (const [tier, count, os] of tiers) {
    for (let number = 1; number <= count; number += 1) {
      const name = `${tier}-${String(number).padStart(2, '0')}`;
      const tags = { env: 'prod', owner: 'shop-team', app: 'shop' };
      const plan = { name, group: 'rg-shop', location: 'westeurope', os, disks: [127, 128], tags };
      machines.set(name, addVm(site, { ...plan, subnetId: `${prod}/subnets/snet-app` }));
      replicate(site, { vault, machines, networks }, { name, tested: site.now - 30 * 86_400_000 });
    }
  }
  const actions = planActions(site, vault);
  vault.recovery.plans['shop-plan'] = {
    name: 'shop-plan',
    primaryFabric: 'asr-a2a-default-westeurope',
    recoveryFabric: 'asr-a2a-default-northeurope',
    groups: [
      empty('Shutdown'),
      empty('Failover'),
      ...tiers.map(([tier], index) => tierGroup(machines, tier, actions[index])),
    ],
  };
}

function empty(type: PlanGroup['type']): PlanGroup {
  return { type, items: [], before: [], after: [] };
}

/** One tier's VMs, and what follows their start. */
function tierGroup(
  machines: ReadonlyMap<string, VirtualMachine>,
  tier: string,
  after: PlanAction | undefined,
): PlanGroup {
  const members = [...machines.values()].filter((vm) => vm.name.startsWith(tier));
  const items = members.map((vm) => ({ id: stableGuid(`replicated:${vm.id}`), vm: vm.id }));
  return { type: 'Boot', items, before: [], after: after === undefined ? [] : [after] };
}

/** A person looks after the databases; a runbook runs after each of the other tiers. All of it only on the way over. */
function planActions(site: Site, vault: Vault): PlanAction[] {
  const both = { failoverTypes: ['TestFailover', 'UnplannedFailover'], failoverDirections: ['PrimaryToRecovery'] };
  const look: PlanAction = {
    ...both,
    name: 'Check the shop database',
    details: { instanceType: 'ManualActionDetails', description: 'Check that the shop database is online.' },
  };
  const runbooks = [
    ['Warm the caches', 'Warm-Caches'],
    ['Point the shop to the recovery site', 'Switch-Shop-Dns'],
  ] as const;
  return [
    look,
    ...runbooks.map(([name, runbook]) => ({ ...both, name, details: runbookDetails(site, vault, runbook) })),
  ];
}

function runbookDetails(site: Site, { group, location }: Vault, name: string): PlanAction['details'] {
  const runbookId = addRunbook(site, { name, account: 'aa-contoso-dr', group, location });
  return { instanceType: 'AutomationRunbookActionDetails', runbookId, timeout: '00:10:00', fabricLocation: 'Recovery' };
}
