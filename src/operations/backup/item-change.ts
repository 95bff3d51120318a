import { nameOf } from '../../azure/arm-id.ts';
import type { BackupJobKind } from '../../azure/ports.ts';
import type { ArmId, JobProgress, JobRef, ProtectedItem } from '../../azure/types.ts';
import { say } from '../../message.ts';
import type { Context } from '../context.ts';
import { fact, moment, usualOrUnknown, vmWithGroup } from '../facts.ts';
import { protectedItemOf } from '../located.ts';
import { atLeastOne } from '../offered.ts';
import { readable } from '../readable.ts';
import type { Choice, Fact, Finding, Preview } from '../screen.ts';

const items = 'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems';

/** The right to change a VM's protection. */
export const writeItem = `${items}/write`;
/** The right to delete a VM's backup data. */
export const deleteItem = `${items}/delete`;

/** A few VMs can be told apart on a phone. */
const offered = 10;

/** What every change of a VM's protection shows: whose it is, where, and how it stands. */
export function itemFacts(item: ProtectedItem): readonly Fact[] {
  return [
    fact('vm', vmWithGroup(item.vmId)),
    fact('vault', nameOf(item.vaultId)),
    ...(item.policyName ? [fact('policy', item.policyName)] : []),
    fact('last-point', item.lastRecoveryPoint ? moment(item.lastRecoveryPoint) : '–'),
  ];
}

/** How long jobs of that kind took in the vault. */
export async function usualFact(context: Context, vaultId: ArmId, kind: BackupJobKind): Promise<Fact> {
  return fact('usually', await usualOrUnknown(context.azure.backup.pastDurations(vaultId, kind)));
}

/** What must be the same when the change starts. */
export function itemMeasures(item: ProtectedItem): Preview['measured'] {
  return {
    'fact.vault': nameOf(item.vaultId),
    'fact.policy': item.policyName ?? '',
    'fact.state': item.protectionState,
    'fact.soft-deleted': String(item.softDeleted),
  };
}

/** The job of that kind that Azure has recorded since the run started. */
export async function recordedJob(
  context: Context,
  vm: string,
  { kind, startingAt }: { readonly kind: BackupJobKind; readonly startingAt: string },
): Promise<JobRef | 'nothing' | 'unclear'> {
  const item = await protectedItemOf(context, vm);
  const jobs = await context.azure.backup.jobsSince(item.id, kind, startingAt);
  return jobs.length > 1 ? 'unclear' : (jobs[0] ?? 'nothing');
}

/** Whether a job did what was asked. */
export function succeeded({ state }: JobProgress): boolean {
  return state === 'succeeded' || state === 'succeeded-with-warnings';
}

/** A finding that says that nothing stands in the way, where nothing does. */
export function orReady(findings: readonly Finding[], text: Finding['text']): readonly Finding[] {
  return findings.length > 0 ? findings : [{ id: 'ready', severity: 'passed', text }];
}

/** VMs in Azure Backup to choose from, of those that the person may see. */
export async function itemChoices(
  context: Context,
  fits: (item: ProtectedItem) => boolean,
): Promise<readonly Choice[]> {
  const { value } = await context.azure.inventory.protectedItems();
  const found = value.filter(fits).map((item) => ({ ...item, id: item.vmId }));
  const seen = await readable(context, 'Microsoft.Compute/virtualMachines/read', found);
  const choices = seen
    .toSorted((a, b) => a.friendlyName.localeCompare(b.friendlyName))
    .slice(0, offered)
    .map((item) => ({
      value: item.vmId,
      title: item.friendlyName,
      details: say('fact.in-group', { name: item.friendlyName, group: nameOf(item.vaultId) }),
    }));
  return atLeastOne(choices, 'no-vm-for-this');
}
