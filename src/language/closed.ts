import type { ParameterInfo, ParameterKind } from '../operations/parameters.ts';
import { diskNames } from './disk-said.ts';
import { isNeutral, type Sense } from './lexicon.ts';
import type { Fit, Heard } from './match.ts';
import type { Item } from './reading.ts';
import { fitsSlot, isKnownVm, unindexed } from './slots.ts';

/** Whether a sentence asks for a changing operation and for nothing else: what is left over says nothing, or is a value of the operation. */
export function isClosed(fit: Fit, heard: Heard, parameters: readonly ParameterInfo[]): boolean {
  if (!fit.whole || fit.fuzzy || !(fit.inOrder || isTurned(fit, heard.items))) return false;
  const kinds = new Set(parameters.map(({ kind }) => kind));
  if (!areNamesInPlace(fit, heard.items, kinds)) return false;
  if (isUnsaidPlan(heard, kinds) || tellsOfFailure(heard.items)) return false;
  if (!fit.exact && movesMachine(heard)) return false;
  if (
    isNoun(fit, heard.items) ||
    tellsWhatItDoes(heard) ||
    makesMachine(fit, heard) ||
    beginsOtherwise(fit, heard.items)
  )
    return false;
  if (!heard.items.every((item) => item.kind !== 'value' || isOwnValue(item, heard.items, kinds))) return false;
  const timed = heard.items.some((item) => isTime(item));
  const repeats = fit.verb?.kind === 'word' && fit.verb.senses.some(({ concept }) => repeatable.has(concept));
  const pointed = heard.items.some(
    (item) => item.kind === 'word' && item.senses.some(({ concept }) => concept === 'recovery-point'),
  );
  const verbAt = fit.verb === undefined ? 0 : heard.items.indexOf(fit.verb);
  return fit.extra.every((item) => {
    if (item.kind === 'unknown') return false;
    return (
      item.kind === 'value' ||
      (!item.fuzzy &&
        (isSaidAgain(item, fit) ||
          isSmall(item.senses, kinds, {
            timed,
            pointed,
            repeats,
            follows: heard.items.indexOf(item) > verbAt,
            leads: heard.items.indexOf(item) === verbAt - 1,
            dated: isDated(item, heard.items),
          })))
    );
  });
}

/** "Reprotect sql01, so that it replicates back": what the phrase has said already. */
function isSaidAgain({ senses }: Item & { readonly kind: 'word' }, { pattern }: Fit): boolean {
  return senses.every(({ kind, concept }) => kind !== 'function' && pattern.speaksOf.has(concept));
}

/** "Create a VM from the backup of …" makes a machine, where a phrase does not want a new one; "take for the server sql01 a backup" names one. */
function makesMachine({ verb, pattern }: Fit, { items, machines }: Heard): boolean {
  if (pattern.speaksOf.has('new')) return false;
  const does = items.findIndex((item) => item.kind === 'word' && item.senses.some(({ concept }) => concept === 'do'));
  const end = verb === undefined ? -1 : items.indexOf(verb);
  return items
    .slice(0, Math.max(end, 0))
    .some(
      (item, at) =>
        does !== -1 &&
        at > does &&
        item.kind === 'word' &&
        machines.has(item.form) &&
        !(items[at + 1]?.kind === 'value'),
    );
}

/** "Take dc01 out of site recovery", "tira a dc01 do backup": done to the machine itself, it may be the opposite of what is done for it. */
function movesMachine({ items, articles }: Heard): boolean {
  const isArticle = (item: Item | undefined) => item?.kind === 'word' && articles.has(item.form);
  const does = items.findIndex((item) => item.kind === 'word' && item.senses.some(({ concept }) => concept === 'do'));
  if (does === -1) return false;
  const named = isArticle(items[does + 1]) ? does + 2 : does + 1;
  const [name, after] = [items[named], items[named + 1]];
  const isVm = name?.kind === 'value' && name.entity.kind === 'vm';
  return isVm && after?.kind === 'word' && isNeutral(after.senses);
}

/** A word that is small elsewhere may be what is wanted where it begins the sentence: "para de replicar …" is "stop replicating". */
function beginsOtherwise({ extra }: Fit, items: readonly Item[]): boolean {
  const [first] = items;
  return (
    first?.kind === 'word' &&
    extra.includes(first) &&
    isNeutral(first.senses) &&
    first.senses.some(({ kind, concept }) => kind === 'action' && concept !== 'do')
  );
}

