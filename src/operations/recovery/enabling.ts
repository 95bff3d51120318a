import { nameOf, sameId, vaultOf } from '../../azure/arm-id.ts';
import type { SetupStep } from '../../azure/recovery-types.ts';
import type { ArmId, JobRef } from '../../azure/types.ts';
import { CatalogueError } from '../../errors.ts';
import type { Context } from '../context.ts';
import { freshVm } from '../located.ts';
import type { Execution } from '../operation.ts';
import { disksOf } from './new-replication.ts';
import { stepsOf, type Way, wayOfMapping } from './replication-ways.ts';
import { none } from './test-networks.ts';

/** What a replication is enabled with. */
export interface Enabling {
  readonly vm: ArmId;
  readonly mapping: ArmId;
  readonly group: ArmId;
  /** A network's id, or `none`. */
  readonly network: string;
  readonly cache: ArmId;
}

/** What Azure calls the job that enables a replication. */
export const enableScenario = 'EnableDr';

/** Sends what comes first: one thing that the vault lacks for the way, or the replication itself. */
export async function beginEnabling(context: Context, given: Enabling, execution: Execution): Promise<JobRef> {
  const way = await wayOfMapping(context, given.mapping);
  if (way.missing.length === 0) return await enable(context, { given, way, execution });
  // What is being made is not asked for again: it may be ours, of before a crash.
  const going = await context.azure.recovery.setupUnderWay(way.vaultId, execution.startingAt);
  if (going !== undefined) return going;
  const [step] = await stepsOf(context, way, given);
  if (step === undefined) throw new CatalogueError('internal');
  return await context.azure.recovery.setUp(step, execution);
}

/** After a step that has succeeded: the next one; undefined when the replication is enabled. */
export async function goOnEnabling(
  context: Context,
  given: Enabling,
  execution: Execution,
): Promise<JobRef | undefined> {
  const found = await enablingJob(context, given, execution);
  if (found === 'unclear') throw new CatalogueError('azure-unavailable');
  if (found === 'nothing') return await beginUnlessThere(context, given, execution);
  const { status } = await context.azure.recovery.job(`${found.vaultId}/replicationJobs/${found.jobId}`);
  return /^(succeeded|completedwithinformation)$/i.test(status) ? undefined : found;
}

/** An item without a job is one whose job Azure does not list yet: asked again, it will. */
async function beginUnlessThere(context: Context, given: Enabling, execution: Execution): Promise<JobRef> {
  const { vaultId } = await wayOfMapping(context, given.mapping);
  const items = await context.azure.recovery.items(vaultId);
  if (items.some(({ name }) => sameId(name, execution.runId))) throw new CatalogueError('azure-unavailable');
  return await beginEnabling(context, given, execution);
}

/** The job that enables the run's item. It has the run's id for a name, so that nobody else's can be taken for it. */
export async function enablingJob(
  context: Context,
  { vm, mapping }: Pick<Enabling, 'vm' | 'mapping'>,
  { runId, startingAt }: Pick<Execution, 'runId' | 'startingAt'>,
): Promise<Extract<JobRef, { kind: 'replication' }> | 'nothing' | 'unclear'> {
  const vaultId = vaultOf(mapping);
  const itemId = `${mapping.replace(/\/replicationProtectionContainerMappings\/.*$/i, '')}/replicationProtectedItems/${runId}`;
  const wanted = {
    items: [{ id: itemId, friendlyName: nameOf(vm) }],
    scenarios: [enableScenario],
    since: startingAt,
  };
  const [job, ...others] = await context.azure.recovery.itemJobsSince(vaultId, wanted);
  if (others.length > 0) return 'unclear';
  return job === undefined ? 'nothing' : { kind: 'replication', vaultId, jobId: job.jobId };
}

async function enable(
  context: Context,
  { given, way, execution }: { readonly given: Enabling; readonly way: Way; readonly execution: Execution },
): Promise<JobRef> {
  const { missing: _made, ...mapping } = way;
  return await context.azure.recovery.enable(execution.runId, {
    mapping,
    vmId: given.vm,
    disks: await disksOf(context, await freshVm(context, given.vm)),
    groupId: given.group,
    cacheAccountId: given.cache,
    ...(given.network !== none && { networkId: given.network }),
    clientRequestId: execution.clientRequestId,
  });
}

/** The rights that the steps take, by what they make. */
export const setupActions: Readonly<Record<SetupStep['kind'], string>> = {
  fabric: 'Microsoft.RecoveryServices/vaults/replicationFabrics/write',
  policy: 'Microsoft.RecoveryServices/vaults/replicationPolicies/write',
  container: 'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/write',
  mapping:
    'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectionContainerMappings/write',
  'network-mapping':
    'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationNetworks/replicationNetworkMappings/write',
};
