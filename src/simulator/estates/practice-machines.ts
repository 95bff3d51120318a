import type { VmPlan } from './machines.ts';
import type { PracticeNetworks } from './practice.ts';

type Line = [
  group: string,
  name: string,
  os: 'Windows' | 'Linux',
  disks: number[],
  tags: string,
  more?: Partial<VmPlan>,
];

const prodWeb = 'env=prod owner=web-team';
const prodErp = 'env=prod owner=erp-team';
const prodCrm = 'env=prod owner=crm-team';
const infra = 'env=prod owner=platform';
const dev = 'env=dev owner=dev-team';

/** The VMs in West Europe; tags as `name=value` pairs. */
const lines: readonly Line[] = [
  ['rg-sql', 'sql-prod-01', 'Windows', [127, 512, 1024], 'env=prod owner=dba-team tier=1', { size: 'Standard_E8s_v5' }],
  ['rg-sql', 'sql-prod-02', 'Windows', [127, 512, 1024], 'env=prod owner=dba-team tier=1', { size: 'Standard_E8s_v5' }],
  ['rg-sql', 'sql-test-01', 'Windows', [127, 256], 'env=test owner=dba-team'],
  ['rg-web', 'web-prod-01', 'Linux', [64, 128], prodWeb],
  ['rg-web', 'web-prod-02', 'Linux', [64, 128, 256], prodWeb],
  ['rg-web', 'web-prod-03', 'Linux', [64, 128], prodWeb, { ageDays: 3 }],
  ['rg-web', 'web-stage-01', 'Linux', [64], 'env=stage owner=web-team'],
  ['rg-erp', 'erp-prod-01', 'Windows', [127, 256], prodErp, { size: 'Standard_E4s_v5' }],
  ['rg-erp', 'erp-db-01', 'Windows', [127, 512], prodErp, { size: 'Standard_E8s_v5' }],
  ['rg-erp', 'erp-app-01', 'Windows', [127], prodErp],
  ['rg-erp', 'erp-web-01', 'Linux', [64], prodErp],
  ['rg-erp', 'app-01', 'Windows', [127, 128], prodErp],
  ['rg-crm', 'crm-prod-01', 'Windows', [127, 256], prodCrm],
  ['rg-crm', 'crm-db-01', 'Windows', [127, 512], prodCrm],
  ['rg-crm', 'app-01', 'Linux', [64, 64], prodCrm],
  ['rg-dev', 'dev-build-01', 'Linux', [128], dev],
  ['rg-dev', 'dev-build-02', 'Linux', [128], dev, { power: 'deallocated' }],
  ['rg-dev', 'dev-linux-01', 'Linux', [64], dev],
  ['rg-dev', 'dev-win-01', 'Windows', [127], dev, { power: 'deallocated' }],
  ['rg-legacy', 'legacy-fs-01', 'Windows', [127, 2048], 'env=prod owner=unknown', { ageDays: 1900 }],
  ['rg-legacy', 'legacy-print-01', 'Windows', [127], 'env=prod owner=unknown', { ageDays: 1800, power: 'stopped' }],
  ['rg-infra', 'dc-prod-01', 'Windows', [127, 32], infra],
  ['rg-infra', 'dc-prod-02', 'Windows', [127, 32], infra],
  ['rg-infra', 'jump-01', 'Windows', [127], infra],
  ['rg-infra', 'mon-01', 'Linux', [64, 256], infra],
  ['rg-data', 'dwh-01', 'Linux', [64, 1024, 1024], 'env=prod owner=data-team', { size: 'Standard_E16s_v5' }],
  ['rg-data', 'etl-01', 'Linux', [64, 256], 'env=prod owner=data-team'],
  ['rg-data', 'spark-01', 'Linux', [64], 'env=dev owner=data-team', { power: 'deallocated' }],
  ['rg-files', 'file-prod-01', 'Windows', [127, 2048], infra],
];

/** All VMs of the practice estate, the one of the recovery region among them. */
export function practiceMachines(networks: PracticeNetworks): VmPlan[] {
  const west = lines.map((line) => plan(line, 'westeurope', subnetFor(line[1], networks)));
  const north = plan(
    ['rg-infra-neu', 'dc-dr-01', 'Windows', [127, 32], infra],
    'northeurope',
    `${networks.dr}/subnets/snet-app`,
  );
  return [...west, north];
}

function plan(line: Line, location: string, subnetId: string): VmPlan {
  const [group, name, os, disks, tags, more] = line;
  const pairs = tags.split(' ').map((pair) => pair.split('=') as [string, string]);
  return { group, name, os, disks, location, subnetId, tags: Object.fromEntries(pairs), ...more };
}

function subnetFor(name: string, networks: PracticeNetworks): string {
  if (name.startsWith('dev')) return `${networks.dev}/subnets/default`;
  if (/sql|db|dwh/.test(name)) return `${networks.prod}/subnets/snet-db`;
  return `${networks.prod}/subnets/${/web/.test(name) ? 'snet-web' : 'snet-app'}`;
}
