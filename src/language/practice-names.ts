import { type Named, NameIndex } from './names.ts';

const practiceSubscription = '00000000-0000-0000-0000-000000000000';

/** Names to try sentences with when no others are given; two VMs are called app-01. */
const groups: Readonly<Record<string, readonly string[]>> = {
  'rg-data': ['sql-prod-01', 'sql-prod-02', 'sql01', 'vm-sql-01'],
  'rg-web': ['web-prod-01', 'web-prod-02'],
  'rg-erp': ['erp-prod-01', 'erp-prod-02', 'app-01'],
  'rg-crm': ['app-01'],
};

/** The built-in list as an index. */
export function practiceNames(): NameIndex {
  return namesFrom(
    Object.entries(groups).flatMap(([resourceGroup, names]) => names.map((name) => ({ name, resourceGroup }))),
  );
}

/** A name as somebody wrote it down: the rest is made up where it is missing. */
export interface GivenName {
  readonly name: string;
  readonly kind?: Named['kind'] | undefined;
  readonly id?: string | undefined;
  readonly resourceGroup?: string | undefined;
  readonly subscriptionId?: string | undefined;
  readonly location?: string | undefined;
}

const types: Readonly<Record<Named['kind'], string>> = {
  vm: 'Microsoft.Compute/virtualMachines',
  vault: 'Microsoft.RecoveryServices/vaults',
  plan: 'Microsoft.RecoveryServices/vaults/rsv/replicationRecoveryPlans',
};

/** An index of VMs, vaults and plans of which at least the name is known. */
export function namesFrom(list: readonly GivenName[]): NameIndex {
  return new NameIndex(list.map(named));
}

function named(given: GivenName): Named {
  const { name, kind = 'vm', resourceGroup = 'rg', location = 'westeurope' } = given;
  const { subscriptionId = practiceSubscription } = given;
  const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
  const { id = `${group}/providers/${types[kind]}/${name}` } = given;
  return { kind, id, name, resourceGroup, subscriptionId, location };
}
