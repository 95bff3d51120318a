import type { RestoreFault } from '../../azure/ports.ts';
import type { RestoreRequest, RestoreTarget } from '../../azure/types.ts';
import { explained } from '../../azure-codes.ts';
import { say } from '../../message.ts';
import { guardFindings } from '../backup/guarded.ts';
import { restoreFindings } from '../checks/restore.ts';
import type { Context } from '../context.ts';
import { look } from '../facts.ts';
import type { Finding } from '../screen.ts';
import { requestOf, restoreAction, type Source } from './restore-source.ts';

/** What stands in a restore's way, as far as the point tells, the vault's guard, the place where it goes, and Azure's own validation. */
export async function restoreChecks(
  context: Context,
  source: Source,
  { target, staging }: { readonly target: RestoreTarget; readonly staging: string | undefined },
): Promise<readonly Finding[]> {
  const { item, point, region } = source;
  if (item.softDeleted) return [blocking('data-deleted', { vm: item.friendlyName })];
  if (point.tiers.length > 0 && point.tiers.every((tier) => tier === 'archive')) return [blocking('archived', {})];
  if (staging === undefined) return [blocking('no-staging', { region })];
  const [guard, place, azure] = await Promise.all([
    guardFindings(context, item.vaultId, restoreAction),
    restoreFindings(context, source, target),
    opinion(context, source, requestOf(source, target, staging)),
  ]);
  return [...guard, ...place, ...azure];
}

/** Azure's own, which it has only of restores in the vault's region. */
async function opinion(context: Context, { item, secondary }: Source, request: RestoreRequest) {
  if (secondary === true) return [notValidatedThere];
  const azure = await look('Azure Backup', context.azure.backup.validateRestore(item.id, request));
  return azure.seen && azure.value !== undefined ? validated(azure.value) : [notValidated];
}

const notValidatedThere: Finding = {
  id: 'not-validated-there',
  severity: 'warns',
  text: say('check.not-validated-there'),
};

/** Azure has the last word when the restore starts, so that its silence only warns. */
const notValidated: Finding = {
  id: 'not-validated',
  severity: 'warns',
  text: say('check.not-validated'),
  unseen: true,
};

function validated(faults: readonly RestoreFault[]): readonly Finding[] {
  if (faults.length === 0) return [{ id: 'validated', severity: 'passed', text: say('check.validated') }];
  return faults.map(refusal);
}

/** Azure's opinion in our words where we know the code. */
function refusal(fault: RestoreFault): Finding {
  const known = explained(fault);
  if (known === undefined) return blocking('azure-refuses', { code: fault.code, text: fault.message });
  return {
    id: 'azure-refuses',
    severity: 'blocks',
    text: say('check.azure-refuses', { text: known.text }),
    advice: known.advice,
  };
}

const texts = {
  'data-deleted': 'check.data-deleted',
  archived: 'check.archived',
  'no-staging': 'check.no-staging',
  'azure-refuses': 'check.azure-refuses',
} as const;

function blocking(id: keyof typeof texts, values: Record<string, string>): Finding {
  const text = texts[id];
  return { id, severity: 'blocks', text: say(text, values), advice: say(`${text}.advice`, values) };
}
