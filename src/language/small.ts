import type { ParameterKind } from '../operations/parameters.ts';
import { isNeutral, type Sense } from './lexicon.ts';

/** Where a word stands in a request, and what else is said there. */
export interface Spoken {
  /** "Again" and "new" say nothing of their own. */
  readonly repeats: boolean;
  /** A time is in the sentence. */
  readonly timed: boolean;
  /** A recovery point is: "the latest one" may be meant of it, but "the last test failover" asks for something else. */
  readonly pointed: boolean;
  /** It stands after what is to be done. */
  readonly follows: boolean;
  /** It stands right before what is to be done: "a new backup". */
  readonly leads: boolean;
  /** A time follows that it belongs to: "backup of yesterday at 22:00". */
  readonly dated: boolean;
  /** What follows is a value: "use the latest point". */
  readonly takes: boolean;
  /** It leads to the end of what is made: "delete it after 7 days". */
  readonly expires: boolean;
}

/** Kinds whose values are words of the lexicon. */
const options = ['disk-size', 'disk-type', 'zone'] as const;

/** Whether a word that a phrase did not ask for says nothing of its own beside it, or only names what one of the parameters is. */
export function isSmall(
  senses: readonly Sense[],
  kinds: ReadonlySet<ParameterKind>,
  { timed, pointed, repeats, follows, leads, dated, takes, expires }: Spoken,
): boolean {
  const is = (...concepts: readonly string[]) => senses.some(({ concept }) => concepts.includes(concept));
  if (isNeutral(senses)) return true;
  if (kinds.has('snapshot-run') && is('run')) return true;
  // A second verb after the first: "torna a fare il backup".
  if (follows && takes && is('use', 'do')) return true;
  if (follows && expires && is('delete') && kinds.has('expiry')) return true;
  if (is('do')) return !follows;
  if (timed && (is('keep', 'until') || (pointsAt(kinds) && is('before')))) return true;
  if (repeats && is('again')) return true;
  if (is('new')) return repeats && leads;
  if (is('old', 'recent') && kinds.has('snapshot')) return true;
  if (is('other')) return kinds.has('policy') || pointsAt(kinds) || (repeats && leads);
  if (is('running', 'failed', 'waiting')) return kinds.has('backup-job') || kinds.has('replication-job');
  if (kinds.has('network') && is('network', 'no-network')) return true;
  // "A snapshot of the disks", "a disk snapshot", and not "a disk from the snapshot".
  if (
    (follows || leads) &&
    kinds.has('disks') &&
    senses.some(({ concept }) => concept === 'disk' || concept.startsWith('disks:'))
  )
    return true;
  // A plan's name says "plan" by itself.
  if (is('plan') && kinds.has('plan')) return true;
  // A plan is always all of it.
  if (is('all') && kinds.has('plan')) return follows;
  if (is('secondary-region') && kinds.has('region')) return true;
  if (senses.some(({ concept }) => options.some((kind) => kinds.has(kind) && concept.startsWith(`${kind}:`))))
    return true;
  if ((kinds.has('policy') && is('policy')) || (kinds.has('vault') && is('vault'))) return true;
  if (kinds.has('recovery-point') && pointed && is('recent')) return true;
  if (kinds.has('recovery-point') && follows && dated && is('recovery-point', 'backup', 'backups')) return true;
  const goesTo = kinds.has('replication-point') || kinds.has('plan-point');
  if (goesTo && follows && is('secondary-region')) return true;
  return goesTo && (is('recovery-point', 'latest-processed') || (pointed && is('recent')));
}

/** Whether a recovery point is chosen by a time: "before 14:00". */
function pointsAt(kinds: ReadonlySet<ParameterKind>): boolean {
  return kinds.has('recovery-point') || kinds.has('replication-point');
}
