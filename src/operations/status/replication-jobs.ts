import { nameOf } from '../../azure/arm-id.ts';
import type { Aged, JobSummary } from '../../azure/types.ts';
import { replicationJobStates } from '../../azure-words.ts';
import { type Message, say } from '../../message.ts';
import type { Context } from '../context.ts';
import { readable } from '../readable.ts';
import type { Choice, Tone } from '../screen.ts';
import { readVault } from '../vaults.ts';

/** The right to look at a vault's replication jobs. */
export const readReplicationJobs = 'Microsoft.RecoveryServices/vaults/replicationJobs/read';

/** Azure's words for a replication job and for its state; others are shown as Azure writes them (azure-api.md 2.0). */
const scenarios = [
  'EnableDr',
  'DisableDr',
  'PrimaryIrCompletion',
  'TestFailover',
  'TestFailoverCleanup',
  'UnplannedFailover',
  'CommitFailover',
  'ApplyRecoveryPoint',
  'SwitchProtection',
];
const statuses = ['InProgress', 'Failed', 'Cancelled', ...replicationJobStates];

/** What a job does, in the reader's words. */
export function scenarioText(scenario: string): Message | string {
  return scenarios.includes(scenario) ? say(`replication-job.list.${scenario}`) : scenario;
}

/** How a job stands, in the reader's words. */
export function replicationJobStatus(status: string): Message | string {
  return statuses.includes(status) ? say(`replication-job.list.${status}`) : status;
}

/** Never by colour alone: it stands beside the state's word. */
export function replicationJobTone(status: string): Tone {
  if (status === 'Failed') return 'bad';
  if (status === 'Succeeded') return 'good';
  return status === 'InProgress' || status === 'NotStarted' ? 'neutral' : 'warning';
}

/** The jobs of Site Recovery of the last day in the vaults that this person may read, newest first. */
export async function replicationJobsSeen(
  context: Context,
): Promise<{ readonly jobs: readonly JobSummary[]; readonly list: Aged<unknown> }> {
  const list = await context.azure.inventory.jobs();
  const ours = list.value.filter((job) => job.service === 'replication');
  return { jobs: await readable(context, readVault, ours), list };
}

/** A job as a choice. */
export function replicationJobChoice(job: JobSummary): Choice {
  return {
    value: job.id,
    title: say('replication-job.list.choice', { scenario: scenarioText(job.operation), target: job.target }),
    details: say('replication-job.list.line', {
      status: replicationJobStatus(job.status),
      vault: nameOf(job.vaultId),
      when: job.startedAt === undefined ? '–' : { age: job.startedAt },
    }),
  };
}
