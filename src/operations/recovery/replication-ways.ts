import { nameOf, sameId, segmentOf, vaultOf } from '../../azure/arm-id.ts';
import type { ReplicationMapping, ReplicationSetup, SetupStep } from '../../azure/recovery-types.ts';
import type { ArmId } from '../../azure/types.ts';
import { CatalogueError } from '../../errors.ts';
import type { Context } from '../context.ts';
import { sameRegion } from './plan-now.ts';
import { none } from './test-networks.ts';

/** A way from one region to another in a vault: its mapping, and what is made first where the vault has none. */
export interface Way extends ReplicationMapping {
  /** In the order in which it is made; without the networks. */
  readonly missing: readonly SetupStep[];
}

/** What the portal calls the policy that it makes. */
const usualPolicy = '24-hour-retention-policy';
/** Names are the portal's: it finds what we make, and we find what it made. */
const fabricName = (region: string) => `asr-a2a-default-${region}`;
const containerName = (fabric: string) => `${fabric}-container`;
const mappingName = (from: string, to: string, policy: string) => `${from}-${to}-${policy}`;

interface Regions {
  readonly from: string;
  readonly to: string;
}

/** The id that a mapping between two regions has when this product makes it. All that is made with it follows from it, so that it can be frozen with a run. */
export function plannedMapping(vaultId: ArmId, setup: ReplicationSetup, { from, to }: Regions): ArmId {
  const policy = setup.policies[0]?.name ?? usualPolicy;
  const container = containerOf(vaultId, setup, from);
  return `${container}/replicationProtectionContainerMappings/${mappingName(from, to, policy)}`;
}

/**
 * The way of a mapping that the vault has, or that is planned by `plannedMapping`.
 * @throws CatalogueError `not-allowed-by-azure-now` when it is neither
 */
export async function wayOfMapping(context: Context, mappingId: ArmId): Promise<Way> {
  const vaultId = vaultOf(mappingId);
  const mappings = await context.azure.recovery.mappings(vaultId);
  const known = mappings.find(({ id }) => sameId(id, mappingId));
  if (known !== undefined) return { ...known, missing: [] };
  const planned = /^([a-z0-9]+)-([a-z0-9]+)-(.+)$/i.exec(nameOf(mappingId));
  const [, from, to, policyName] = planned ?? [];
  if (from === undefined || to === undefined || policyName === undefined)
    throw new CatalogueError('not-allowed-by-azure-now');
  const setup = await context.azure.recovery.setup(vaultId);
  return plannedWay({ vaultId, setup, mappings, id: mappingId, from, to, policyName });
}

interface Planned extends Regions {
  readonly vaultId: ArmId;
  readonly setup: ReplicationSetup;
  readonly mappings: readonly ReplicationMapping[];
  readonly id: ArmId;
  readonly policyName: string;
}

function plannedWay({ vaultId, setup, mappings, id, from, to, policyName }: Planned): Way {
  const containerId = id.replace(/\/replicationProtectionContainerMappings\/[^/]+$/i, '');
  const targetContainerId = containerOf(vaultId, setup, to);
  const policyId =
    setup.policies.find(({ name }) => name === policyName)?.id ?? `${vaultId}/replicationPolicies/${policyName}`;
  const backId = `${targetContainerId}/replicationProtectionContainerMappings/${mappingName(to, from, policyName)}`;
  const hasBack = mappings.some((one) => sameRegion(one.fromRegion, to) && sameRegion(one.toRegion, from));
  const missing: readonly SetupStep[] = [
    ...fabricStep(setup, containerId, from),
    ...fabricStep(setup, targetContainerId, to),
    ...(setup.policies.some((one) => sameId(one.id, policyId)) ? [] : [{ kind: 'policy' as const, id: policyId }]),
    ...containerStep(setup, containerId),
    ...containerStep(setup, targetContainerId),
    ...(hasBack ? [] : [{ kind: 'mapping' as const, id: backId, targetContainerId: containerId, policyId }]),
    // The last of all, networks included: whoever sees it knows that nothing is missing.
    { kind: 'mapping', id, targetContainerId, policyId },
  ];
  return { id, vaultId, containerId, targetContainerId, policyId, policyName, fromRegion: from, toRegion: to, missing };
}

/** The container of a region's fabric, or the one that will be made. */
function containerOf(vaultId: ArmId, { fabrics, containers }: ReplicationSetup, region: string): ArmId {
  const fabric = fabrics.find((one) => sameRegion(one.region, region))?.name ?? fabricName(region);
  const known = containers.find((id) => sameId(segmentOf(id, 'replicationFabrics'), fabric));
  return known ?? `${vaultId}/replicationFabrics/${fabric}/replicationProtectionContainers/${containerName(fabric)}`;
}

function fabricStep({ fabrics }: ReplicationSetup, containerId: ArmId, region: string): readonly SetupStep[] {
  if (fabrics.some((one) => sameRegion(one.region, region))) return [];
  return [{ kind: 'fabric', id: containerId.replace(/\/replicationProtectionContainers\/[^/]+$/i, ''), region }];
}

function containerStep({ containers }: ReplicationSetup, id: ArmId): readonly SetupStep[] {
  return containers.some((one) => sameId(one, id)) ? [] : [{ kind: 'container', id }];
}

/**
 * All that is made before the VM can be replicated that way. A way that is made new gets its networks too, in both directions: Azure then puts later
 * VMs into the right one by itself.
 */
export async function stepsOf(
  context: Context,
  way: Way,
  { vm, network }: { readonly vm: ArmId; readonly network: string },
): Promise<readonly SetupStep[]> {
  const last = way.missing.at(-1);
  if (last === undefined || network === none) return way.missing;
  const own = await context.azure.compute.networkOf(vm);
  const networks = own === undefined ? [] : await networkSteps(context, way, { own, there: network });
  return [...way.missing.slice(0, -1), ...networks, last];
}

async function networkSteps(
  context: Context,
  way: Way,
  { own, there }: { readonly own: ArmId; readonly there: ArmId },
): Promise<readonly SetupStep[]> {
  const known = await context.azure.recovery.networkMappings(way.vaultId);
  const isKnown = (from: ArmId) => known.some(({ primaryNetworkId }) => sameId(primaryNetworkId, from));
  const [here, far] = [way.containerId, way.targetContainerId].map((id) => segmentOf(id, 'replicationFabrics'));
  const step = (from: ArmId, to: ArmId, [fabric, recoveryFabric]: readonly (string | undefined)[]): SetupStep => ({
    kind: 'network-mapping',
    id: `${way.vaultId}/replicationFabrics/${fabric}/replicationNetworks/azureNetwork/replicationNetworkMappings/${nameOf(from)}-${nameOf(to)}`,
    primaryNetworkId: from,
    recoveryNetworkId: to,
    recoveryFabric: recoveryFabric ?? '',
  });
  return [
    ...(isKnown(own) ? [] : [step(own, there, [here, far])]),
    ...(isKnown(there) ? [] : [step(there, own, [far, here])]),
  ];
}
