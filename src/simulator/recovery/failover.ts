import { z } from 'zod';
import { span } from '../clock.ts';
import { type Answer, type ArmRequest, bodyOf, type World } from '../exchange.ts';
import { keyOf } from '../identity.ts';
import { lasting } from '../schedule.ts';
import type { Vault } from '../state.ts';
import { type In, itemInPath } from './find.ts';
import { acceptedJob, type PlannedStep, type RecoveryJobPlan, startRecoveryJob } from './jobs.ts';
import { replicatedId, siteId } from './names.ts';
import { pointNamed, pointsOf } from './points.ts';
import { siteInvalid, siteNotAllowed } from './refusals.ts';
import type { ReplicatedItem } from './state.ts';
import { allowedOperations } from './view.ts';

/** Refuses an operation that is not among the item's allowed ones. */
export function checkAllowed(item: ReplicatedItem, operation: string): void {
  const allowed = allowedOperations(item);
  if (!allowed.includes(operation)) throw siteNotAllowed(operation, allowed);
}

/** What all jobs of an item have in common. */
export function itemJob(
  vault: Vault,
  item: ReplicatedItem,
): Pick<RecoveryJobPlan, 'target' | 'resource' | 'item' | 'onFailure'> {
  const key = keyOf(item.name);
  return {
    target: { id: item.internalId, name: item.friendlyName, type: 'ProtectionEntity' },
    resource: replicatedId(vault, item).slice(siteId(vault).length),
    item: key,
    onFailure: [{ kind: 'free', item: key }],
  };
}

const direction = z.enum(['PrimaryToRecovery', 'RecoveryToPrimary']);
const a2aPoint = z.looseObject({ instanceType: z.literal('A2A'), recoveryPointId: z.string().nullish() });
const testBody = z.object({
  properties: z.object({
    failoverDirection: direction.optional(),
    networkType: z.enum(['VmNetworkAsInput', 'NoNetworkAttachAsInput']).optional(),
    networkId: z.string().nullish(),
    providerSpecificDetails: a2aPoint.optional(),
  }),
});

/** POST testFailover: a VM of the chosen point in the recovery region, until it is cleaned up. */
export function testFailover(request: ArmRequest, world: World): Answer {
  const { vault, one: item } = itemInPath(request, world);
  const { properties } = bodyOf(request, testBody, siteInvalid);
  checkAllowed(item, 'TestFailover');
  const network = testNetwork(world, { vault, one: item }, properties);
  const point = chosenPoint(item, world, properties.providerSpecificDetails?.recoveryPointId ?? undefined);
  const key = keyOf(item.name);
  const begin = { kind: 'test.begin', item: key, point, ...(network === undefined ? {} : { network }) } as const;
  const job = startRecoveryJob(world, vault, {
    ...itemJob(vault, item),
    scenario: 'TestFailover',
    friendlyName: 'Test failover',
    steps: testSteps(world, key),
    begin: [{ kind: 'hold', item: key }, begin],
    details: {
      instanceType: 'TestFailoverJobDetails',
      testFailoverStatus: 'InProgress',
      networkType: properties.networkType,
      networkName: network,
    },
    cancellable: true,
  });
  return acceptedJob(request, world, { vault, job });
}

function testSteps(world: World, item: string): PlannedStep[] {
  const step = (name: string, friendlyName: string, [azure, practice]: [number, number]): PlannedStep => ({
    name,
    friendlyName,
    lasts: lasting(world, azure * span.second, practice * span.second),
  });
  return [
    step('PrerequisitesCheckTask', 'Prerequisites check for test failover', [20, 1]),
    {
      ...step('CreateTestVirtualMachineTask', 'Create test virtual machine', [110, 7]),
      effects: [{ kind: 'test.vm', item }],
    },
    step('PrepareTestVirtualMachineTask', 'Preparing the virtual machine', [40, 2]),
    {
      ...step('StartTestVirtualMachineTask', 'Starting the virtual machine', [40, 2]),
      effects: [
        { kind: 'test.done', item },
        { kind: 'free', item },
      ],
    },
  ];
}

/** The network of a test: it must exist, and in the recovery region. */
export function testNetwork(
  world: World,
  at: In<ReplicatedItem>,
  wish: { networkType?: string | undefined; networkId?: string | null | undefined },
): string | undefined {
  if (wish.networkType === 'NoNetworkAttachAsInput') return undefined;
  const network = world.state.networks[keyOf(wish.networkId ?? '')];
  if (network === undefined)
    throw siteInvalid(`networkId: the virtual network '${wish.networkId ?? ''}' does not exist.`);
  const location = at.vault.recovery.fabrics[keyOf(at.one.recoveryFabric)]?.location;
  if (keyOf(network.location) === keyOf(location ?? '')) return network.id;
  throw siteInvalid(
    `networkId: the virtual network '${network.name}' is not in the recovery region '${location ?? ''}'.`,
  );
}

/** The id of the wanted recovery point, or of the newest; one that the item does not have is refused. */
function chosenPoint(item: ReplicatedItem, world: World, id: string | undefined): string {
  const found = id === undefined || id === '' ? pointsOf(item, world)[0] : pointNamed(item, world, id);
  if (found === undefined)
    throw siteInvalid(`recoveryPointId: '${id ?? 'latest'}' is not a recovery point of the item.`);
  return found.name;
}

