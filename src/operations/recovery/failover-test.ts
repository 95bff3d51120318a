import { z } from 'zod';
import { nameOf, sameId } from '../../azure/arm-id.ts';
import type { ReplicatedItem } from '../../azure/types.ts';
import { onReplica } from '../by-hand.ts';
import type { Context } from '../context.ts';
import { fact, vmWithGroup } from '../facts.ts';
import { replicatedItemOf } from '../located.ts';
import { changing, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { saidRegion } from '../said-region.ts';
import type { Finding, Suggestion } from '../screen.ts';
import { blastRadius } from './blast-radius.ts';
import { drillReport } from './drill-report.ts';
import { texts } from './failover-test-texts.ts';
import { testVmLeft } from './left-open.ts';
import { latest, latestChoice, pointChoices, pointFacts, pointText } from './replication-points.ts';
import { healthText, nextSteps } from './replication-words.ts';
import { sidesOf } from './sides.ts';
import { targetFindings } from './target-findings.ts';
import { networkChoices, networkFindings, none } from './test-networks.ts';

const id = 'failover.test';
const message = own(id);
const action =
  'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/testFailover/action';

export const failoverTest = changing({
  id,
  area: 'recovery',
  intentions: ['after-drill'],
  risk: 'disruptive',
  texts,
  parameters: z.object({
    vm: parameter.vm(),
    point: parameter.replicationPoint(),
    network: parameter.network(),
    region: parameter.regionName().optional(),
  }),
  actions: [action],
  rights: async (context, { vm }) => [{ action, scope: (await replicatedItemOf(context, vm)).vaultId }],
  targets: ({ vm }) => [vm],

  async choices(context, name, { vm }) {
    if (vm === undefined) return [];
    const item = await replicatedItemOf(context, vm);
    if (name === 'point') return [latestChoice, ...(await pointChoices(context, item))];
    if (name === 'network') return await networkChoices(context, item);
    return [];
  },

  async preview(context, { vm, point, network }) {
    const item = await replicatedItemOf(context, vm);
    const from = await pointText(context, item, point);
    const where = network === none ? message('no-network') : message('in-network', { network: nameOf(network) });
    return {
      sentence: message('preview', { vm: item.friendlyName, region: item.recoveryRegion, point: from, network: where }),
      facts: [
        fact('vm', vmWithGroup(vm)),
        fact('vault', nameOf(item.vaultId)),
        ...(await pointFacts(context, item, point)),
        fact('network', network === none ? message('none-choice') : nameOf(network)),
        fact('rpo', item.rpoSeconds === undefined ? '–' : { seconds: item.rpoSeconds }),
        ...(await blastRadius(context, { items: [item], scenario: 'TestFailover' })),
      ],
      resources: [vm, item.id, ...(network === none ? [] : [network])],
      holds: sidesOf(item),
      measured: {
        'fact.recovery-region': item.recoveryRegion,
        'fact.active-location': item.activeLocation,
        'fact.protection-state': item.protectionState,
        'fact.test-state': item.testFailoverState,
      },
    };
  },

  async checks(context, { vm, network, region }) {
    const item = await replicatedItemOf(context, vm);
    const networks = await networkFindings(context, [item], network);
    const where = saidRegion(region, { name: item.friendlyName, region: item.recoveryRegion });
    const findings = [
      ...acceptance(item),
      ...where,
      ...health(item),
      ...networks,
      ...(await targetFindings(context, item)),
    ];
    return findings.length > 0 ? findings : [{ id: 'ready', severity: 'passed', text: message('ready') }];
  },

  async submit(context, { vm, point, network }, { clientRequestId }) {
    const item = await replicatedItemOf(context, vm);
    return await context.azure.recovery.testFailover(item.id, {
      ...(point === latest ? {} : { recoveryPointId: point }),
      ...(network === none ? {} : { networkId: network }),
      clientRequestId,
    });
  },

  async findSubmitted(context, { vm }, { startingAt }) {
    const item = await replicatedItemOf(context, vm);
    const jobs = await context.azure.recovery.jobsSince(item.id, 'TestFailover', startingAt);
    return jobs.length > 1 ? 'unclear' : (jobs[0] ?? 'nothing');
  },

  async result(context, { vm, point }, execution, progress) {
    const item = await replicatedItemOf(context, vm);
    const pointTime = await timeOf(context, item, point);
    const report = await drillReport(context, { items: [item], execution, progress, ...pointTime });
    if (progress.state === 'failed' || progress.state === 'cancelled') {
      return {
        sentence: message('failed', { vm: item.friendlyName }),
        facts: report,
        leftToDo: item.allowedOperations.includes('TestFailoverCleanup') ? [message('left')] : [],
        suggestions: [...nextSteps(item), show(vm)],
      };
    }
    const test = item.testVmName ?? `${item.friendlyName}-test`;
    return {
      sentence: message('done', { vm: item.friendlyName, test, region: item.recoveryRegion }),
      facts: [fact('test-vm', test), fact('region', item.recoveryRegion), ...report],
      leftToDo: [message('left')],
      suggestions: after(vm),
    };
  },

  undo: ({ vm }) => [{ operation: 'failover.test-cleanup', parameters: { vm } }],
  byHand: (plan) =>
    onReplica(plan, 'testFailover', {
      failoverDirection: 'PrimaryToRecovery',
      networkType: plan.parameters.network === none ? 'NoNetworkAttachAsInput' : 'VmNetworkAsInput',
      ...(plan.parameters.network === none ? {} : { networkId: plan.parameters.network }),
      providerSpecificDetails: {
        instanceType: 'A2A',
        cloudServiceCreationOption: 'AutoCreateCloudService',
        ...(plan.parameters.point === latest ? {} : { recoveryPointId: plan.parameters.point }),
      },
    }),
  next: ({ vm }) => after(vm),
  leftOpen: testVmLeft,
});

/** The moment of a point that was chosen; nothing for the latest one, which is found by the start of the job. */
async function timeOf(context: Context, item: ReplicatedItem, point: string) {
  if (point === latest) return {};
  const points = await context.azure.recovery.recoveryPoints(item.id).catch(() => []);
  const time = points.find((one) => sameId(one.id, point))?.time;
  return time === undefined ? {} : { pointTime: time };
}

function acceptance(item: ReplicatedItem): readonly Finding[] {
  if (item.allowedOperations.includes('TestFailover')) return [];
  const key = item.allowedOperations.includes('TestFailoverCleanup') ? 'cleanup-pending' : 'not-allowed';
  const values = { vm: item.friendlyName, allowed: [...item.allowedOperations] };
  return [{ id: key, severity: 'blocks', text: message(key, values), advice: message(`${key}.advice`, values) }];
}

function health(item: ReplicatedItem): readonly Finding[] {
  if (item.replicationHealth === 'Normal') return [];
  const cause = item.healthErrors[0];
  const text = message('unhealthy', { vm: item.friendlyName, health: healthText(item.replicationHealth) });
  return [
    {
      id: 'unhealthy',
      severity: 'warns',
      text,
      ...(cause && { advice: message('unhealthy.advice', { cause: cause.message }) }),
    },
  ];
}

function after(vm: string): readonly Suggestion[] {
  return [{ title: message('cleanup'), wish: { operation: 'failover.test-cleanup', parameters: { vm } } }, show(vm)];
}

function show(vm: string): Suggestion {
  return { title: message('show'), wish: { operation: 'protection.show', parameters: { vm } } };
}
