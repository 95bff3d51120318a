import { z } from 'zod';
import { vaultIn } from '../backup/names.ts';
import { span } from '../clock.ts';
import { type Answer, type ArmRequest, bodyOf, ok, param, type World } from '../exchange.ts';
import { keyOf, nameOf, segmentAfter, stableGuid } from '../identity.ts';
import { vmKind } from '../resources/kinds.ts';
import { resourceIn } from '../resources/lookup.ts';
import { lasting } from '../schedule.ts';
import type { Vault } from '../state.ts';
import { containerInPath, containerOfId, fabricInPath, planInPath } from './find.ts';
import { acceptedJob, startRecoveryJob } from './jobs.ts';
import { replicatedKey } from './names.ts';
import { siteInvalid, siteNotAllowed, siteNotFound } from './refusals.ts';
import type { PlanAction, PlanGroup } from './state.ts';

/** Answers 202 with a job of one step, for changes of the setup that show at once. */
export function done(
  request: ArmRequest,
  world: World,
  of: { vault: Vault; scenario: string; friendlyName: string; name: string; resource: string; seconds: number },
): Answer {
  const { vault, scenario, friendlyName, name, resource, seconds } = of;
  const job = startRecoveryJob(world, vault, {
    scenario,
    friendlyName,
    steps: [{ name: `${scenario}Task`, friendlyName, lasts: lasting(world, seconds * span.second, span.second) }],
    target: { id: stableGuid(resource), name, type: scenario },
    resource,
  });
  return acceptedJob(request, world, { vault, job });
}

const fabricBody = z.object({
  properties: z.object({ customDetails: z.looseObject({ instanceType: z.literal('Azure'), location: z.string() }) }),
});

/** PUT of a fabric: a region. */
export function putFabric(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const { location } = bodyOf(request, fabricBody, siteInvalid).properties.customDetails;
  const name = param(request, 'fabric');
  vault.recovery.fabrics[keyOf(name)] = {
    name,
    location,
    friendlyName: location,
    internalId: stableGuid(`fabric:${name}`),
  };
  const resource = `/replicationFabrics/${name}`;
  return done(request, world, {
    vault,
    name,
    resource,
    scenario: 'CreateSite',
    friendlyName: 'Create a site',
    seconds: 60,
  });
}

/** PUT of a container in a fabric. */
export function putContainer(request: ArmRequest, world: World): Answer {
  const { vault, one: fabric } = fabricInPath(request, world);
  const name = param(request, 'container');
  vault.recovery.containers[keyOf(name)] = { name, fabric: fabric.name };
  const resource = `/replicationFabrics/${fabric.name}/replicationProtectionContainers/${name}`;
  return done(request, world, {
    vault,
    name,
    resource,
    scenario: 'CreateCloud',
    friendlyName: 'Create protection container',
    seconds: 20,
  });
}

const mappingBody = z.object({
  properties: z.looseObject({ targetProtectionContainerId: z.string(), policyId: z.string() }),
});

/** PUT of a container mapping. */
export function putMapping(request: ArmRequest, world: World): Answer {
  const { vault, one: container } = containerInPath(request, world);
  const { properties } = bodyOf(request, mappingBody, siteInvalid);
  const target = containerOfId(vault, properties.targetProtectionContainerId);
  const policy = vault.recovery.policies[keyOf(nameOf(properties.policyId))];
  if (policy === undefined) throw siteNotFound(nameOf(properties.policyId));
  const name = param(request, 'mapping');
  vault.recovery.mappings[keyOf(name)] = {
    name,
    fabric: container.fabric,
    container: container.name,
    targetFabric: target.fabric,
    targetContainer: target.name,
    policy: policy.name,
  };
  const resource = `/replicationFabrics/${container.fabric}/replicationProtectionContainers/${container.name}`;
  return done(request, world, {
    vault,
    name,
    resource,
    scenario: 'AssociateProtectionProfile',
    friendlyName: 'Associate replication policy',
    seconds: 20,
  });
}

const policyBody = z.object({
  properties: z.object({
    providerSpecificInput: z.looseObject({
      instanceType: z.literal('A2A'),
      recoveryPointHistory: z.number().int().min(0).optional(),
      appConsistentFrequencyInMinutes: z.number().int().min(0).optional(),
      crashConsistentFrequencyInMinutes: z.number().int().min(5).optional(),
      multiVmSyncStatus: z.enum(['Enable', 'Disable']),
    }),
  }),
});

/** PUT of a replication policy. */
export function putReplicationPolicy(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const { providerSpecificInput: input } = bodyOf(request, policyBody, siteInvalid).properties;
  const name = param(request, 'policy');
  vault.recovery.policies[keyOf(name)] = {
    name,
    historyMinutes: input.recoveryPointHistory ?? 1440,
    appConsistentMinutes: input.appConsistentFrequencyInMinutes ?? 0,
    crashConsistentMinutes: input.crashConsistentFrequencyInMinutes ?? 5,
    multiVmSync: input.multiVmSyncStatus === 'Enable' ? 'Enabled' : 'Disabled',
  };
  const resource = `/replicationPolicies/${name}`;
  return done(request, world, {
    vault,
    name,
    resource,
    scenario: 'AddProtectionProfile',
    friendlyName: 'Create replication policy',
    seconds: 10,
  });
}

