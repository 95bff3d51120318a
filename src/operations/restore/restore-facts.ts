import { nameOf } from '../../azure/arm-id.ts';
import { say } from '../../message.ts';
import type { Context } from '../context.ts';
import { fact, moment, usualOrUnknown, vmWithGroup } from '../facts.ts';
import type { Fact, Preview } from '../screen.ts';
import { consistencyOf, type Source, tiersOf } from './restore-source.ts';

/** What every restore shows: from which point, how good it is, how much it lacks, and how long it usually takes. */
export async function restoreFacts(
  context: Context,
  { item, point }: Source,
  staging: string | undefined,
): Promise<readonly Fact[]> {
  const seconds = Math.max(0, Math.round((context.now().getTime() - Date.parse(point.time)) / 1000));
  return [
    fact('vm', vmWithGroup(item.vmId)),
    fact('vault', nameOf(item.vaultId)),
    fact('recovery-point', moment(point.time)),
    fact('consistency', consistencyOf(point)),
    fact('tier', tiersOf(point)),
    fact('lost', say('fact.lost-since', { span: { seconds } })),
    ...(staging === undefined ? [] : [fact('staging', nameOf(staging))]),
    fact('usually', await usualOrUnknown(context.azure.backup.pastDurations(item.vaultId, 'Restore'))),
  ];
}

/** What must be the same when the restore starts. */
export function restoreMeasures({ item, point }: Source): Preview['measured'] {
  return {
    'fact.vault': nameOf(item.vaultId),
    'fact.recovery-point': point.time,
    'fact.tier': point.tiers.join(' '),
    'fact.soft-deleted': String(item.softDeleted),
  };
}
