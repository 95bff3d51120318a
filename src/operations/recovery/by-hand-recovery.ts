import { nameOf, resourceGroupScopeOf } from '../../azure/arm-id.ts';
import { type ApprovedPlan, answerOf, azGet, azRest, inQuery, onReplica } from '../by-hand.ts';
import { none } from './test-networks.ts';

const pointTypes: Readonly<Record<string, string>> = {
  'latest-processed': 'LatestProcessed',
  latest: 'Latest',
  'application-consistent': 'LatestApplicationConsistent',
  'crash-consistent': 'LatestCrashConsistent',
};

interface OfPlan {
  readonly plan: string;
  readonly point: string;
}

/** A plan's test failover or failover; none of plans of which the direction was not yet kept with the run. */
function movedByHand(
  { parameters, said }: ApprovedPlan<OfPlan>,
  action: string,
  properties: object,
): readonly string[] {
  const { plan, point } = parameters;
  const recoveryPointType = pointTypes[point];
  if ((said.way !== 'over' && said.way !== 'back') || recoveryPointType === undefined) return [];
  const body = {
    failoverDirection: said.way === 'back' ? 'RecoveryToPrimary' : 'PrimaryToRecovery',
    ...properties,
    providerSpecificDetails: [{ instanceType: 'A2A', recoveryPointType }],
  };
  return [azRest('post', `${plan}/${action}`, { properties: body })];
}

/** The test failover of a plan. */
export function planTestByHand(plan: ApprovedPlan<OfPlan & { readonly network: string }>): readonly string[] {
  return movedByHand(plan, 'testFailover', networkOf(plan.parameters.network));
}

/** The failover of a plan. */
export function planFailoverByHand(plan: ApprovedPlan<OfPlan & { readonly source: string }>): readonly string[] {
  const sourceSiteOperations = plan.parameters.source === 'shut-down' ? 'Required' : 'NotRequired';
  return movedByHand(plan, 'unplannedFailover', { sourceSiteOperations });
}

function networkOf(network: string) {
  if (network === none) return { networkType: 'NoNetworkAttachAsInput' };
  return { networkType: 'VmNetworkAsInput', networkId: network };
}

/** What ends a replication. */
export function disableByHand(plan: Pick<ApprovedPlan, 'resources'>): readonly string[] {
  return onReplica(plan, 'remove', { disableProtectionReason: 'NotSpecified' });
}

/** The way back of every replicated item of the run: where its VM runs now, and on which disks, is asked of Azure at that moment. */
export function reprotectByHand({ resources, measured }: ApprovedPlan): readonly string[] {
  const cache = measured['fact.cache'] ?? '';
  const items = resources.filter((id) => /\/replicationProtectedItems\/[^/]+$/i.test(id));
  return cache === '' ? [] : items.flatMap((item) => reprotected(item, { vm: vmBeside(resources, item), cache }));
}

/** A run about one VM names it first, one about a plan names each VM after its item. */
function vmBeside(resources: readonly string[], item: string): string {
  const [first = ''] = resources;
  return /\/virtualMachines\/[^/]+$/i.test(first) ? first : (resources[resources.indexOf(item) + 1] ?? '');
}

function reprotected(item: string, { vm, cache }: { readonly vm: string; readonly cache: string }): readonly string[] {
  const container = item.replace(/\/replicationProtectedItems\/[^/]+$/i, '');
  const group = resourceGroupScopeOf(vm);
  const disk = `{diskId: @, primaryStagingAzureStorageAccountId: ${inQuery(cache)}, recoveryResourceGroupId: ${inQuery(group)}}`;
  const query = `[[storageProfile.osDisk.managedDisk.id], storageProfile.dataDisks[].managedDisk.id][].${disk}`;
  const ids = azGet(item, 'properties.providerSpecificDetails.recoveryFabricObjectId', 'tsv');
  return [
    azRest('post', `${container}/switchprotection`, {
      properties: {
        replicationProtectedItemName: nameOf(item),
        providerSpecificDetails: {
          instanceType: 'A2A',
          recoveryContainerId: container,
          policyId: azGet(item, 'properties.policyId'),
          recoveryResourceGroupId: group,
          vmManagedDisks: answerOf('vm show', { ids, query }, 'json'),
        },
      },
    }),
  ];
}

interface Enabled {
  readonly vm: string;
  readonly mapping: string;
  readonly group: string;
  readonly network: string;
  readonly cache: string;
}

/** The replication of a VM over a mapping that the vault has; where it has none yet, the first question to Azure says so. */
export function enableByHand({ parameters, runId }: ApprovedPlan<Enabled>): readonly string[] {
  const { vm, mapping, group, network, cache } = parameters;
  const container = mapping.replace(/\/replicationProtectionContainerMappings\/.*$/i, '');
  const account = 'storageAccountType';
  const disk = `{diskId: id, primaryStagingAzureStorageAccountId: ${inQuery(cache)}, recoveryResourceGroupId: ${inQuery(group)}, recoveryReplicaDiskAccountType: ${account}, recoveryTargetDiskAccountType: ${account}}`;
  const query = `[[storageProfile.osDisk.managedDisk], storageProfile.dataDisks[].managedDisk][].${disk}`;
  const properties = {
    policyId: azGet(mapping, 'properties.policyId'),
    providerSpecificDetails: {
      instanceType: 'A2A',
      fabricObjectId: vm,
      recoveryContainerId: azGet(mapping, 'properties.targetProtectionContainerId'),
      recoveryResourceGroupId: group,
      ...(network !== none && { recoveryAzureNetworkId: network }),
      vmManagedDisks: answerOf('vm show', { ids: vm, query }, 'json'),
    },
  };
  return [azRest('put', `${container}/replicationProtectedItems/${runId}`, { properties })];
}
