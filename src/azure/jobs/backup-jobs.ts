import { z } from 'zod';
import type { AzureFault } from '../../errors.ts';
import type { Clients } from '../clients.ts';
import { read, readAll } from '../exchange.ts';
import { defined, maybe, moment, words } from '../fields.ts';
import { backupFilterTime, quoted } from '../filter-time.ts';
import { vaultPath } from '../paths.ts';
import { type JobSource, type JobView, jobState, taskState } from './job-view.ts';

const dayMs = 86_400_000;

const errorDetail = z.object({
  errorCode: maybe(z.union([z.number(), z.string()])),
  errorTitle: words,
  errorString: words,
  recommendations: maybe(z.array(z.string())),
});
const task = z.object({ taskId: words, status: words }).transform((one) => ({
  name: one.taskId ?? '',
  state: taskState(one.status),
}));
/** The properties of a job of Azure Backup, in a list or alone. */
export const jobProperties = z.object({
  status: z.string(),
  activityId: words,
  startTime: moment,
  endTime: moment,
  errorDetails: maybe(z.array(errorDetail)),
  extendedInfo: maybe(
    z.object({
      tasksList: maybe(z.array(task)),
      progressPercentage: maybe(z.number()),
      dynamicErrorMessage: words,
    }),
  ),
});
const job = z.object({ name: z.string(), properties: jobProperties });

/** Jobs of Azure Backup. Sent once: a repeated read would cost twice. */
export function backupJobs({ clients, now }: { readonly clients: Clients; readonly now: () => Date }): JobSource {
  return {
    async get(vaultId, jobId) {
      const { subscriptionId, resourceGroup, vault } = vaultPath(vaultId);
      const client = await clients.backup(subscriptionId, 'once');
      const found = await read(job, now, (options) => client.jobDetails.get(vault, resourceGroup, jobId, options));
      return viewOf(found.properties);
    },
    async list(vaultId, since) {
      const { subscriptionId, resourceGroup, vault } = vaultPath(vaultId);
      const client = await clients.backup(subscriptionId, 'once');
      const [start, end] = [since, new Date(now().getTime() + dayMs)].map((time) => quoted(backupFilterTime(time)));
      const filter = `backupManagementType eq 'AzureIaasVM' and startTime eq ${start} and endTime eq ${end}`;
      const found = await readAll(job, now, (options) =>
        client.backupJobs.list(vault, resourceGroup, { ...options, filter }),
      );
      return new Map(found.map((one) => [one.name.toLowerCase(), viewOf(one.properties)]));
    },
  };
}

/** A job as the tracker sees it. */
export function viewOf(one: z.infer<typeof jobProperties>): JobView {
  const state = jobState(one.status);
  const details = one.errorDetails ?? [];
  return defined({
    state,
    tasks: one.extendedInfo?.tasksList,
    startedAt: one.startTime,
    endedAt: one.endTime,
    percent: one.extendedInfo?.progressPercentage,
    fault: state === 'failed' || details.length > 0 ? faultOf(one) : undefined,
    recommendations: [...new Set(details.flatMap(({ recommendations }) => recommendations ?? []))],
  });
}

/** A job's failure comes inside a good answer, so its status is 200; the activity id is what Azure's support asks for. */
function faultOf(one: z.infer<typeof jobProperties>): AzureFault {
  const first = one.errorDetails?.[0];
  const said = [first?.errorTitle, first?.errorString].filter((part) => part !== undefined);
  const message = [...new Set(said)].join(': ') || (one.extendedInfo?.dynamicErrorMessage ?? one.status);
  const code = String(first?.errorCode ?? one.status);
  return defined({ status: 200, code, message, correlationId: one.activityId });
}
