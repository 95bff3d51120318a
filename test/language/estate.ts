import { type Named, NameIndex } from '../../src/language/names.ts';

const subscriptionId = '00000000-0000-0000-0000-000000000001';

/** A VM, vault or plan of the tests' estate. */
export function named(name: string, resourceGroup: string, kind: Named['kind'] = 'vm'): Named {
  const type = {
    vm: 'Microsoft.Compute/virtualMachines',
    vault: 'Microsoft.RecoveryServices/vaults',
    plan: 'Microsoft.RecoveryServices/vaults/rsv/replicationRecoveryPlans',
  }[kind];
  const id = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/${type}/${name}`;
  return { kind, id, name, resourceGroup, subscriptionId, location: 'westeurope' };
}

/** What exists in the sentences of the tests: two VMs are called app-01. */
export const estate: readonly Named[] = [
  named('sql-prod-01', 'rg-data'),
  named('sql-prod-02', 'rg-data'),
  named('sql01', 'rg-data'),
  named('web-prod-01', 'rg-web'),
  named('web-prod-02', 'rg-web'),
  named('erp-prod-01', 'rg-erp'),
  named('erp-prod-02', 'rg-erp'),
  named('app-01', 'rg-erp'),
  named('app-01', 'rg-crm'),
  named('mercury', 'rg-legacy'),
  named('dc01', 'rg-identity'),
  named('vm-sql-01', 'rg-data'),
  named('rsv-prod-weu', 'rg-backup', 'vault'),
  named('erp-plan', 'rg-backup', 'plan'),
];

export const names = new NameIndex(estate);