/** A name that is no plan's is taken for one only where "plan" is said. */
function isUnsaidPlan({ concepts, entities }: Heard, kinds: ReadonlySet<ParameterKind>): boolean {
  const named = entities.some(({ kind }) => kind === 'vm');
  return kinds.has('plan') && named && !concepts.has('plan') && !entities.some(({ kind }) => kind === 'plan');
}

/** "Restart the failed job" names one; "restart the job failed" tells what became of it. Elsewhere the adjective stands behind. */
function tellsOfFailure(items: readonly Item[]): boolean {
  return items.some((item, at) => {
    if (item.kind !== 'word' || item.form !== 'failed') return false;
    const next = items[at + 1];
    const isOfThing = next?.kind === 'word' && next.senses.some(({ kind }) => kind === 'thing');
    // "It failed, restart it": what is to be done comes behind.
    return !isOfThing && !items.slice(at + 1).some((one) => one.kind === 'word' && !isNeutral(one.senses) && acts(one));
  });
}

function acts({ senses }: Item & { readonly kind: 'word' }): boolean {
  return senses.every(({ kind }) => kind === 'action');
}

/** "Disks only: restore sql01": what is to be done right behind what it is done to, and neither said before. */
function isTurned({ pattern, verb }: Fit, items: readonly Item[]): boolean {
  const words = pattern.wanted.filter((wanted) => wanted.want === 'concept');
  const [act, thing] = words;
  const before = verb === undefined ? undefined : items[items.indexOf(verb) - 1];
  return (
    words.length === 2 &&
    act?.subject === false &&
    thing?.subject === true &&
    before?.kind === 'word' &&
    before === items.find((item) => item.kind === 'word') &&
    before.senses.some(({ concept }) => thing.concepts.includes(concept))
  );
}

/** "A web-prod-01 faz backup" tells what a VM does; "web-prod-01: faz backup" asks for it. */
function tellsWhatItDoes({ items, articles }: Heard): boolean {
  const name = items.findIndex((item) => item.kind !== 'word' || !articles.has(item.form));
  const [named, after] = [items[name], items[name + 1]];
  return (
    name > 0 &&
    named?.kind === 'value' &&
    named.entity.kind === 'vm' &&
    after?.kind === 'word' &&
    after.senses.some(({ concept }) => concept === 'do')
  );
}

/** What is done and what comes of it are called alike: "reprotect" and "commit" are no such words. */
export const nouns: ReadonlySet<string> = new Set([
  'backup',
  'snapshot',
  'failover',
  'failback',
  'restore',
  'test',
  'drill',
  'cleanup',
  'replicate',
]);

/** "sql-prod-01 backup" may speak of the backup; "sql-prod-01: back up" and "for sql-prod-01 take a backup" do not. */
function isNoun({ verb }: Fit, items: readonly Item[]): boolean {
  if (verb?.kind !== 'word' || verb.form.includes(' ')) return false;
  if (!verb.senses.some(({ concept }) => nouns.has(concept))) return false;
  const does = items.some((item) => item.kind === 'word' && item.senses.some(({ concept }) => concept === 'do'));
  return (
    !does && items.slice(0, items.indexOf(verb)).some((item) => item.kind === 'value' && item.entity.kind === 'vm')
  );
}

/**
 * What is no name that is known is taken for one only after what is to be done, and only when it is the one name, or the operation
 * has a parameter for it: "back up mercury2", but not "oops back up", and not a mistyped word beside a VM.
 */