/** POST testFailoverCleanup: removes the test VM. */
export function cleanUpTest(request: ArmRequest, world: World): Answer {
  const { vault, one: item } = itemInPath(request, world);
  checkAllowed(item, 'TestFailoverCleanup');
  const key = keyOf(item.name);
  const job = startRecoveryJob(world, vault, {
    ...itemJob(vault, item),
    scenario: 'TestFailoverCleanup',
    friendlyName: 'Test failover cleanup',
    steps: [
      {
        name: 'TestFailoverCleanupTask',
        friendlyName: 'Clean up the test virtual machine',
        lasts: lasting(world, 60 * span.second, 4 * span.second),
        effects: [{ kind: 'test.cleaned', item: key }],
      },
      {
        name: 'FinalizeCleanupTask',
        friendlyName: 'Finalizing the cleanup',
        lasts: lasting(world, 10 * span.second, span.second),
        effects: [{ kind: 'free', item: key }],
      },
    ],
    begin: [{ kind: 'hold', item: key }],
  });
  return acceptedJob(request, world, { vault, job });
}

const failoverBody = z.object({
  properties: z.object({
    failoverDirection: direction,
    sourceSiteOperations: z.enum(['Required', 'NotRequired']).optional(),
    providerSpecificDetails: a2aPoint.optional(),
  }),
});

/** POST unplannedFailover; `Required` also shuts the source down. */
export function failOver(request: ArmRequest, world: World): Answer {
  const { vault, one: item } = itemInPath(request, world);
  const { properties } = bodyOf(request, failoverBody, siteInvalid);
  checkAllowed(item, 'UnplannedFailover');
  const point = chosenPoint(item, world, properties.providerSpecificDetails?.recoveryPointId ?? undefined);
  const key = keyOf(item.name);
  const job = startRecoveryJob(world, vault, {
    ...itemJob(vault, item),
    scenario: 'UnplannedFailover',
    friendlyName: 'Failover',
    steps: failoverSteps(world, { item: key, point, shutdown: properties.sourceSiteOperations === 'Required' }),
    begin: [
      { kind: 'hold', item: key },
      { kind: 'phase', item: key, phase: 'failing-over' },
    ],
    details: { instanceType: 'FailoverJobDetails', protectedItemDetails: [] },
    cancellable: true,
  });
  return acceptedJob(request, world, { vault, job });
}

function failoverSteps(world: World, of: { item: string; point: string; shutdown: boolean }): PlannedStep[] {
  const { item, point, shutdown } = of;
  const step = (name: string, friendlyName: string, [azure, practice]: [number, number]): PlannedStep => ({
    name,
    friendlyName,
    lasts: lasting(world, azure * span.second, practice * span.second),
  });
  const stop: PlannedStep = {
    ...step('ShutdownSourceVirtualMachineTask', 'Shut down the virtual machine', [60, 2]),
    effects: [{ kind: 'failover.source-stopped', item }],
  };
  return [
    step('PrerequisitesCheckTask', 'Prerequisites check for failover', [15, 1]),
    ...(shutdown ? [stop] : []),
    step('PrepareRecoveryPointTask', 'Preparing the recovery point', [25, 2]),
    {
      ...step('FailoverVirtualMachineTask', 'Creating the virtual machine', [70, 4]),
      effects: [{ kind: 'failover.vm', item, point }],
    },
    {
      ...step('StartVirtualMachineTask', 'Starting the virtual machine', [30, 2]),
      effects: [
        { kind: 'failover.done', item },
        { kind: 'free', item },
      ],
    },
  ];
}

const pointBody = z.object({
  properties: z.object({
    recoveryPointId: z.string(),
    providerSpecificDetails: z.looseObject({ instanceType: z.literal('A2A') }),
  }),
});

/** POST applyRecoveryPoint: another point, between failover and commit. */
export function changePoint(request: ArmRequest, world: World): Answer {
  const { vault, one: item } = itemInPath(request, world);
  const { properties } = bodyOf(request, pointBody, siteInvalid);
  checkAllowed(item, 'ChangePit');
  const point = chosenPoint(item, world, properties.recoveryPointId);
  const key = keyOf(item.name);
  const job = startRecoveryJob(world, vault, {
    ...itemJob(vault, item),
    scenario: 'ApplyRecoveryPoint',
    friendlyName: 'Change recovery point',
    steps: [
      {
        name: 'ChangeRecoveryPointTask',
        friendlyName: 'Replace the virtual machine',
        lasts: lasting(world, 120 * span.second, 4 * span.second),
        effects: [
          { kind: 'failover.vm', item: key, point },
          { kind: 'free', item: key },
        ],
      },
    ],
    begin: [{ kind: 'hold', item: key }],
  });
  return acceptedJob(request, world, { vault, job });
}

/** POST failoverCommit: the other recovery points are gone. */
export function commit(request: ArmRequest, world: World): Answer {
  const { vault, one: item } = itemInPath(request, world);
  checkAllowed(item, 'Commit');
  const key = keyOf(item.name);
  const job = startRecoveryJob(world, vault, {
    ...itemJob(vault, item),
    scenario: 'CommitFailover',
    friendlyName: 'Commit',
    steps: [
      {
        name: 'CommitFailoverTask',
        friendlyName: 'Commit the failover',
        lasts: lasting(world, 8 * span.second, 2 * span.second),
        effects: [
          { kind: 'failover.committed', item: key },
          { kind: 'free', item: key },
        ],
      },
    ],
    begin: [
      { kind: 'hold', item: key },
      { kind: 'phase', item: key, phase: 'committing' },
    ],
  });
  return acceptedJob(request, world, { vault, job });
}
