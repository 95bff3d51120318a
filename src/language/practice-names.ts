import { type Named, NameIndex } from './names.ts';

const practiceSubscription = '00000000-0000-0000-0000-000000000000';

/** What there is in practice mode, by kind and resource group, so that sentences are understood there and here alike; two VMs are called app-01. */
const practice: Readonly<Record<Named['kind'], Readonly<Record<string, readonly string[]>>>> = {
  vm: {
    'rg-sql': ['sql-prod-01', 'sql-prod-02', 'sql-test-01'],
    'rg-web': ['web-prod-01', 'web-prod-02', 'web-prod-03', 'web-stage-01'],
    'rg-erp': ['erp-prod-01', 'erp-db-01', 'erp-app-01', 'erp-web-01', 'app-01'],
    'rg-crm': ['crm-prod-01', 'crm-db-01', 'app-01'],
    'rg-dev': ['dev-build-01', 'dev-build-02', 'dev-linux-01', 'dev-win-01'],
    'rg-legacy': ['legacy-fs-01', 'legacy-print-01'],
    'rg-infra': ['dc-prod-01', 'dc-prod-02', 'jump-01', 'mon-01'],
    'rg-data': ['dwh-01', 'etl-01', 'spark-01'],
    'rg-files': ['file-prod-01'],
    'rg-infra-neu': ['dc-dr-01'],
  },
  vault: {
    'rg-backup-weu': ['rsv-prod-weu'],
    'rg-dev': ['rsv-dev-weu'],
    'rg-backup-neu': ['rsv-prod-neu', 'rsv-dr-neu'],
  },
  plan: { 'rg-backup-neu': ['erp-plan'] },
};

/** The names of practice mode as an index. */
export function practiceNames(): NameIndex {
  const kinds = ['vm', 'vault', 'plan'] as const;
  return namesFrom(
    kinds.flatMap((kind) =>
      Object.entries(practice[kind]).flatMap(([resourceGroup, names]) =>
        names.map((name) => ({ kind, name, resourceGroup })),
      ),
    ),
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
