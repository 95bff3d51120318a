import { sameId } from '../../azure/arm-id.ts';
import type { ArmId, Vm } from '../../azure/types.ts';
import { type Message, say } from '../../message.ts';
import type { Context } from '../context.ts';
import { fact, look } from '../facts.ts';
import { findReplicatedItem } from '../located.ts';
import type { Fact } from '../screen.ts';
import { neighbours, ownersOf, plansWith } from './blast-radius.ts';

/** What a destructive change of one VM, of its disks or of its backups hits. */
export interface VmHit {
  /** Missing where it is no VM's any more. */
  readonly vmId: ArmId | undefined;
  /** Nobody reaches what runs in the VM meanwhile. */
  readonly interrupts?: true;
  readonly forGood: Message;
}

/**
 * The rows of a card with those that tell who is hit: the VM's owner, what belongs to it, whether Site Recovery replicates it and by which plans, for how
 * long users are cut off, and what cannot be undone. What cannot be read is said.
 */
export async function withHit(context: Context, facts: readonly Fact[], hit: VmHit): Promise<readonly Fact[]> {
  const { vmId, interrupts, forGood } = hit;
  const usual = facts.find(({ label }) => label.message === 'fact.usually');
  // How long it takes is how long users are cut off.
  const own = interrupts === true ? facts.filter((one) => one !== usual) : facts;
  const downtime = interrupts === true ? (usual?.value ?? say('fact.no-history')) : say('fact.no-downtime');
  const others = vmId === undefined ? [] : await Promise.all([kin(context, vmId), replication(context, vmId)]);
  return [...own, ...others.flat(), fact('downtime', downtime), fact('for-good', forGood)];
}

async function kin(context: Context, vmId: ArmId): Promise<readonly Fact[]> {
  const seen = await look('Resource Graph', context.azure.inventory.vms());
  if (!seen.seen) return [fact('owner', seen.why)];
  const vms: readonly Vm[] = seen.value.value;
  const own = vms.filter(({ id }) => sameId(id, vmId));
  const [owners, others] = [ownersOf(own), neighbours(own, vms)];
  return [
    ...(others.length === 0 ? [] : [fact('neighbours', others)]),
    ...(owners.length === 0 ? [] : [fact('owner', owners)]),
  ];
}

async function replication(context: Context, vmId: ArmId): Promise<readonly Fact[]> {
  const seen = await look('Site Recovery', replicatedWith(context, vmId));
  if (!seen.seen) return [fact('site-recovery', seen.why)];
  if (seen.value === undefined) return [fact('site-recovery', say('fact.not-replicated'))];
  const { item, plans } = seen.value;
  const to = fact('site-recovery', say('fact.replicated-to', { region: item.recoveryRegion }));
  return plans.length === 0 ? [to] : [to, fact('together', plans)];
}

async function replicatedWith(context: Context, vmId: ArmId) {
  const item = await findReplicatedItem(context, vmId);
  return item === undefined ? undefined : { item, plans: await plansWith(context, { items: [item] }) };
}
