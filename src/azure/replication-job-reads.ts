import { z } from 'zod';
import { nameOf, vaultOf } from './arm-id.ts';
import { readText, submitted } from './exchange.ts';
import { defined, maybe, moment, words } from './fields.ts';
import type { VaultGatewayOptions } from './gateway-options.ts';
import { taskState } from './jobs/job-view.ts';
import { faultOf, jobErrors } from './jobs/replication-jobs.ts';
import { refuseWhenUsedUp } from './jobs/used-up.ts';
import { vaultPath } from './paths.ts';
import type { SiteRecoveryGateway } from './ports.ts';
import type { ReplicationJob, ReplicationTask } from './recovery-types.ts';
import type { JobRef } from './types.ts';

const jobTask = maybe(z.object({ targetObjectName: words }));

const task: z.ZodType<ReplicationTask> = z
  .object({
    name: words,
    friendlyName: words,
    taskType: words,
    state: words,
    startTime: moment,
    endTime: moment,
    customDetails: maybe(z.object({ instanceType: words, instructions: words, jobTask })),
    groupTaskCustomDetails: maybe(z.object({ childTasks: maybe(z.array(z.lazy(() => task))) })),
  })
  .transform((one) =>
    defined({
      name: one.friendlyName ?? one.name ?? '',
      state: taskState(one.state),
      waits: /^suspended$/i.test(one.state ?? ''),
      instructions: one.customDetails?.instructions,
      vmName: one.customDetails?.jobTask?.targetObjectName,
      startedAt: one.startTime,
      endedAt: one.endTime,
      tasks: one.groupTaskCustomDetails?.childTasks ?? [],
    }),
  );

const job: z.ZodType<ReplicationJob> = z
  .object({
    id: z.string(),
    name: z.string(),
    properties: z.object({
      scenarioName: words,
      friendlyName: words,
      state: z.string(),
      activityId: words,
      targetObjectName: words,
      targetInstanceType: words,
      allowedActions: maybe(z.array(z.string())),
      tasks: maybe(z.array(task)),
      errors: jobErrors,
      startTime: moment,
      endTime: moment,
    }),
  })
  .transform(({ id, name, properties: one }) =>
    defined({
      id,
      name,
      vaultId: vaultOf(id),
      scenario: one.scenarioName ?? one.friendlyName ?? '',
      status: one.state,
      target: one.targetObjectName ?? '',
      allowedActions: one.allowedActions ?? [],
      tasks: one.tasks ?? [],
      startedAt: one.startTime,
      endedAt: one.endTime,
      fault: one.errors.length > 0 ? faultOf(one, one.errors) : undefined,
      recommendations: [...new Set(one.errors.flatMap(({ action }) => action ?? []))],
    }),
  );

/** One job with its tree of tasks, and what may be done to it. Read once and inside the budget: a repeated read would cost twice. */
export function replicationJobReads(options: VaultGatewayOptions): Pick<SiteRecoveryGateway, 'job' | 'actOnJob'> {
  const { clients, budget, now } = options;
  return {
    async job(jobId) {
      const { subscriptionId, resourceGroup, vault } = vaultPath(jobId);
      refuseWhenUsedUp(budget, subscriptionId);
      const client = await clients.recovery(subscriptionId, 'once');
      return await readText(job, now, (call) => client.replicationJobs.get(vault, resourceGroup, nameOf(jobId), call));
    },
    async actOnJob(jobId, { action, comments, clientRequestId }): Promise<JobRef> {
      const { subscriptionId, resourceGroup, vault } = vaultPath(jobId);
      const client = (await clients.recovery(subscriptionId, 'once')).replicationJobs;
      const name = nameOf(jobId);
      await submitted({ clientRequestId, now }, (call) => {
        if (action === 'Cancel') return client.beginCancel(vault, resourceGroup, name, call);
        if (action === 'Restart') return client.beginRestart(vault, resourceGroup, name, call);
        return client.beginResume(vault, resourceGroup, name, { properties: { comments } }, call);
      });
      // These make no job of their own: the job goes on under its name.
      const job = { vaultId: vaultOf(jobId), jobId: name };
      if (action === 'Cancel') return { kind: 'replication-cancel', ...job };
      if (action === 'Restart') return { kind: 'replication-restart', ...job, restartedAt: now().toISOString() };
      return { kind: 'replication', ...job };
    },
  };
}
