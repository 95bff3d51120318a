import { nameOf, resourceGroupScopeOf, sameId } from '../../azure/arm-id.ts';
import type { ArmId, ReplicatedItem } from '../../azure/types.ts';
import { CatalogueError } from '../../errors.ts';
import { type Message, say } from '../../message.ts';
import type { Context } from '../context.ts';
import { findReplicatedItem } from '../located.ts';
import { readable } from '../readable.ts';
import type { Choice, Finding } from '../screen.ts';
import { readReplicas, stateText, verbText } from './replication-words.ts';

/**
 * The replicated item that a VM belongs to, whichever side of it the id names: before the failover the source, after it the VM that it made,
 * and after the reprotect, when the item lies in the other fabric, the old source.
 * @throws CatalogueError `not-replicated`
 */
export async function replicaOf(context: Context, vmId: ArmId): Promise<ReplicatedItem> {
  const direct = await findReplicatedItem(context, vmId);
  if (direct !== undefined) return direct;
  const { value } = await context.azure.inventory.replicatedItems();
  const namesakes = value.filter(({ friendlyName }) => friendlyName.toLowerCase() === nameOf(vmId).toLowerCase());
  const items = await Promise.all(namesakes.map(({ id }) => context.azure.recovery.item(id)));
  const found = items.find((item) => isOtherSide(item, vmId));
  if (found === undefined) throw new CatalogueError('not-replicated', { values: { vm: nameOf(vmId) } });
  return found;
}

function isOtherSide({ recoveryVmId, recoveryResourceGroupId = '' }: ReplicatedItem, vmId: ArmId): boolean {
  if (recoveryVmId !== undefined) return sameId(recoveryVmId, vmId);
  return sameId(recoveryResourceGroupId, resourceGroupScopeOf(vmId));
}

/** Replicated VMs in a state to choose from; all of them where none is in it, so that the checks can say why not. */
export async function replicaChoices(context: Context, state: RegExp): Promise<readonly Choice[]> {
  const { value } = await context.azure.inventory.replicatedItems();
  const seen = await readable(context, readReplicas, value);
  const fitting = seen.filter(({ protectionState }) => state.test(protectionState));
  return (fitting.length > 0 ? fitting : seen).map(({ vmId, friendlyName, protectionState }) => ({
    value: vmId,
    title: friendlyName,
    details: stateText(protectionState),
  }));
}

/** Whether Azure accepts the verb now. */
export function acceptance(
  { friendlyName, allowedOperations }: Pick<ReplicatedItem, 'friendlyName' | 'allowedOperations'>,
  verb: string,
): readonly Finding[] {
  if (allowedOperations.includes(verb)) return [];
  const values = { name: friendlyName, verb: verbText(verb), allowed: allowedOperations.map(verbText) };
  const advice = say(allowedOperations.length === 0 ? 'check.not-accepted-job' : 'check.not-accepted.advice', values);
  return [{ id: 'not-accepted', severity: 'blocks', text: say('check.not-accepted', values), advice }];
}

/**
 * Before anything is asked for that would be asked in vain.
 * @throws CatalogueError `blocked-by-checks` when Azure does not accept the verb now
 */
export function assertAccepts(item: Pick<ReplicatedItem, 'friendlyName' | 'allowedOperations'>, verb: string): void {
  const findings = acceptance(item, verb);
  if (findings.length === 0) return;
  const advice = findings.flatMap((finding) => finding.advice ?? []);
  const values = { ids: findings.map(({ id }) => id), findings: findings.map(({ text }) => text), advice };
  throw new CatalogueError('blocked-by-checks', { values });
}

/** The findings, or that Azure accepts it. */
export function orAccepted(findings: readonly Finding[]): readonly Finding[] {
  return findings.length > 0 ? findings : [{ id: 'ready', severity: 'passed', text: say('check.accepted') }];
}

/** Bad replication, with the first cause. */
export function unhealthy(item: ReplicatedItem, text: Message): readonly Finding[] {
  if (item.replicationHealth === 'Normal') return [];
  const [cause] = item.healthErrors;
  const advice = cause && say('failover.test.unhealthy.advice', { cause: cause.message });
  return [{ id: 'unhealthy', severity: 'warns', text, ...(advice && { advice }) }];
}

/** What drift is measured on for an item. */
export function measuredOf(item: ReplicatedItem): Readonly<Record<string, string>> {
  return {
    'fact.recovery-region': item.recoveryRegion,
    'fact.active-location': item.activeLocation,
    'fact.protection-state': item.protectionState,
    'fact.test-state': item.testFailoverState,
  };
}
