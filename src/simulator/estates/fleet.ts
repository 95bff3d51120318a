import type { VirtualMachine } from '../compute/state.ts';
import { keyOf, resourceId, stableGuid } from '../identity.ts';
import type { PlanAction, PlanGroup } from '../recovery/state.ts';
import { addVm, type Site } from './machines.ts';
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
      const tags = { env: 'prod', owner: 'shop-team' };
      const plan = { name, group: 'rg-shop', location: 'westeurope', os, disks: [127, 128], tags };
      machines.set(name, addVm(site, { ...plan, subnetId: `${prod}/subnets/snet-app` }));
      replicate(site, { vault, machines, networks }, { name, tested: site.now - 30 * 86_400_000 });
    }
  }
  vault.recovery.plans['shop-plan'] = {
    name: 'shop-plan',
    primaryFabric: 'asr-a2a-default-westeurope',
    recoveryFabric: 'asr-a2a-default-northeurope',
    groups: [empty('Shutdown'), empty('Failover'), ...tiers.map(([tier], index) => tierGroup(machines, tier, index))],
  };
}

function empty(type: PlanGroup['type']): PlanGroup {
  return { type, items: [], before: [], after: [] };
}

/** One tier's VMs; a person looks after the databases, a runbook runs after each of the others. */
function tierGroup(machines: ReadonlyMap<string, VirtualMachine>, tier: string, index: number): PlanGroup {
  const members = [...machines.values()].filter((vm) => vm.name.startsWith(tier));
  const items = members.map((vm) => ({ id: stableGuid(`replicated:${vm.id}`), vm: vm.id }));
  const both = { failoverTypes: ['TestFailover', 'UnplannedFailover'], failoverDirections: ['PrimaryToRecovery'] };
  const look: PlanAction = {
    ...both,
    name: 'Check the shop database',
    details: { instanceType: 'ManualActionDetails', description: 'Check that the shop database is online.' },
  };
  const runbook: PlanAction = {
    ...both,
    name: index === 1 ? 'Warm the caches' : 'Point the shop to the recovery site',
    details: {
      instanceType: 'AutomationRunbookActionDetails',
      runbookId: 'runbook',
      timeout: '00:10:00',
      fabricLocation: 'Recovery',
    },
  };
  return { type: 'Boot', items, before: [], after: [index === 0 ? look : runbook] };
}
