import { keyOf, nameOf } from '../../azure/arm-id.ts';
import type { PlanAction, RecoveryPlan } from '../../azure/recovery-types.ts';
import type { ArmId, ReplicatedItem } from '../../azure/types.ts';
import type { Context } from '../context.ts';
import { sidesOf } from './sides.ts';

/** A recovery plan with its VMs as the vault has them now. */
export interface PlanNow {
  readonly plan: RecoveryPlan;
  /** In the order of the plan's groups. */
  readonly items: readonly ReplicatedItem[];
  /** The VMs run in the plan's recovery region: its failover is a failback. */
  readonly back: boolean;
  readonly from: string;
  readonly to: string;
}

/** Reads the plan and its VMs. After a reprotect an item lies in the other fabric under the same name, whatever id the plan still has of it. */
export async function planNow(context: Context, planId: ArmId): Promise<PlanNow> {
  const plan = await context.azure.recovery.plan(planId);
  const all = await context.azure.recovery.items(plan.vaultId);
  const byName = new Map(all.map((item) => [keyOf(item.name), item]));
  const items = plan.groups.flatMap(({ itemIds }) => itemIds.flatMap((id) => byName.get(keyOf(nameOf(id))) ?? []));
  const [first] = items;
  const from = first?.primaryRegion ?? plan.primaryRegion;
  const to = first?.recoveryRegion ?? plan.recoveryRegion;
  return { plan, items, back: first !== undefined && sameRegion(from, plan.recoveryRegion), from, to };
}

/** The VMs that replicate the other way than most of the plan's. */
export function againstTheWay({ items }: Pick<PlanNow, 'items'>): readonly ReplicatedItem[] {
  const ways = [...Map.groupBy(items, ({ primaryRegion }) => primaryRegion).values()];
  const [, ...others] = ways.toSorted((a, b) => b.length - a.length);
  return others.flat();
}

/** Azure writes a region as `westeurope` in one place and as `West Europe` in another. */
export function sameRegion(one: string, other: string): boolean {
  const plain = (region: string) => region.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return plain(one) === plain(other);
}

/** The names of VMs, as they are shown. */
export function namesOf(items: readonly Pick<ReplicatedItem, 'friendlyName'>[]): readonly string[] {
  return items.map(({ friendlyName }) => friendlyName);
}

/** What every plan's request and drift is about: the plan, then each item and its VM. */
export function touchedBy({ plan, items }: PlanNow): readonly ArmId[] {
  return [plan.id, ...items.flatMap(({ id, vmId }) => [id, vmId])];
}

/** What a plan's run holds beside the plan: a VM that another run works on, on either side, keeps its plan from running, and the other way round. */
export function heldBy({ items }: Pick<PlanNow, 'items'>): readonly ArmId[] {
  return items.flatMap(sidesOf);
}

/** What drift is measured on, a line each: a plan that changed meanwhile in anything that its run goes by is another plan. */
export function measuredPlan({ plan, items, to }: PlanNow): Readonly<Record<string, string>> {
  const known = new Map(items.map((item) => [keyOf(item.name), item]));
  const groups = groupsOf(plan);
  return {
    'fact.recovery-region': to,
    'fact.plan-vms': groups
      .flatMap(({ name, itemIds }) => itemIds.map((id) => [name, memberOf(known, id)]))
      .map(line)
      .join('\n'),
    'fact.plan-actions': groups.flatMap(actionsIn).map(line).join('\n'),
    'fact.allows': plan.allowedOperations.toSorted().join(', '),
  };
}

/** Called as in the portal: only the groups that start VMs are counted. */
function groupsOf({ groups }: RecoveryPlan) {
  const boots = groups.filter(({ kind }) => kind === 'Boot');
  return groups.map((one) => ({
    ...one,
    name: one.kind === 'Boot' ? `${one.kind} ${boots.indexOf(one) + 1}` : one.kind,
  }));
}

/** A VM of a plan; the portal gives its item a GUID as a name, and a VM that is replicated anew gets another item. */
function memberOf(known: ReadonlyMap<string, ReplicatedItem>, itemId: ArmId): string {
  const name = nameOf(itemId).toLowerCase();
  const vm = known.get(keyOf(name))?.friendlyName ?? '–';
  return keyOf(vm) === keyOf(name) ? vm : `${vm} (${name})`;
}

/** The actions of a group in their order, with everything that Azure keeps of them. */
function actionsIn({ name, before, after }: ReturnType<typeof groupsOf>[number]): readonly (readonly string[])[] {
  const of = (place: string, actions: readonly PlanAction[]) =>
    actions.map((action) => [
      name,
      place,
      action.name,
      action.kind,
      action.does ?? '–',
      action.failoverTypes.toSorted().join(', ') || '–',
      action.failoverDirections.toSorted().join(', ') || '–',
      ...[action.runsIn, action.timeout].filter((one) => one !== undefined),
    ]);
  return [...of('start', before), ...of('end', after)];
}

/** Instructions of several lines stay one line of what is measured. */
function line(parts: readonly string[]): string {
  return parts.map((part) => part.replaceAll(/\s+/g, ' ')).join(' · ');
}
