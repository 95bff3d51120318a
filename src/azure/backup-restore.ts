import { setTimeout as pause } from 'node:timers/promises';
import { createPipelineRequest, RestError } from '@azure/core-rest-pipeline';
import { z } from 'zod';
import { sameId, vaultOf } from './arm-id.ts';
import { asOperation, itemNames, operationIn } from './backup-requests.ts';
import { readText, submitted, understood } from './exchange.ts';
import { answered } from './faults.ts';
import { maybe, words } from './fields.ts';
import type { VaultGatewayOptions } from './gateway-options.ts';
import { protectedItemPath, vaultPath } from './paths.ts';
import type { BackupGateway, RestoreFault } from './ports.ts';
import { restoreBody } from './restore-body.ts';
import type { ArmId, RestoreRequest, StorageAccount } from './types.ts';

type Restore = Pick<BackupGateway, 'restore' | 'validateRestore' | 'storageAccounts'>;

/** A person waits for it: what Azure has not said by then is told as not said. */
const validation = { looks: 12, pauseMs: 500 };
const storageVersion = '2023-05-01';

/** Restores, each sent once, and what has to be known before. */
export function backupRestore(options: VaultGatewayOptions): Restore {
  return {
    async restore(itemId, { clientRequestId, ...request }) {
      const at = protectedItemPath(itemId);
      const client = await options.clients.backup(at.subscriptionId, 'once');
      const body = { properties: restoreBody(request) };
      return await asOperation(itemId, { clientRequestId, now: options.now }, (callOptions) =>
        client.restores.beginTrigger(...itemNames(at), request.pointName, body, callOptions),
      );
    },
    validateRestore: (itemId, request) => validateRestore(options, itemId, request),
    storageAccounts: (subscriptionId, location) => storageAccounts(options, subscriptionId, location),
  };
}

const found = z.object({
  status: z.string(),
  properties: maybe(
    z.object({
      validateOperationResponse: maybe(
        z.object({ validationResults: maybe(z.array(z.object({ code: words, message: words }))) }),
      ),
    }),
  ),
});

async function validateRestore({ clients, now }: VaultGatewayOptions, itemId: ArmId, request: RestoreRequest) {
  const { subscriptionId, resourceGroup, vault } = vaultPath(itemId);
  const client = await clients.backup(subscriptionId, 'once');
  const objectType = 'ValidateIaasVMRestoreOperationRequest' as const;
  const body = { id: vaultOf(itemId), properties: { objectType, restoreRequest: restoreBody(request) } };
  const clientRequestId = crypto.randomUUID();
  const answer = await submitted({ clientRequestId, now }, (options) =>
    client.validateOperation.beginTrigger(vault, resourceGroup, body, options),
  );
  const operationId = operationIn(answer);
  for (let look = 0; look < validation.looks; look += 1) {
    const { status, properties } = await readText(found, now, (options) =>
      client.validateOperationStatuses.get(vault, resourceGroup, operationId, options),
    );
    if (!/^inprogress$/i.test(status)) return faultsOf(properties?.validateOperationResponse?.validationResults ?? []);
    await pause(validation.pauseMs);
  }
  return undefined;
}

function faultsOf(
  results: readonly { code: string | undefined; message: string | undefined }[],
): readonly RestoreFault[] {
  return results.map(({ code = 'Unknown', message = code }) => ({ code, message }));
}

const accounts: z.ZodType<{ readonly value: readonly StorageAccount[] }> = z.object({
  value: z.array(z.object({ id: z.string(), name: z.string(), location: z.string() })),
});

/** The package for storage is not worth its weight for one list; the request goes through the same pipeline. */
async function storageAccounts({ clients, now }: VaultGatewayOptions, subscriptionId: string, location: string) {
  const client = await clients.backup(subscriptionId, 'patient');
  const path = `/subscriptions/${subscriptionId}/providers/Microsoft.Storage/storageAccounts?api-version=${storageVersion}`;
  const request = createPipelineRequest({ url: `https://management.azure.com${path}` });
  const answer = await answered(async () => {
    const response = await client.sendRequest(request);
    if (response.status === 200) return response;
    throw new RestError('The storage accounts could not be listed', { statusCode: response.status, request, response });
  }, now);
  const { value } = understood(accounts, JSON.parse(answer.bodyAsText ?? 'null'), answer);
  return value.filter((account) => sameId(account.location, location));
}
