import { z } from 'zod';
import { vaultIn } from '../backup/names.ts';
import { azureTime, span } from '../clock.ts';
import { type Answer, type ArmRequest, bodyOf, ok, pageOf, type World } from '../exchange.ts';
import { keyOf } from '../identity.ts';
import { lasting } from '../schedule.ts';
import type { Vault } from '../state.ts';
import { testNetwork } from './failover.ts';
import { planInPath } from './find.ts';
import { acceptedJob, startRecoveryJob } from './jobs.ts';
import { fabricId, replicatedId, siteId } from './names.ts';
import { freeAll, holdAll, planItems, planJob, startPlanJob } from './plan-jobs.ts';
import { pointsOf } from './points.ts';
import { siteInvalid, siteNoLongerWorks, siteNotAllowed } from './refusals.ts';
import { scenarioOf } from './render.ts';
import type { PlanAction, RecoveryEffect, RecoveryPlan, ReplicatedItem } from './state.ts';
import { allowedOperations } from './view.ts';

/** GET of the plans of a vault. */
export function listPlans(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  return pageOf(request, Object.values(vault.recovery.plans), { size: 100, render: (plan) => renderPlan(vault, plan) });
}

/** GET of a plan. */
export function getPlan(request: ArmRequest, world: World): Answer {
  const { vault, one } = planInPath(request, world);
  return ok(renderPlan(vault, one));
}

/** What may be done with a plan: what all of its items allow, if they lie in one region; cleanup and commit where any does. */
function planOperations(vault: Vault, plan: RecoveryPlan): string[] {
  if (plan.job !== undefined) return [];
  const members = planItems(vault, plan);
  const items = members.map(allowedOperations);
  const together = new Set(members.map(({ fabric }) => fabric)).size === 1;
  const every = ['UnplannedFailover', 'TestFailover'].filter(
    (verb) => together && items.every((one) => one.includes(verb)),
  );
  const some = ['TestFailoverCleanup', 'Commit', 'ReverseReplicate'].filter((verb) =>
    items.some((one) => one.includes(verb)),
  );
  return [...every, ...some];
}

/** A plan with its groups (recorded in plan_get). */
export function renderPlan(vault: Vault, plan: RecoveryPlan): Record<string, unknown> {
  const friendly = (fabric: string): string => vault.recovery.fabrics[keyOf(fabric)]?.friendlyName ?? fabric;
  const running = plan.job === undefined ? null : scenarioOf(vault, plan.job);
  return {
    id: `${siteId(vault)}/replicationRecoveryPlans/${plan.name}`,
    name: plan.name,
    type: 'Microsoft.RecoveryServices/vaults/replicationRecoveryPlans',
    properties: {
      friendlyName: plan.name,
      primaryFabricId: fabricId(vault, plan.primaryFabric),
      primaryFabricFriendlyName: friendly(plan.primaryFabric),
      recoveryFabricId: fabricId(vault, plan.recoveryFabric),
      recoveryFabricFriendlyName: friendly(plan.recoveryFabric),
      failoverDeploymentModel: 'ResourceManager',
      replicationProviders: ['A2A'],
      allowedOperations: planOperations(vault, plan),
      ...(plan.lastUnplanned === undefined ? {} : { lastUnplannedFailoverTime: azureTime(plan.lastUnplanned) }),
      ...(plan.lastTest === undefined ? {} : { lastTestFailoverTime: azureTime(plan.lastTest) }),
      currentScenario: running,
      currentScenarioStatus: running === null ? null : 'InProgress',
      currentScenarioStatusDescription: running === null ? null : 'In progress',
      groups: plan.groups.map((group) => ({
        groupType: group.type,
        replicationProtectedItems: group.items.flatMap(({ id }) => renderMember(vault, vault.recovery.items[id])),
        startGroupActions: group.before.map(renderAction),
        endGroupActions: group.after.map(renderAction),
      })),
      providerSpecificDetails: [],
    },
  };
}

function renderMember(vault: Vault, item: ReplicatedItem | undefined): Record<string, unknown>[] {
  return item === undefined ? [] : [{ id: replicatedId(vault, item), virtualMachineId: item.internalId }];
}

function renderAction(action: PlanAction): Record<string, unknown> {
  const { name, failoverTypes, failoverDirections, details } = action;
  return { actionName: name, failoverTypes, failoverDirections, customDetails: details };
}

function checkPlan(vault: Vault, plan: RecoveryPlan, operation: string): void {
  const allowed = planOperations(vault, plan);
  if (!allowed.includes(operation)) throw siteNotAllowed(operation, allowed);
}

const a2a = z.array(
  z.looseObject({
    instanceType: z.literal('A2A'),
    recoveryPointType: z.enum(['Latest', 'LatestApplicationConsistent', 'LatestCrashConsistent', 'LatestProcessed']),
  }),
);
const direction = z.enum(['PrimaryToRecovery', 'RecoveryToPrimary']);
const testBody = z.object({
  properties: z.object({
    failoverDirection: direction,
    networkType: z.enum(['VmNetworkAsInput', 'NoNetworkAttachAsInput']),
    networkId: z.string().nullish(),
    providerSpecificDetails: a2a.optional(),
  }),
});

