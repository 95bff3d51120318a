import { keyOf, sameId } from '../../azure/arm-id.ts';
import type { ReplicationJob } from '../../azure/recovery-types.ts';
import type { ArmId } from '../../azure/types.ts';
import type { Message } from '../../message.ts';
import type { Context } from '../context.ts';
import { fact } from '../facts.ts';
import type { Fact, Wish } from '../screen.ts';
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

/** The plan, the items and the VMs that a job works on, beside the job itself. ARM ids, as the policy and the lists of what is touched take them. */
export function touchedByJob({ items, planId }: JobHit): readonly ArmId[] {
  return [...(planId === undefined ? [] : [planId]), ...items.flatMap(({ id, vmId }) => [id, vmId])];
}

/** By Azure's scenario: the operation on a VM, and the one on a plan. */
const requests: Readonly<Record<string, readonly [ofVm: string, ofPlan?: string]>> = {
  EnableDr: ['replication.enable'],
  DisableDr: ['replication.disable'],
  TestFailover: ['failover.test', 'plan.test-failover'],
  TestFailoverCleanup: ['failover.test-cleanup', 'plan.test-cleanup'],
  UnplannedFailover: ['failover.start', 'plan.failover'],
  PlannedFailover: ['failover.start', 'plan.failover'],
  ApplyRecoveryPoint: ['failover.change-point'],
  CommitFailover: ['failover.commit', 'plan.commit'],
  ...Object.fromEntries(reprotectScenarios.map((one) => [one, ['failover.reprotect', 'plan.reprotect'] as const])),
};

/** The request that a job does, as far as the job tells; undefined for one that moves no VM, or where neither the plan nor the VM is there any more. */
export function requestOf({ scenario }: ReplicationJob, { items: [item], planId }: JobHit): Wish | undefined {
  const [ofVm, ofPlan] = requests[scenario] ?? [];
  if (planId !== undefined)
    return ofPlan === undefined ? undefined : { operation: ofPlan, parameters: { plan: planId } };
  return ofVm === undefined || item === undefined ? undefined : { operation: ofVm, parameters: { vm: item.vmId } };
}

/** A job that moves VMs, of which nobody can tell any more which ones: no rule can be asked whether it may begin anew. */
export function hitsNobodyKnows(job: ReplicationJob, hit: JobHit): boolean {
  return job.scenario in requests && hit.items.length === 0 && hit.planId === undefined;
}

/** What acting on a job hits; no VM where neither the plan nor the VM is there any more. */
export async function hitBy(context: Context, { vaultId, target }: ReplicationJob): Promise<JobHit> {
  const { value: plans } = await context.azure.inventory.recoveryPlans();
  const plan = plans.find((one) => sameId(one.vaultId, vaultId) && keyOf(one.name) === keyOf(target));
  if (plan !== undefined) return { items: (await planNow(context, plan.id)).items, planId: plan.id };
  const items = await context.azure.recovery.items(vaultId);
  return { items: items.filter(({ friendlyName }) => keyOf(friendlyName) === keyOf(target)) };
}
