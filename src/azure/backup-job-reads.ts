import { z } from 'zod';
import { nameOf, vaultOf } from './arm-id.ts';
import { read, readAll } from './exchange.ts';
import { defined, maybe, moment, words } from './fields.ts';
import { backupFilterTime, quoted } from './filter-time.ts';
import type { VaultGatewayOptions } from './gateway-options.ts';
import { jobProperties, viewOf } from './jobs/backup-jobs.ts';
import { refuseWhenUsedUp } from './jobs/used-up.ts';
import { vaultPath } from './paths.ts';
import type { BackupGateway } from './ports.ts';
import type { BackupJob } from './types.ts';

const dayMs = 86_400_000;

/** `Cancellable`, or its number, 1: the SDK and the service do not agree (azure-api.md 1.0). */
const actions = maybe(z.array(z.union([z.string(), z.number()])));

const job: z.ZodType<BackupJob> = z
  .object({
    id: z.string(),
    name: z.string(),
    properties: jobProperties.extend({
      entityFriendlyName: words,
      operation: words,
      actionsInfo: actions,
      startTime: moment,
      endTime: moment,
    }),
  })
  .transform(({ id, name, properties }) => {
    const { state: _, tasks = [], ...view } = viewOf(properties);
    const cancellable = (properties.actionsInfo ?? []).some((action) => /^(cancellable|1)$/i.test(String(action)));
    return defined({
      id,
      name,
      vaultId: vaultOf(id),
      operation: properties.operation ?? '',
      status: properties.status,
      target: properties.entityFriendlyName ?? '',
      // Azure leaves the action on jobs that are over.
      cancellable: cancellable && properties.status === 'InProgress',
      ...view,
      tasks,
    });
  });

/** What the vault's jobs are doing. Sent once and inside the budget: a repeated read would cost twice. */
export function backupJobReads({ clients, budget, now }: VaultGatewayOptions): Pick<BackupGateway, 'jobs' | 'job'> {
  return {
    async jobs(vaultId, since) {
      const { subscriptionId, resourceGroup, vault } = vaultPath(vaultId);
      refuseWhenUsedUp(budget, subscriptionId);
      const client = await clients.backup(subscriptionId, 'once');
      const [start, end] = [new Date(since), new Date(now().getTime() + dayMs)].map((time) =>
        quoted(backupFilterTime(time)),
      );
      const filter = `backupManagementType eq 'AzureIaasVM' and startTime eq ${start} and endTime eq ${end}`;
      const found = await readAll(job, now, (options) =>
        client.backupJobs.list(vault, resourceGroup, { ...options, filter }),
      );
      return found.toSorted((a, b) => (b.startedAt ?? '').localeCompare(a.startedAt ?? ''));
    },
    async job(jobId) {
      const { subscriptionId, resourceGroup, vault } = vaultPath(jobId);
      refuseWhenUsedUp(budget, subscriptionId);
      const client = await clients.backup(subscriptionId, 'once');
      return await read(job, now, (options) => client.jobDetails.get(vault, resourceGroup, nameOf(jobId), options));
    },
  };
}
