import { z } from 'zod';
import { vaultOf } from './arm-id.ts';
import { itemNames, operationIn } from './backup-requests.ts';
import { readText, submitted } from './exchange.ts';
import { unreadable } from './faults.ts';
import { defined, maybe, words } from './fields.ts';
import type { VaultGatewayOptions } from './gateway-options.ts';
import { recoveryPointPath, vaultPath } from './paths.ts';
import type { BackupGateway } from './ports.ts';
import type { FileScript } from './types.ts';

type Files = Pick<BackupGateway, 'openFiles' | 'closeFiles' | 'fileScripts'>;

/** Sessions of file recovery (azure-api.md 1.3): opened and closed with one request each. */
export function backupFiles({ clients, now }: VaultGatewayOptions): Files {
  return {
    async openFiles(pointId, { vmId, initiator, clientRequestId }) {
      const at = recoveryPointPath(pointId);
      const client = await clients.backup(at.subscriptionId, 'once');
      const objectType = 'IaasVMILRRegistrationRequest' as const;
      const ours = { initiatorName: initiator, renewExistingRegistration: false };
      const properties = { objectType, recoveryPointId: at.point, virtualMachineId: vmId, ...ours };
      const answer = await submitted({ clientRequestId, now }, (options) =>
        client.itemLevelRecoveryConnections.provision(...itemNames(at), at.point, { properties }, options),
      );
      return { kind: 'files', vaultId: vaultOf(pointId), pointId, operationId: operationIn(answer), wanted: 'open' };
    },
    async closeFiles(pointId, { clientRequestId }) {
      const at = recoveryPointPath(pointId);
      const client = await clients.backup(at.subscriptionId, 'once');
      const answer = await submitted({ clientRequestId, now }, (options) =>
        client.itemLevelRecoveryConnections.revoke(...itemNames(at), at.point, options),
      );
      return { kind: 'files', vaultId: vaultOf(pointId), pointId, operationId: operationIn(answer), wanted: 'closed' };
    },
    async fileScripts({ vaultId, operationId }) {
      const { subscriptionId, resourceGroup, vault } = vaultPath(vaultId);
      const client = await clients.backup(subscriptionId, 'patient');
      const found = await readText(status, now, (options) =>
        client.backupOperationStatuses.get(vault, resourceGroup, operationId, options),
      );
      return (found.properties?.recoveryTarget?.clientScripts ?? []).map(scriptOf);
    },
  };
}

const script = z.object({
  osType: words,
  scriptExtension: words,
  scriptContent: words,
  url: words,
  scriptNameSuffix: words,
});
const status = z.object({
  properties: maybe(z.object({ recoveryTarget: maybe(z.object({ clientScripts: maybe(z.array(script)) })) })),
});

/** Where Azure hides the password: in the last part of the name's suffix, as Azure's own CLI reads it (azure-api.md 1.3). */
const hidden = { at: 33, length: 15 };
/** What Azure's own CLI puts in the password's place, so that the script asks for it. */
const asks = 'TargetPassword="UserInput012345"';

function scriptOf(one: z.infer<typeof script>): FileScript {
  const osType: FileScript['osType'] = /^windows$/i.test(one.osType ?? '') ? 'Windows' : 'Linux';
  const suffix = one.scriptNameSuffix ?? '';
  const last = suffix.slice(suffix.lastIndexOf('_') + 1);
  const content = one.scriptContent === undefined ? undefined : Buffer.from(one.scriptContent, 'base64').toString();
  const password = passwordIn(last) ?? /TargetPassword="([^"]+)"/.exec(content ?? '')?.[1];
  if (password === undefined) throw unreadable(200, undefined, 'the script names no password');
  return defined({
    osType,
    fileName: `${suffix.replace(password, '')}${one.scriptExtension ?? ''}`,
    password,
    url: one.url,
    content: content?.replaceAll(`TargetPassword="${password}"`, asks),
  });
}

function passwordIn(last: string): string | undefined {
  const password = last.slice(hidden.at, hidden.at + hidden.length);
  return password.length === hidden.length ? password : undefined;
}
