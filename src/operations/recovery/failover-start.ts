import { z } from 'zod';
import { nameOf } from '../../azure/arm-id.ts';
import type { ReplicatedItem } from '../../azure/types.ts';
import { onReplica } from '../by-hand.ts';
import type { Context } from '../context.ts';
import { fact, vmWithGroup } from '../facts.ts';
import { changing, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { saidRegion } from '../said-region.ts';
import type { Choice, Fact, Finding } from '../screen.ts';
import { blastRadius, plansWith } from './blast-radius.ts';
import { texts } from './failover-start-texts.ts';
import { uncommitted } from './left-open.ts';
import { failedSteps, measuredTimes } from './plan-report.ts';
import { acceptance, measuredOf, orAccepted, replicaChoices, replicaOf, unhealthy } from './replica.ts';
import { latest, latestChoice, pointChoices, pointFacts, pointText } from './replication-points.ts';
import { healthText, nextSteps } from './replication-words.ts';
import { sidesOf } from './sides.ts';
import { stillUp } from './still-up.ts';
import { targetFindings } from './target-findings.ts';
import { wayOf } from './way.ts';

const id = 'failover.start';
const message = own(id);
const action =
  'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/unplannedFailover/action';
const scenario = 'UnplannedFailover';

export const failoverStart = changing({
  id,
  area: 'recovery',
  risk: 'destructive',
  texts,
  parameters: z.object({
    vm: parameter.vm(),
    source: parameter.source(),
    point: parameter.replicationPoint(),
    region: parameter.regionName().optional(),
  }),
  actions: [action],
  rights: async (context, { vm }) => [{ action, scope: (await replicaOf(context, vm)).vaultId }],
  targets: ({ vm }) => [vm],

  async choices(context, name, { vm }) {
    if (vm === undefined) return await replicaChoices(context, /^Protected$/);
    const item = await replicaOf(context, vm);
    return name === 'source' ? sourceChoices(item) : [latestChoice, ...(await pointChoices(context, item))];
  },

  async preview(context, { vm, source, point }) {
    const item = await replicaOf(context, vm);
    const from = await pointText(context, item, point);
    const { friendlyName: name, primaryRegion, recoveryRegion } = item;
    const way = await wayOf(context, item);
    const values = { way, vm: name, from: primaryRegion, to: recoveryRegion, point: from };
    return {
      sentence: message(source === 'gone' ? 'preview-gone' : 'preview-shut-down', values),
      facts: [
        fact('vm', vmWithGroup(vm)),
        fact('vault', nameOf(item.vaultId)),
        fact('source', message(source)),
        ...(await lossFacts(context, item, point)),
        ...(await blastRadius(context, { items: [item], scenario, forGood: message('for-good') })),
      ],
      resources: [vm, item.id],
      holds: sidesOf(item),
      measured: measuredOf(item),
    };
  },

  async checks(context, { vm, source, region }): Promise<readonly Finding[]> {
    const item = await replicaOf(context, vm);
    const values = { vm: item.friendlyName, health: healthText(item.replicationHealth) };
    const plans = await plansWith(context, { items: [item] });
    return orAccepted([
      ...acceptance(item, 'UnplannedFailover'),
      ...saidRegion(region, { name: item.friendlyName, region: item.recoveryRegion }),
      ...unhealthy(item, message('unhealthy', values)),
      ...(source === 'gone' ? await stillUp(context, [item]) : []),
      ...(await targetFindings(context, item)),
      ...(plans.length === 0 ? [] : [warning('in-plan', { vm: item.friendlyName, plans })]),
    ]);
  },

  async submit(context, { vm, source, point }, { clientRequestId }) {
    const item = await replicaOf(context, vm);
    return await context.azure.recovery.failOver(item.id, {
      shutDownSource: source === 'shut-down',
      ...(point === latest ? {} : { recoveryPointId: point }),
      clientRequestId,
    });
  },

  async findSubmitted(context, { vm }, { startingAt }) {
    const item = await replicaOf(context, vm);
    const jobs = await context.azure.recovery.jobsSince(item.id, scenario, startingAt);
    return jobs.length > 1 ? 'unclear' : (jobs[0] ?? 'nothing');
  },

  async result(context, { vm }, _execution, progress) {
    const item = await replicaOf(context, vm);
    const failed = progress.state === 'failed' || progress.state === 'cancelled';
    const name = item.friendlyName;
    const done = { vm: name, region: item.recoveryRegion, way: await wayOf(context, item) };
    return {
      sentence: failed ? message('failed', { vm: name }) : message('done', done),
      facts: [
        ...(failed ? [] : [fact('recovery-vm', item.recoveryVmName ?? name)]),
        ...(await measuredTimes(context, progress)),
        ...failedSteps(progress),
      ],
      leftToDo: [message(failed ? 'left-failed' : 'left', failed ? { vm: item.friendlyName } : {})],
      suggestions: nextSteps(item),
    };
  },

  undo: ({ vm }) => [
    { operation: 'failover.change-point', parameters: { vm } },
    { operation: 'failover.commit', parameters: { vm } },
  ],
  byHand: (plan) =>
    onReplica(plan, 'unplannedFailover', {
      failoverDirection: 'PrimaryToRecovery',
      sourceSiteOperations: plan.parameters.source === 'shut-down' ? 'Required' : 'NotRequired',
      providerSpecificDetails: {
        instanceType: 'A2A',
        ...(plan.parameters.point === latest ? {} : { recoveryPointId: plan.parameters.point }),
      },
    }),
  next: ({ vm }) => nextSteps({ vmId: vm, allowedOperations: ['Commit', 'ChangePit'] }),
  leftOpen: uncommitted,
});

function sourceChoices({ primaryRegion: from }: ReplicatedItem): readonly Choice[] {
  return [
    { value: 'shut-down', title: message('shut-down'), details: message('shut-down-details', { from }) },
    { value: 'gone', title: message('gone'), details: message('gone-details', { from }) },
  ];
}

/** The RPO as reported is what the newest point lags behind. */
/** What is lost is told once: what came after the point; where no point is listed, what the replication lags behind. */
async function lossFacts(context: Context, item: ReplicatedItem, point: string): Promise<readonly Fact[]> {
  const facts = await pointFacts(context, item, point);
  const isTold = facts.some(({ label }) => label.message === 'fact.lost');
  return isTold ? facts : [...facts, fact('loses-at-most', lossOf(item))];
}

function lossOf({ rpoSeconds }: ReplicatedItem) {
  return rpoSeconds === undefined ? message('unknown') : { seconds: rpoSeconds };
}

function warning(finding: 'in-plan', values: Readonly<Record<string, string | readonly string[]>>): Finding {
  return {
    id: finding,
    severity: 'warns',
    text: message(finding, values),
    advice: message(`${finding}.advice`, values),
  };
}