const action = z.object({
  actionName: z.string(),
  failoverTypes: z.array(z.string()),
  failoverDirections: z.array(z.string()),
  customDetails: z.looseObject({ instanceType: z.string() }),
});
const groupBody = z.object({
  groupType: z.enum(['Shutdown', 'Failover', 'Boot']),
  replicationProtectedItems: z
    .array(z.object({ id: z.string().optional(), virtualMachineId: z.string().optional() }))
    .default([]),
  startGroupActions: z.array(action).nullish(),
  endGroupActions: z.array(action).nullish(),
});
const planBody = z.object({
  properties: z.object({
    primaryFabricId: z.string().optional(),
    recoveryFabricId: z.string().optional(),
    groups: z.array(groupBody).min(1),
  }),
});

/** PUT or PATCH of a recovery plan; Azure adds the shutdown and failover groups where they are not sent. */
export function putPlan(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const { properties } = bodyOf(request, planBody, siteInvalid);
  const name = param(request, 'plan');
  const before = vault.recovery.plans[keyOf(name)];
  if (before?.job !== undefined) throw siteNotAllowed('SaveRecoveryPlan', []);
  const sent = properties.groups.map((group) => groupOf(vault, group));
  const empty = (type: PlanGroup['type']): PlanGroup => ({ type, items: [], before: [], after: [] });
  const fixed = (['Shutdown', 'Failover'] as const).map((type) => sent.find((one) => one.type === type) ?? empty(type));
  vault.recovery.plans[keyOf(name)] = {
    ...before,
    name,
    primaryFabric: segmentAfter(properties.primaryFabricId ?? '', 'replicationFabrics') ?? before?.primaryFabric ?? '',
    recoveryFabric:
      segmentAfter(properties.recoveryFabricId ?? '', 'replicationFabrics') ?? before?.recoveryFabric ?? '',
    groups: [...fixed, ...sent.filter((one) => one.type === 'Boot')],
  };
  const resource = `/replicationRecoveryPlans/${name}`;
  return done(request, world, {
    vault,
    name,
    resource,
    scenario: 'SaveRecoveryPlan',
    friendlyName: 'Save a recovery plan',
    seconds: 5,
  });
}

function groupOf(vault: Vault, group: z.infer<typeof groupBody>): PlanGroup {
  const items = group.replicationProtectedItems.map(({ id = '', virtualMachineId = '' }) => {
    const key = replicatedKey(nameOf(id));
    if (vault.recovery.items[key] === undefined) throw siteNotFound(nameOf(id));
    return { id: key, vm: virtualMachineId };
  });
  const actions = (sent: z.infer<typeof action>[] | null | undefined): PlanAction[] =>
    (sent ?? []).map(({ actionName, failoverTypes, failoverDirections, customDetails }) => ({
      name: actionName,
      failoverTypes,
      failoverDirections,
      details: customDetails,
    }));
  return {
    type: group.groupType,
    items,
    before: actions(group.startGroupActions),
    after: actions(group.endGroupActions),
  };
}

/** DELETE of a recovery plan. */
export function deletePlan(request: ArmRequest, world: World): Answer {
  const { vault, one: plan } = planInPath(request, world);
  if (plan.job !== undefined) throw siteNotAllowed('DeleteRecoveryPlan', []);
  delete vault.recovery.plans[keyOf(plan.name)];
  const { name } = plan;
  const resource = `/replicationRecoveryPlans/${name}`;
  return done(request, world, {
    vault,
    name,
    resource,
    scenario: 'DeleteRecoveryPlan',
    friendlyName: 'Delete a recovery plan',
    seconds: 3,
  });
}

/** GET replicationEligibilityResults of a VM: no errors, or why it cannot be replicated. */
export function eligibility(request: ArmRequest, world: World): Answer {
  const vm = resourceIn(request, world, vmKind);
  const replicated = Object.values(world.state.vaults).some((vault) =>
    Object.values(vault.recovery.items).some((item) => keyOf(item.vm) === keyOf(vm.id)),
  );
  const error = (code: string, message: string, recommendedAction: string) => ({
    code,
    message,
    possibleCauses: '',
    recommendedAction,
    status: 'Failed',
  });
  const errors = [
    ...(replicated
      ? [error('150113', 'The virtual machine is already replicated.', 'Use the replication that exists.')]
      : []),
    ...(vm.power === 'running'
      ? []
      : [error('28061', 'The virtual machine does not run.', 'Start it, then try again.')]),
  ];
  const name = 'default';
  const one = {
    name,
    type: 'Microsoft.RecoveryServices/replicationEligibilityResults',
    id: `${vm.id}/providers/Microsoft.RecoveryServices/replicationEligibilityResults/${name}`,
    properties: { clientRequestId: stableGuid(`${vm.id}:${world.now}`), errors },
  };
  return ok(request.path.toLowerCase().endsWith('/default') ? one : { value: [one] });
}

/** POST of an operation that Azure to Azure does not have: it is never among the allowed ones. */
export function neverAllowed(operation: string): (request: ArmRequest, world: World) => Answer {
  return (request, world) => {
    vaultIn(request, world);
    throw siteNotAllowed(operation, []);
  };
}

/** POST replicationVaultHealth/default/refresh. */
export function refreshHealth(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const resource = '/replicationVaultHealth/default';
  return done(request, world, {
    vault,
    name: vault.name,
    resource,
    scenario: 'RefreshVaultHealth',
    friendlyName: 'Refresh vault health',
    seconds: 5,
  });
}
