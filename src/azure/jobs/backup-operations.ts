import { z } from 'zod';
import type { AzureFault } from '../../errors.ts';
import type { Clients } from '../clients.ts';
import { read } from '../exchange.ts';
import { defined, maybe, words } from '../fields.ts';
import { vaultPath } from '../paths.ts';
import type { ArmId } from '../types.ts';

/** What an operation of Azure Backup has come to. Its success only means that a job exists (azure-api.md 1.0). */
export type OperationView =
  /** `done`: it has succeeded and made no job. */
  | { readonly state: 'running' | 'cancelled' | 'done' }
  | { readonly state: 'job'; readonly jobId: string }
  | { readonly state: 'failed'; readonly fault: AzureFault };

const operation = z.object({
  status: z.string(),
  error: maybe(z.object({ code: words, message: words })),
  properties: maybe(z.object({ jobId: words })),
});

/** Reads `V/backupOperations/{id}`, which has a quota of its own. Throws `azure-not-found` while Azure does not know it. */
export async function backupOperation(
  { clients, now }: { readonly clients: Clients; readonly now: () => Date },
  vaultId: ArmId,
  operationId: string,
): Promise<OperationView> {
  const { subscriptionId, resourceGroup, vault } = vaultPath(vaultId);
  const client = await clients.backup(subscriptionId, 'once');
  const found = await read(operation, now, (options) =>
    client.backupOperationStatuses.get(vault, resourceGroup, operationId, options),
  );
  const jobId = found.properties?.jobId;
  if (jobId !== undefined) return { state: 'job', jobId };
  if (/^cancell?ed$/i.test(found.status)) return { state: 'cancelled' };
  if (/^failed$/i.test(found.status) || found.error !== undefined) return { state: 'failed', fault: faultOf(found) };
  return { state: /^succeeded$/i.test(found.status) ? 'done' : 'running' };
}

function faultOf({ status, error }: z.infer<typeof operation>): AzureFault {
  return defined({ status: 200, code: error?.code ?? status, message: error?.message ?? status });
}
