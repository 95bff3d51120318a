import { z } from 'zod';
import { segmentOf, vaultOf } from './arm-id.ts';
import { readAll, readFirstPage } from './exchange.ts';
import { maybe, moment, words } from './fields.ts';
import { backupFilterTime, quoted } from './filter-time.ts';
import type { VaultGatewayOptions } from './gateway-options.ts';
import { refuseWhenUsedUp } from './jobs/used-up.ts';
import { durationsBook } from './past-durations.ts';
import { vaultPath } from './paths.ts';
import type { BackupGateway, BackupJobKind } from './ports.ts';
import type { ArmId, Instant, JobRef } from './types.ts';

const dayMs = 86_400_000;
const historyDays = 30;

const job = z.object({
  name: z.string(),
  properties: z.object({
    containerName: words,
    entityFriendlyName: words,
    isUserTriggered: maybe(z.boolean()),
    startTime: moment,
    endTime: moment,
  }),
});

type Job = z.infer<typeof job>;
type History = Pick<BackupGateway, 'backupsSince' | 'jobsSince' | 'pastDurations'>;

/** What a vault's list of backup jobs tells about the past. It costs of the same budget as watching jobs. */
export function backupHistory(options: VaultGatewayOptions): History {
  const durations = durationsBook(options);
  return {
    backupsSince: (itemId, since) => jobsSince(options, { itemId, operation: 'Backup', since }),
    jobsSince: (itemId, operation, since) => jobsSince(options, { itemId, operation, since }),
    pastDurations: (vaultId, operation) => durations(vaultId, operation, () => finished(options, vaultId, operation)),
  };
}

async function jobsSince(
  { clients, budget, now }: VaultGatewayOptions,
  { itemId, operation, since }: { itemId: ArmId; operation: BackupJobKind; since: Instant },
): Promise<readonly JobRef[]> {
  const { subscriptionId, resourceGroup, vault } = vaultPath(itemId);
  refuseWhenUsedUp(budget, subscriptionId);
  const client = await clients.backup(subscriptionId, 'once');
  const filter = `operation eq ${quoted(operation)} and ${between(new Date(since), now())}`;
  const jobs = await readAll(job, now, (callOptions) =>
    client.backupJobs.list(vault, resourceGroup, { ...callOptions, filter }),
  );
  return jobs
    .filter((one) => isOf(itemId, one) && byUser(one) && startedSince(one, since))
    .map(({ name }) => ({ kind: 'backup' as const, vaultId: vaultOf(itemId), operationId: '', jobId: name }));
}

/** The first page only: the newest jobs say enough, and each page is a read of the budget. */
async function finished({ clients, now }: VaultGatewayOptions, vaultId: ArmId, operation: string) {
  const { subscriptionId, resourceGroup, vault } = vaultPath(vaultId);
  const client = await clients.backup(subscriptionId, 'once');
  const since = new Date(now().getTime() - historyDays * dayMs);
  const filter = `operation eq ${quoted(operation)} and status eq 'Completed' and ${between(since, now())}`;
  const first = await readFirstPage(job, now, (callOptions) =>
    client.backupJobs.list(vault, resourceGroup, { ...callOptions, filter }),
  );
  return first.map(({ properties }) => properties);
}

function between(from: Date, now: Date): string {
  const [start, end] = [from, new Date(now.getTime() + dayMs)].map((time) => quoted(backupFilterTime(time)));
  return `backupManagementType eq 'AzureIaasVM' and startTime eq ${start} and endTime eq ${end}`;
}

/** A job names its item by the container without its kind: `iaasvmcontainerv2;{group};{vm}`; two VMs can share a friendly name. */
function isOf(itemId: ArmId, { properties }: Job): boolean {
  const container = segmentOf(itemId, 'protectionContainers').toLowerCase();
  const named = properties.containerName?.toLowerCase();
  if (named !== undefined) return container === named || container.endsWith(`;${named}`);
  return container.endsWith(`;${properties.entityFriendlyName?.toLowerCase() ?? ''}`);
}

/** Older job types do not say who started them; then it may have been a user. */
function byUser({ properties }: Job): boolean {
  return properties.isUserTriggered !== false;
}

function startedSince({ properties }: Job, since: Instant): boolean {
  return properties.startTime !== undefined && Date.parse(properties.startTime) >= Date.parse(since);
}
