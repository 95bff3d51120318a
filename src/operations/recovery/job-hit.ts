import { keyOf, sameId } from '../../azure/arm-id.ts';
import type { ReplicationJob } from '../../azure/recovery-types.ts';
import type { Message } from '../../message.ts';
import type { Context } from '../context.ts';
import { fact } from '../facts.ts';
import type { Fact } from '../screen.ts';
import { blastRadius, type Hit } from './blast-radius.ts';
import { namesOf, planNow } from './plan-now.ts';
import { reprotectScenarios } from './way-back.ts';

/** The plan that a job names, and its VMs, or the VM. */
export type JobHit = Pick<Hit, 'items' | 'planId'>;

/** What acting on a job hits, as people read it; see `blastRadius`. Where nothing of it is there any more, only what stays for good. */
export async function jobRadius(
  context: Context,
  job: ReplicationJob,
  hit: JobHit & { readonly forGood?: Message },
): Promise<readonly Fact[]> {
  const back = reprotectScenarios.includes(job.scenario) ? { backwards: true as const } : {};
  const radius = { ...hit, ...back, scenario: job.scenario };
  return [
    ...(hit.items.length === 0 ? [] : [fact('plan-vms', namesOf(hit.items))]),
    ...(await blastRadius(context, radius)),
  ];
}

/** What acting on a job hits; no VM where neither the plan nor the VM is there any more. */
export async function hitBy(context: Context, { vaultId, target }: ReplicationJob): Promise<JobHit> {
  const { value: plans } = await context.azure.inventory.recoveryPlans();
  const plan = plans.find((one) => sameId(one.vaultId, vaultId) && keyOf(one.name) === keyOf(target));
  if (plan !== undefined) return { items: (await planNow(context, plan.id)).items, planId: plan.id };
  const items = await context.azure.recovery.items(vaultId);
  return { items: items.filter(({ friendlyName }) => keyOf(friendlyName) === keyOf(target)) };
}
