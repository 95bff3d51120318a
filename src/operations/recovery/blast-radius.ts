import { keyOf } from '../../azure/arm-id.ts';
import type { ReplicatedItem, Vm } from '../../azure/types.ts';
import { type Message, say } from '../../message.ts';
import type { Context } from '../context.ts';
import { fact, usualOrUnknown } from '../facts.ts';
import type { Fact } from '../screen.ts';
import { reprotectScenarios } from './way-back.ts';

/** What a change hits: whose VMs, by which of Azure's scenarios, and what of it stays for good. */
export interface Hit {
  readonly items: readonly ReplicatedItem[];
  /** Of the past jobs that tell how long it takes. */
  readonly scenario: string;
  /** The way back: from the recovery region to the primary one. */
  readonly backwards?: true;
  /** Missing where everything can be undone. */
  readonly forGood?: Message;
  /** A plan whose VMs they are: it is not told that they are in it. */
  readonly planId?: string;
}

/** The rows of a card that tell who is hit, for how long, and what cannot be undone. What cannot be read is left out: it only adds. */
export async function blastRadius(context: Context, hit: Hit): Promise<readonly Fact[]> {
  const [first] = hit.items;
  const forGood = hit.forGood === undefined ? [] : [fact('for-good', hit.forGood)];
  if (first === undefined) return forGood;
  const { primaryRegion: here, recoveryRegion: there } = first;
  const { value: vms } = await context.azure.inventory.vms();
  const keys = new Set(hit.items.map(({ vmId }) => keyOf(vmId)));
  const own = vms.filter(({ id }) => keys.has(keyOf(id)));
  const owners = ownersOf(own);
  const others = neighbours(own, vms);
  const plans = await plansWith(context, hit);
  const past = context.azure.recovery.pastDurations(first.vaultId, hit.scenario, jobsOf(hit));
  return [
    fact('regions', say('fact.from-to', hit.backwards ? { from: there, to: here } : { from: here, to: there })),
    ...(plans.length === 0 ? [] : [fact('together', plans)]),
    ...(others.length === 0 ? [] : [fact('neighbours', others)]),
    ...(owners.length === 0 ? [] : [fact('owner', owners)]),
    ...time(hit, await usualOrUnknown(past)),
    ...forGood,
  ];
}

/** A plan is reprotected VM by VM. */
function jobsOf({ scenario, planId }: Hit): 'vms' | 'plans' {
  return planId === undefined || reprotectScenarios.includes(scenario) ? 'vms' : 'plans';
}

/** While these go on, nobody reaches what runs in the VM; with all others it runs on. */
const interrupting: readonly string[] = ['PlannedFailover', 'UnplannedFailover', 'ApplyRecoveryPoint'];

/** How long it takes, which is how long users are cut off where they are. */
function time({ scenario }: Hit, usual: Message): readonly Fact[] {
  if (interrupting.includes(scenario)) return [fact('downtime', usual)];
  return [fact('downtime', say('fact.no-downtime')), fact('usually', usual)];
}

/** The tag that says which application a VM belongs to; companies call it differently. */
export function applicationOf(tags: Vm['tags']): string | undefined {
  return ['app', 'application', 'workload', 'service'].map((name) => tagOf(tags, name)).find((value) => value);
}

/** VMs of the same availability set or the same application that are not hit themselves. */
export function neighbours(own: readonly Vm[], all: readonly Vm[]): readonly string[] {
  const ids = new Set(own.map(({ id }) => keyOf(id)));
  const kin = new Set(own.flatMap(kinOf));
  return all.filter((vm) => !ids.has(keyOf(vm.id)) && kinOf(vm).some((one) => kin.has(one))).map(({ name }) => name);
}

/** What the tag `owner` of VMs says, each owner once. */
export function ownersOf(vms: readonly Vm[]): readonly string[] {
  return [...new Set(vms.flatMap(({ tags }) => tagOf(tags, 'owner') ?? []))];
}

function kinOf({ availabilitySetId, tags }: Vm): readonly string[] {
  const application = applicationOf(tags);
  return [
    ...(availabilitySetId === undefined ? [] : [keyOf(availabilitySetId)]),
    ...(application === undefined ? [] : [`application ${application.toLowerCase()}`]),
  ];
}

/** Azure compares the names of tags without regard to case. */
function tagOf(tags: Vm['tags'], name: string): string | undefined {
  return Object.entries(tags).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** The names of the recovery plans of the vault that hold any of the items; a plan that cannot be read is left out. */
export async function plansWith(
  context: Context,
  { items, planId }: Pick<Hit, 'items' | 'planId'>,
): Promise<readonly string[]> {
  const { value } = await context.azure.inventory.recoveryPlans();
  const near = value.filter(
    ({ id, vaultId }) => keyOf(vaultId) === keyOf(items[0]?.vaultId ?? '') && keyOf(id) !== keyOf(planId ?? ''),
  );
  const plans = await Promise.all(near.map((plan) => context.azure.recovery.plan(plan.id).catch(() => undefined)));
  const names = new Set(items.map(({ name }) => name.toLowerCase()));
  const holds = (id: string) => names.has(id.slice(id.lastIndexOf('/') + 1).toLowerCase());
  return plans.flatMap((plan) => (plan?.groups.some(({ itemIds }) => itemIds.some(holds)) ? [plan.name] : []));
}
