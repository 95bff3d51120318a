import { nameOf } from '../../azure/arm-id.ts';
import type { ArmId } from '../../azure/types.ts';
import { say } from '../../message.ts';
import type { Context } from '../context.ts';
import { look } from '../facts.ts';
import type { Finding } from '../screen.ts';

/**
 * Whether multi-user authorization protects an action in a vault. Azure would want the guard's consent, which a bot cannot give, so it blocks; a guard
 * that could not be looked at only warns: Azure has the last word (azure-api.md 1.5).
 */
export async function guardFindings(context: Context, vaultId: ArmId, action: string): Promise<readonly Finding[]> {
  const seen = await look(nameOf(vaultId), context.azure.backup.guardOf(vaultId));
  if (!seen.seen)
    return [
      { id: 'guard-unseen', severity: 'warns', text: say('check.guard-unseen', { why: seen.why }), unseen: true },
    ];
  const guard = seen.value;
  if (guard === undefined || !guard.protects.some((one) => covers(one, action))) return [];
  const values = { guard: guard.name, vault: nameOf(vaultId) };
  return [
    {
      id: 'guarded',
      severity: 'blocks',
      text: say('check.guarded', values),
      advice: say('check.guarded.advice', values),
    },
  ];
}

/** Newer guards name a part of an action after `#`. */
function covers(guarded: string, action: string): boolean {
  return guarded.split('#')[0]?.toLowerCase() === action.toLowerCase();
}
