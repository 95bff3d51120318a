import { sameId } from '../../azure/arm-id.ts';
import type { ArmId, FileScript, RecoveryPoint } from '../../azure/types.ts';
import { say } from '../../message.ts';
import type { Context } from '../context.ts';
import { fact } from '../facts.ts';
import { protectedItemOf } from '../located.ts';
import { own } from '../operation.ts';
import type { Answer, Section } from '../screen.ts';

const message = own('restore.files');

const points = 'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints';
/** The right to open a session of file recovery. */
export const openAction = `${points}/provisionInstantItemRecovery/action`;
/** The right to close one. */
export const closeAction = `${points}/revokeInstantItemRecovery/action`;

/** Azure ends a session by itself after so long (azure-api.md 1.3). */
export const sessionHours = 12;

/** The recovery points of a VM on which a session is open. */
export async function openPoints(context: Context, vm: ArmId): Promise<readonly RecoveryPoint[]> {
  const { id } = await protectedItemOf(context, vm);
  return (await context.azure.backup.recoveryPoints(id)).filter((point) => point.filesOpen === true);
}

/** Whether a session is open on the point. */
export async function isOpen(context: Context, vm: ArmId, pointId: ArmId): Promise<boolean> {
  return (await openPoints(context, vm)).some(({ id }) => sameId(id, pointId));
}

/** The operation whose result holds the scripts; Azure's API version of the vault's operations is part of what is typed. */
interface Fetching {
  readonly vaultId: ArmId;
  readonly operationId: string;
}

/** What to do with the scripts on a machine of each kind. The password stands in a fact, where neither a summary nor a notification shows it. */
export function mountingAnswer(scripts: readonly FileScript[], fetching: Fetching): Answer {
  return {
    title: message('secret-title'),
    tone: 'warning',
    lead: message('secret-lead'),
    sections: scripts.map((script) => (script.osType === 'Windows' ? windows(script) : linux(script, fetching))),
    notes: [message('secret-note')],
  };
}

function windows({ url, fileName, password }: FileScript): Section {
  return {
    title: message('windows'),
    tone: 'neutral',
    lead: message('windows-steps'),
    facts: [
      ...(url === undefined ? [] : [fact('download', url)]),
      fact('save-as', fileName),
      fact('password', password),
    ],
  };
}

function linux({ fileName, password }: FileScript, fetching: Fetching): Section {
  return {
    title: message('linux'),
    tone: 'neutral',
    lead: message('linux-steps'),
    facts: [
      fact('fetch-with', fetchCommand(fileName, fetching)),
      fact('run-with', `chmod +x ${quoted(fileName)} && sudo ./${quoted(fileName)}`),
      fact('password', password),
    ],
  };
}

/**
 * Azure gives the Linux script as text that is larger than a card may be. Whoever holds the right to ask for it can read it themselves: the line
 * names the operation and holds no secret.
 */
function fetchCommand(fileName: string, { vaultId, operationId }: Fetching): string {
  const url = `https://management.azure.com${vaultId}/backupOperations/${operationId}?api-version=2023-06-01`;
  const query = `properties.recoveryTarget.clientScripts[?osType=='Linux'].scriptContent|[0]`;
  return `az rest --url "${url}" --query "${query}" -o tsv | base64 -d > ${quoted(fileName)}`;
}

/** A name that Azure made, for a shell: nothing in it is read as more than a name. */
function quoted(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}

/** Why a session cannot be opened or shown where the person cannot be reached alone. */
export const noOwnChat = { text: say('check.no-own-chat'), advice: say('check.no-own-chat.advice') };
