import { keyOf, nameOf } from '../../azure/arm-id.ts';
import type { ReplicatedItemSummary } from '../../azure/ports.ts';
import type { PlanAction, RecoveryPlan, RecoveryPlanSummary } from '../../azure/recovery-types.ts';
import type { Context } from '../context.ts';
import { readable } from '../readable.ts';
import type { Choice } from '../screen.ts';
import { readVault } from '../vaults.ts';

/** The right to look at a recovery plan. */
export const readPlans = 'Microsoft.RecoveryServices/vaults/replicationRecoveryPlans/read';

/** The kinds of failover that a plan's action can be meant for. */
export type PlanScenario = 'TestFailover' | 'UnplannedFailover';

/** The plans in vaults that this person may read, by name. */
export async function plansSeen(context: Context): Promise<readonly RecoveryPlanSummary[]> {
  const { value } = await context.azure.inventory.recoveryPlans();
  return (await readable(context, readVault, value)).toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Plans to choose from. */
export async function planChoices(context: Context): Promise<readonly Choice[]> {
  return (await plansSeen(context)).map(({ id, name, vaultId }) => ({
    value: id,
    title: name,
    details: nameOf(vaultId),
  }));
}

/** A plan's VMs as Resource Graph knows them, in the order of its groups. */
export async function planItems(context: Context, plan: RecoveryPlan): Promise<readonly ReplicatedItemSummary[]> {
  const { value } = await context.azure.inventory.replicatedItems();
  const known = new Map(value.map((item) => [keyOf(item.id), item]));
  return plan.groups.flatMap(({ itemIds }) => itemIds.flatMap((id) => known.get(keyOf(id)) ?? []));
}

/** The actions of a plan in the order in which they run. */
export function planActions(plan: RecoveryPlan): readonly PlanAction[] {
  return plan.groups.flatMap(({ before, after }) => [...before, ...after]);
}
