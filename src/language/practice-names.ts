import { type Named, NameIndex } from './names.ts';

const subscriptionId = '00000000-0000-0000-0000-000000000000';

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

/** An index of VMs, vaults and plans of which at least the name is known. */
export function namesFrom(list: readonly (Partial<Named> & { readonly name: string })[]): NameIndex {
  return new NameIndex(
    list.map((given) => {
      const { kind = 'vm', name, resourceGroup = 'rg', location = 'westeurope' } = given;
      const type = {
        vm: 'Microsoft.Compute/virtualMachines',
        vault: 'Microsoft.RecoveryServices/vaults',
        plan: 'plans',
      };
      const id = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/${type[kind]}/${name}`;
      return { id, subscriptionId, ...given, kind, name, resourceGroup, location };
    }),
  );
}