function areNamesInPlace({ unknownName }: Fit, items: readonly Item[], kinds: ReadonlySet<ParameterKind>): boolean {
  const named = kinds.has('snapshot-run') ? ['vm'] : ['vm', 'run'];
  const names = items.filter(
    (item) => item === unknownName || (item.kind === 'value' && named.includes(item.entity.kind)),
  );
  const disks = kinds.has('disks') ? diskNames(items) : [];
  const strange = names.filter((item) => !isKnownVm(item) && !disks.includes(item));
  const places = [...kinds].filter((kind) => unindexed.has(kind)).length;
  if (strange.length > Math.max(places, names.length === 1 + disks.length ? 1 : 0)) return false;
  // What has run into a name ("restore dea-rquivo web-prod-02") is no network's, which stands behind the VM.
  const ahead = items.find((item) => isKnownVm(item));
  const later = [...kinds].filter((kind) => unindexed.has(kind)).every((kind) => kind === 'network');
  if (later && ahead !== undefined && strange.some((item) => items.indexOf(item) < items.indexOf(ahead))) return false;
  return strange.every((item) => {
    const before = beforeOf(item, items);
    return before?.kind === 'word'
      ? before.senses.some(({ kind, concept }) => (kind === 'action' || kind === 'thing') && concept !== 'do')
      : places > 0 && before !== undefined;
  });
}

/** The nearest item before another that says something. */
export function beforeOf(item: Item, items: readonly Item[]): Item | undefined {
  return items.slice(0, items.indexOf(item)).findLast((one) => one.kind !== 'word' || !isNeutral(one.senses));
}

function isTime(item: Item): boolean {
  return item.kind === 'value' && (item.entity.kind === 'length' || item.entity.kind === 'moment');
}

/** A time is an expiry when the sentence says so; by itself it says when to begin, and nothing begins later than now. */
function isOwnValue(
  item: Item & { readonly kind: 'value' },
  items: readonly Item[],
  kinds: ReadonlySet<ParameterKind>,
): boolean {
  const { entity } = item;
  if (entity.kind === 'group' || entity.kind === 'subscription' || entity.kind === 'ticket') return true;
  if (isExpiry(item, items)) return kinds.has('expiry');
  return [...kinds].some((kind) => kind !== 'expiry' && fitsSlot(entity, kind));
}

/** "for 60 days", "keep it until friday", "expires in two weeks". */
export function isExpiry(item: Item, items: readonly Item[]): boolean {
  if (item.kind !== 'value' || !isTime(item)) return false;
  if (item.entity.kind === 'length' && item.entity.use === 'for') return true;
  const before = beforeOf(item, items);
  const cues = item.entity.kind === 'length' ? ['keep'] : ['keep', 'until'];
  return before?.kind === 'word' && before.senses.some(({ concept }) => cues.includes(concept));
}

/** What can be done again and anew without meaning something else; "protect again" means another operation, "restore to a new VM" too. */
const repeatable: ReadonlySet<string> = new Set(['backup', 'snapshot', 'drill']);

/** Whether a recovery point is chosen by a time: "before 14:00". */
function pointsAt(kinds: ReadonlySet<ParameterKind>): boolean {
  return kinds.has('recovery-point') || kinds.has('replication-point');
}

/** "The point of yesterday", "backup from before 14:00": only small words stand between it and its time. */
function isDated(item: Item, items: readonly Item[]): boolean {
  const next = items
    .slice(items.indexOf(item) + 1)
    .find(
      (one) =>
        one.kind !== 'word' || !(isNeutral(one.senses) || one.senses.some(({ concept }) => concept === 'before')),
    );
  return next !== undefined && isTime(next);
}

interface Spoken {
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
}

/** Kinds whose values are words of the lexicon. */
const options = ['disk-size', 'disk-type', 'zone'] as const;

function isSmall(
  senses: readonly Sense[],
  kinds: ReadonlySet<ParameterKind>,
  { timed, pointed, repeats, follows, leads, dated }: Spoken,
): boolean {
  const is = (...concepts: readonly string[]) => senses.some(({ concept }) => concepts.includes(concept));
  if (isNeutral(senses)) return true;
  // A second verb after the first: "torna a fare il backup".
  if (is('do')) return !follows;
  if (timed && (is('keep', 'until') || (pointsAt(kinds) && is('before')))) return true;
  if (repeats && is('again')) return true;
  if (is('new')) return repeats && leads;
  if (is('other')) return kinds.has('policy') || pointsAt(kinds) || (repeats && leads);
  if (is('running', 'failed')) return kinds.has('backup-job') || kinds.has('replication-job');
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
  if (kinds.has('snapshot-run') && is('run')) return true;
  const goesTo = kinds.has('replication-point') || kinds.has('plan-point');
  return goesTo && (is('recovery-point', 'latest-processed') || (pointed && is('recent')));
}
