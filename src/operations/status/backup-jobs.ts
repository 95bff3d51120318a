import { nameOf } from '../../azure/arm-id.ts';
import type { Aged, JobSummary } from '../../azure/types.ts';
import { type Message, say } from '../../message.ts';
import type { Context } from '../context.ts';
import { readable } from '../readable.ts';
import type { Choice, Tone } from '../screen.ts';
import { readVault } from '../vaults.ts';

/** The right to look at a vault's jobs. */
export const readBackupJobs = 'Microsoft.RecoveryServices/Vaults/backupJobs/read';

/** Azure's words for a job of VM backup and for its state; others are shown as Azure writes them (azure-api.md 1.0). */
const operations = [
  'Backup',
  'Restore',
  'ConfigureBackup',
  'DisableBackup',
  'DeleteBackupData',
  'Undelete',
  'CrossRegionRestore',
];
const statuses = ['InProgress', 'Completed', 'CompletedWithWarnings', 'Failed', 'Cancelled', 'Cancelling'];

/** What a job does, in the reader's words. */
export function jobOperation(operation: string): Message | string {
  return operations.includes(operation) ? say(`backup-job.list.${operation}`) : operation;
}

/** How a job stands, in the reader's words. */
export function jobStatus(status: string): Message | string {
  return statuses.includes(status) ? say(`backup-job.list.${status}`) : status;
}

/** Never by colour alone: it stands beside the state's word. */
export function jobTone(status: string): Tone {
  if (status === 'Failed') return 'bad';
  if (status === 'Completed') return 'good';
  return status === 'InProgress' ? 'neutral' : 'warning';
}

/** The jobs of Azure Backup of the last day in the vaults that this person may read, newest first. */
export async function backupJobsSeen(
  context: Context,
): Promise<{ readonly jobs: readonly JobSummary[]; readonly list: Aged<unknown> }> {
  const list = await context.azure.inventory.jobs();
  const ours = list.value.filter((job) => job.service === 'backup');
  return { jobs: await readable(context, readVault, ours), list };
}

/** A job as a choice. */
export function jobChoice(job: JobSummary): Choice {
  return {
    value: job.id,
    title: say('backup-job.list.choice', { operation: jobOperation(job.operation), target: job.target }),
    details: say('backup-job.list.line', {
      status: jobStatus(job.status),
      vault: nameOf(job.vaultId),
      when: job.startedAt === undefined ? '–' : { age: job.startedAt },
    }),
  };
}
