import { z } from 'zod';
import { subscriptionOf } from '../arm-id.ts';
import { secondaryBase, secondaryVersion } from '../backup-secondary.ts';
import type { Clients } from '../clients.ts';
import { maybe, words } from '../fields.ts';
import type { JobRef } from '../job-types.ts';
import { type RawRequest, readRaw } from '../raw-request.ts';
import { jobProperties, viewOf } from './backup-jobs.ts';
import { type JobView, unseen } from './job-view.ts';

type Across = Extract<JobRef, { kind: 'cross-region' }>;

interface Parts {
  readonly clients: Clients;
  readonly now: () => Date;
}

const operation = z.object({
  status: z.string(),
  error: maybe(z.object({ code: words, message: words })),
  properties: maybe(z.object({ jobId: words })),
});
const job = z.object({ properties: jobProperties });

/** A restore in the paired region: its operation until that names a job, then the job. Neither costs of the budget of the vault's own jobs. */
export async function crossRegionView(parts: Parts, ref: Across): Promise<JobView & { readonly jobId?: string }> {
  if (ref.jobId !== undefined) return { ...(await jobView(parts, ref, ref.jobId)), jobId: ref.jobId };
  const path = `${base(ref)}/backupCrrOperationsStatus/${ref.operationId}`;
  const found = await read(parts, ref, { schema: operation, method: 'GET', path });
  const jobId = found.properties?.jobId;
  if (jobId !== undefined) return { ...(await jobView(parts, ref, jobId)), jobId };
  if (!/^failed$/i.test(found.status) && found.error === undefined) return unseen;
  const { code = found.status, message = found.status } = found.error ?? {};
  return { ...unseen, state: 'failed', fault: { status: 200, code, message } };
}

async function jobView(parts: Parts, ref: Across, jobName: string): Promise<JobView> {
  const body = { resourceId: ref.vaultId, jobName };
  const found = await read(parts, ref, { schema: job, method: 'POST', path: `${base(ref)}/backupCrrJob`, body });
  return viewOf(found.properties);
}

function base({ vaultId, region }: Across): string {
  return secondaryBase(vaultId, region);
}

async function read<T>(
  { clients, now }: Parts,
  { vaultId }: Across,
  { schema, ...wanted }: Omit<RawRequest, 'apiVersion'> & { readonly schema: z.ZodType<T> },
): Promise<T> {
  const client = await clients.backup(subscriptionOf(vaultId), 'patient');
  return await readRaw({ client, now, schema }, { ...wanted, apiVersion: secondaryVersion });
}
