import { keyOf, sameId } from '../../azure/arm-id.ts';
import type { ReplicationJob } from '../../azure/recovery-types.ts';
import type { Message } from '../../message.ts';
import type { Context } from '../context.ts';
import { fact } from '../facts.ts';
import type { Fact } from '../screen.ts';
import { blastRadius, type Hit } from './blast-radius.ts';
import { namesOf, planNow } from './plan-now.ts';
import { reprotectScenarios } from './way-back.ts';

/** What acting on a job hits: the VMs of the plan that it names, or the VM; see `blastRadius`. Where neither is there any more, only what stays for good. */
export async function jobRadius(context: Context, job: ReplicationJob, forGood?: Message): Promise<readonly Fact[]> {
  const hit = await hitBy(context, job);
  const back = reprotectScenarios.includes(job.scenario) ? { backwards: true as const } : {};
  const radius = { ...hit, ...back, scenario: job.scenario, ...(forGood !== undefined && { forGood }) };
  return [
    ...(hit.items.length === 0 ? [] : [fact('plan-vms', namesOf(hit.items))]),
    ...(await blastRadius(context, radius)),
  ];
}

async function hitBy(context: Context, { vaultId, target }: ReplicationJob): Promise<Pick<Hit, 'items' | 'planId'>> {
  const { value: plans } = await context.azure.inventory.recoveryPlans();
  const plan = plans.find((one) => sameId(one.vaultId, vaultId) && keyOf(one.name) === keyOf(target));
  if (plan !== undefined) return { items: (await planNow(context, plan.id)).items, planId: plan.id };
  const items = await context.azure.recovery.items(vaultId);
  return { items: items.filter(({ friendlyName }) => keyOf(friendlyName) === keyOf(target)) };
}
