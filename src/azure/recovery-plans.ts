import { z } from 'zod';
import { vaultOf } from './arm-id.ts';
import { read } from './exchange.ts';
import { defined, maybe, moment, words } from './fields.ts';
import type { VaultGatewayOptions } from './gateway-options.ts';
import { recoveryPlanPath } from './paths.ts';
import type { SiteRecoveryGateway } from './ports.ts';
import { begunJob } from './recovery-requests.ts';
import type { PlanAction, PlanPoint, PlanRequest, RecoveryPlan } from './recovery-types.ts';

const list = maybe(z.array(z.string())).transform((value) => value ?? []);

const action: z.ZodType<PlanAction> = z
  .object({
    actionName: words,
    failoverTypes: list,
    failoverDirections: list,
    customDetails: z.object({
      instanceType: words,
      description: words,
      runbookId: words,
      path: words,
      timeout: words,
      fabricLocation: words,
    }),
  })
  .transform(({ customDetails: details, ...one }) =>
    defined({
      name: one.actionName ?? '',
      kind: kindOf(details.instanceType),
      does: details.description ?? details.runbookId ?? details.path,
      timeout: details.timeout,
      runsIn: details.fabricLocation,
      failoverTypes: one.failoverTypes,
      failoverDirections: one.failoverDirections,
    }),
  );
const actions = maybe(z.array(action)).transform((value) => value ?? []);

const group = z
  .object({
    groupType: z.string(),
    replicationProtectedItems: maybe(z.array(z.object({ id: z.string() }))),
    startGroupActions: actions,
    endGroupActions: actions,
  })
  .transform((one) => ({
    kind: one.groupType,
    itemIds: (one.replicationProtectedItems ?? []).map(({ id }) => id),
    before: one.startGroupActions,
    after: one.endGroupActions,
  }));

const plan: z.ZodType<RecoveryPlan> = z
  .object({
    id: z.string(),
    name: z.string(),
    properties: z.object({
      friendlyName: words,
      primaryFabricFriendlyName: words,
      recoveryFabricFriendlyName: words,
      allowedOperations: list,
      lastTestFailoverTime: moment,
      lastUnplannedFailoverTime: moment,
      currentScenario: maybe(z.object({ scenarioName: words })),
      groups: maybe(z.array(group)),
    }),
  })
  .transform(({ id, name, properties: one }) =>
    defined({
      id,
      vaultId: vaultOf(id),
      name: one.friendlyName ?? name,
      primaryRegion: one.primaryFabricFriendlyName ?? '',
      recoveryRegion: one.recoveryFabricFriendlyName ?? '',
      allowedOperations: one.allowedOperations,
      lastTestFailover: one.lastTestFailoverTime,
      lastFailover: one.lastUnplannedFailoverTime,
      running: one.currentScenario?.scenarioName === 'None' ? undefined : one.currentScenario?.scenarioName,
      groups: one.groups ?? [],
    }),
  );

function kindOf(type: string | undefined): PlanAction['kind'] {
  if (/^ManualAction/i.test(type ?? '')) return 'manual';
  return /Runbook/i.test(type ?? '') ? 'runbook' : 'script';
}

type Plans = Pick<SiteRecoveryGateway, 'plan' | 'testFailoverPlan' | 'cleanUpPlan' | 'failOverPlan' | 'commitPlan'>;

/** Recovery plans. Reprotecting goes item by item: Azure's call for a whole plan no longer works (azure-api.md 2.1). */
export function recoveryPlans(options: VaultGatewayOptions): Plans {
  const { clients, now } = options;
  const plans = async (planId: string, manner: 'once' | 'patient') => {
    const { subscriptionId, vault, resourceGroup, name } = recoveryPlanPath(planId);
    const { replicationRecoveryPlans } = await clients.recovery(subscriptionId, manner);
    return { client: replicationRecoveryPlans, at: [vault, resourceGroup, name] as const };
  };
  return {
    async plan(id) {
      const { client, at } = await plans(id, 'patient');
      return await read(plan, now, (call) => client.get(...at, call));
    },
    async testFailoverPlan(id, { networkId, clientRequestId, ...request }) {
      const { client, at } = await plans(id, 'once');
      const network =
        networkId === undefined
          ? { networkType: 'NoNetworkAttachAsInput' }
          : { networkType: 'VmNetworkAsInput', networkId };
      const properties = { ...network, ...wayAndPoint(request) };
      return await begunJob(options, { id, clientRequestId }, (call) =>
        client.beginTestFailover(...at, { properties }, call),
      );
    },
    async cleanUpPlan(id, { comments, clientRequestId }) {
      const { client, at } = await plans(id, 'once');
      return await begunJob(options, { id, clientRequestId }, (call) =>
        client.beginTestFailoverCleanup(...at, { properties: { comments } }, call),
      );
    },
    async failOverPlan(id, { shutDownSource, clientRequestId, ...request }) {
      const { client, at } = await plans(id, 'once');
      const sourceSiteOperations = shutDownSource ? 'Required' : 'NotRequired';
      const properties = { sourceSiteOperations, ...wayAndPoint(request) };
      return await begunJob(options, { id, clientRequestId }, (call) =>
        client.beginUnplannedFailover(...at, { properties }, call),
      );
    },
    async commitPlan(id, { clientRequestId }) {
      const { client, at } = await plans(id, 'once');
      return await begunJob(options, { id, clientRequestId }, (call) => client.beginFailoverCommit(...at, call));
    },
  };
}

const pointTypes: Readonly<Record<PlanPoint, string>> = {
  'latest-processed': 'LatestProcessed',
  latest: 'Latest',
  'application-consistent': 'LatestApplicationConsistent',
  'crash-consistent': 'LatestCrashConsistent',
};

function wayAndPoint({ back = false, point = 'latest-processed' }: Omit<PlanRequest, 'clientRequestId'>) {
  return {
    failoverDirection: back ? 'RecoveryToPrimary' : 'PrimaryToRecovery',
    providerSpecificDetails: [{ instanceType: 'A2A' as const, recoveryPointType: pointTypes[point] }],
  };
}
