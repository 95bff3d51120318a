import { nameOf, vaultOf } from '../../azure/arm-id.ts';
import type { ReplicationJob } from '../../azure/recovery-types.ts';
import type { ArmId } from '../../azure/types.ts';
import type { ErrorCode } from '../../errors.ts';
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
import { type JobHit, requestOf, touchedByJob } from './job-hit.ts';

/**
 * The jobs of the last day that are in such a state, to choose from; those that Azure really lets be acted on are known only one by one.
 * @throws CatalogueError `none`, when there are none
 */
export async function jobChoices(
  context: Context,
  { states, none }: { readonly states: readonly string[]; readonly none: ErrorCode },
): Promise<readonly Choice[]> {
  const { jobs } = await replicationJobsSeen(context);
  return atLeastOne(jobs.filter(({ status }) => states.includes(status)).map(replicationJobChoice), none);
}

/** What a job does and whose it is, as messages take it. */
export function named(job: ReplicationJob) {
  return { scenario: scenarioText(job.scenario), target: job.target };
}

/** What acting on a job is said with. */
interface JobSaid {
  readonly sentence: Message;
  readonly more: readonly Fact[];
  /** It begins anew, or it is carried on or ended. */
  readonly anew: boolean;
}

/** The preview of acting on a job: the job with its tasks that are going on, and whatever it works on. */
export function jobPreview(job: ReplicationJob, hit: JobHit, { sentence, more, anew }: JobSaid): Preview {
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
    ...touching(job, hit, { anew }),
    measured: { 'fact.job-state': job.status, 'fact.operation': job.scenario },
  };
}

/** What acting on a job touches, and the request that the job does. */
export function touching(
  job: ReplicationJob,
  hit: JobHit,
  { anew }: Pick<JobSaid, 'anew'>,
): Pick<Preview, 'resources' | 'continues'> {
  const request = requestOf(job, hit);
  return { resources: [job.id, ...touchedByJob(hit)], ...(request && { continues: { ...request, anew } }) };
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