/** The newest point of the kind that a plan asks for. */
function pointFor(item: ReplicatedItem, world: World, type: string | undefined): string | undefined {
  const points = pointsOf(item, world);
  const wanted =
    type === 'LatestApplicationConsistent' ? points.find((point) => point.type === 'AppConsistent') : points[0];
  return wanted?.name;
}

/** POST testFailover of a plan. */
export function testPlan(request: ArmRequest, world: World): Answer {
  const { vault, one: plan } = planInPath(request, world);
  const { properties } = bodyOf(request, testBody, siteInvalid);
  checkPlan(vault, plan, 'TestFailover');
  const networks = planItems(vault, plan).map((item) => testNetwork(world, { vault, one: item }, properties));
  const network = networks[0];
  const type = properties.providerSpecificDetails?.[0]?.recoveryPointType;
  const begin = (item: ReplicatedItem): RecoveryEffect[] => {
    const point = pointFor(item, world, type);
    const where = network === undefined ? {} : { network };
    return [{ kind: 'test.begin', item: keyOf(item.name), ...where, ...(point === undefined ? {} : { point }) }];
  };
  const job = startPlanJob(world, vault, {
    plan,
    scenario: 'TestFailover',
    direction: properties.failoverDirection,
    shutdown: false,
    begin,
    make: (item) => [{ kind: 'test.vm', item: keyOf(item.name) }],
    end: (item) => [{ kind: 'test.done', item: keyOf(item.name) }],
  });
  return acceptedJob(request, world, { vault, job });
}

const failoverBody = z.object({
  properties: z.object({
    failoverDirection: direction,
    sourceSiteOperations: z.enum(['Required', 'NotRequired']),
    providerSpecificDetails: a2a.optional(),
  }),
});

/** POST unplannedFailover of a plan. */
export function failOverPlan(request: ArmRequest, world: World): Answer {
  const { vault, one: plan } = planInPath(request, world);
  const { properties } = bodyOf(request, failoverBody, siteInvalid);
  checkPlan(vault, plan, 'UnplannedFailover');
  const type = properties.providerSpecificDetails?.[0]?.recoveryPointType;
  const make = (item: ReplicatedItem): RecoveryEffect[] => {
    const point = pointFor(item, world, type);
    return [{ kind: 'failover.vm', item: keyOf(item.name), ...(point === undefined ? {} : { point }) }];
  };
  const job = startPlanJob(world, vault, {
    plan,
    scenario: 'UnplannedFailover',
    direction: properties.failoverDirection,
    shutdown: properties.sourceSiteOperations === 'Required',
    begin: (item) => [{ kind: 'phase', item: keyOf(item.name), phase: 'failing-over' }],
    make,
    end: (item) => [{ kind: 'failover.done', item: keyOf(item.name) }],
  });
  return acceptedJob(request, world, { vault, job });
}

/** POST testFailoverCleanup of a plan: every item that has a test up. */
export function cleanUpPlan(request: ArmRequest, world: World): Answer {
  return simple(request, world, {
    operation: 'TestFailoverCleanup',
    scenario: 'TestFailoverCleanup',
    friendlyName: 'Test failover cleanup',
    seconds: [70, 4],
    effect: (item) => [{ kind: 'test.cleaned', item: keyOf(item.name) }],
  });
}

/** POST failoverCommit of a plan: every item that was failed over. */
export function commitPlan(request: ArmRequest, world: World): Answer {
  return simple(request, world, {
    operation: 'Commit',
    scenario: 'CommitFailover',
    friendlyName: 'Commit',
    seconds: [12, 2],
    effect: (item) => [{ kind: 'failover.committed', item: keyOf(item.name) }],
  });
}

/** POST reProtect of a plan: Azure still has the address, and says of it that it no longer works; an item is reprotected by itself. */
export function reprotectPlan(request: ArmRequest, world: World): Answer {
  planInPath(request, world);
  throw siteNoLongerWorks('ReverseReplicate');
}

interface Simple {
  readonly operation: string;
  readonly scenario: string;
  readonly friendlyName: string;
  readonly seconds: readonly [azure: number, practice: number];
  readonly effect: (item: ReplicatedItem) => RecoveryEffect[];
}

/** A job of one step over those items of a plan that allow the operation. */
function simple(request: ArmRequest, world: World, of: Simple): Answer {
  const { vault, one: plan } = planInPath(request, world);
  checkPlan(vault, plan, of.operation);
  const items = planItems(vault, plan).filter((item) => allowedOperations(item).includes(of.operation));
  const key = keyOf(plan.name);
  const [azure, practice] = of.seconds;
  const job = startRecoveryJob(world, vault, {
    ...planJob(vault, plan),
    scenario: of.scenario,
    friendlyName: of.friendlyName,
    steps: [
      {
        name: `${of.scenario}Task`,
        friendlyName: of.friendlyName,
        lasts: lasting(world, azure * span.second, practice * span.second),
        effects: [...items.flatMap(of.effect), ...freeAll(items), { kind: 'plan.free', plan: key }],
      },
    ],
    begin: [...holdAll(items), { kind: 'plan.hold', plan: key }],
    onFailure: [...freeAll(items), { kind: 'plan.free', plan: key }],
  });
  return acceptedJob(request, world, { vault, job });
}
