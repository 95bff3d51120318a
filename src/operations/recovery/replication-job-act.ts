import { nameOf, vaultOf } from '../../azure/arm-id.ts';
import type { ReplicationJob } from '../../azure/recovery-types.ts';
import type { ArmId } from '../../azure/types.ts';
import type { Message } from '../../message.ts';
import { say } from '../../message.ts';
import type { Context } from '../context.ts';
import { fact, moment } from '../facts.ts';
import { atLeastOne } from '../offered.ts';
import type { Choice, Fact, Preview, Suggestion } from '../screen.ts';
import {
  replicationJobChoice,
  replicationJobStatus,
  replicationJobsSeen,
  scenarioText,
} from '../status/replication-jobs.ts';

/** The jobs of the last day that are in such a state, to choose from; those that Azure really lets be acted on are known only one by one. */
export async function jobChoices(context: Context, states: readonly string[]): Promise<readonly Choice[]> {
  const { jobs } = await replicationJobsSeen(context);
  return atLeastOne(jobs.filter(({ status }) => states.includes(status)).map(replicationJobChoice));
}

/** What a job does and whose it is, as messages take it. */
export function named(job: ReplicationJob) {
  return { scenario: scenarioText(job.scenario), target: job.target };
}

/** The preview of acting on a job: the job with its tasks that are going on. */
export function jobPreview(job: ReplicationJob, sentence: Message, more: readonly Fact[]): Preview {
  const running = job.tasks.filter(({ state }) => state === 'running' || state === 'failed').map(({ name }) => name);
  return {
    sentence,
    facts: [
      fact('operation', scenarioText(job.scenario)),
      fact('job-state', replicationJobStatus(job.status)),
      fact('vault', nameOf(job.vaultId)),
      ...(job.startedAt === undefined ? [] : [fact('started', moment(job.startedAt))]),
      ...(running.length === 0 ? [] : [fact('tasks', running)]),
      ...more,
    ],
    ...(job.target === '' ? {} : { target: job.target }),
    resources: [job.id],
    measured: { 'fact.job-state': job.status, 'fact.operation': job.scenario },
  };
}

/** Where a job is known in Azure, as a reference needs it. */
export function placeOf(jobId: ArmId): { readonly vaultId: ArmId; readonly jobId: string } {
  return { vaultId: vaultOf(jobId), jobId: nameOf(jobId) };
}

/** A look at the job afterwards. */
export function showJob(job: ArmId): readonly Suggestion[] {
  return [
    { title: say('replication-job.resume.show'), wish: { operation: 'replication-job.show', parameters: { job } } },
  ];
}
