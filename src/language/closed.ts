import type { ParameterInfo, ParameterKind } from '../operations/parameters.ts';
import { diskNames } from './disk-said.ts';
import { firstSaid, isPath, isTime, means, saysSomething } from './items.ts';
import { isNeutral } from './lexicon.ts';
import type { Fit, Heard } from './match.ts';
import { firstOf, type Item, lastOf } from './reading.ts';
import { fitsSlot, isKnownVm, unindexed } from './slots.ts';
import { isSmall } from './small.ts';

/** Whether a sentence asks for a changing operation and for nothing else: what is left over says nothing, or is a value of the operation. */
export function isClosed(fit: Fit, heard: Heard, parameters: readonly ParameterInfo[]): boolean {
  if (!fit.whole || fit.fuzzy || !(fit.inOrder || isTurned(fit, heard.items))) return false;
  const kinds = new Set(parameters.map(({ kind }) => kind));
  if (!areNamesInPlace(fit, heard.items, kinds)) return false;
  if (isUnsaidPlan(heard, kinds) || tellsOfFailure(heard.items)) return false;
  if (kinds.has('snapshot') && namesDiskSnapshot(heard.items)) return false;
  if (!fit.exact && movesMachine(heard)) return false;
  if (
    isNoun(fit, heard) ||
    tellsWhatItDoes(heard) ||
    makesMachine(fit, heard) ||
    isNewOtherwise(fit, heard) ||
    beginsOtherwise(fit, heard.items)
  )
    return false;
  if (!heard.items.every((item) => item.kind !== 'value' || isOwnValue(item, heard.items, kinds))) return false;
  const timed = heard.items.some((item) => isTime(item));
  const repeats =
    (fit.verb !== undefined && means(fit.verb, repeatable)) ||
    heard.items.some((item) => leadsToAnother(item, heard.items));
  const pointed = heard.items.some(
    (item) => item.kind === 'word' && item.senses.some(({ concept }) => concept === 'recovery-point'),
  );
  const verbAt = fit.verb === undefined ? 0 : heard.items.indexOf(fit.verb);
  return fit.extra.every((item) => {
    if (item.kind === 'unknown') return isPath(item) && fit.pattern.speaksOf.has('file');
    return (
      item.kind === 'value' ||
      (!item.fuzzy &&
        (isSaidAgain(item, fit) ||
          isAllOfPlan(item, heard) ||
          isSmall(item.senses, kinds, {
            timed,
            pointed,
            repeats,
            follows: heard.items.indexOf(item) > verbAt,
            leads: heard.items.indexOf(item) === verbAt - 1 || leadsToAnother(item, heard.items),
            dated: isDated(item, heard.items),
            takes: takesValue(item, heard.items),
            expires: leadsToExpiry(item, heard.items),
          })))
    );
  });
}

/** "Create a disk snapshot of sql01" makes a snapshot, and no disk from one. */
function namesDiskSnapshot(items: readonly Item[]): boolean {
  return items.some((item, at) => {
    const next = items[at + 1];
    return means(item, ['disk']) && next !== undefined && means(next, ['snapshot', 'snapshots']);
  });
}

/** "Everything in erp-plan". */
function isAllOfPlan({ senses }: Item & { readonly kind: 'word' }, { entities }: Heard): boolean {
  return senses.some(({ concept }) => concept === 'fleet') && entities.some(({ kind }) => kind === 'plan');
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

/** "Take new snapshots of sql01" wants no new VM from its snapshots: what makes a machine is said to, where its name alone is told. */
function isNewOtherwise({ pattern, exact }: Fit, { items, machines }: Heard): boolean {
  if (exact || !pattern.speaksOf.has('new') || pattern.speaksOf.has('restore') || pattern.speaksOf.has('rebuild'))
    return false;
  const makes = pattern.phrases.every(({ words }) => words.some((word) => machines.has(word)));
  return (
    makes && !items.some((item) => item.kind === 'word' && item.form.split(' ').some((word) => machines.has(word)))
  );
}

/** Its words stand on both sides of a comma or a colon: "somebody deleted a file on sql01, make a backup of it" may be no "file from the backup". */
export function isGathered({ extra, exact }: Fit, { items, parted }: Heard): boolean {
  const said = exact ? [] : items.filter((item) => item.kind === 'word' && !extra.includes(item));
  return said.some((item, at) => {
    const before = said[at - 1];
    return before !== undefined && lastOf(before) < firstOf(item) && parted(lastOf(before), firstOf(item));
  });
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
    return next?.kind !== 'word' || !next.senses.some(({ kind }) => kind === 'thing');
  });
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
function isNoun({ verb }: Fit, { items, hurries }: Heard): boolean {
  if (verb?.kind !== 'word' || verb.form.includes(' ')) return false;
  if (!verb.senses.some(({ concept }) => nouns.has(concept))) return false;
  const does = items.some((item) => item.kind === 'word' && item.senses.some(({ concept }) => concept === 'do'));
  const behind = items.slice(items.indexOf(verb) + 1);
  // "mercury: backup now please".
  const isHurried =
    behind.some((item) => item.kind === 'word' && hurries.has(item.form)) && !behind.some(saysSomething);
  return (
    !does &&
    !isHurried &&
    items.slice(0, items.indexOf(verb)).some((item) => item.kind === 'value' && item.entity.kind === 'vm')
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
  return items.slice(0, items.indexOf(item)).findLast(saysSomething);
}

/** A time is an expiry when the sentence says so; by itself it says when to begin, and nothing begins later than now. */
function isOwnValue(
  item: Item & { readonly kind: 'value' },
  items: readonly Item[],
  kinds: ReadonlySet<ParameterKind>,
): boolean {
  const { entity } = item;
  if (entity.kind === 'group' || entity.kind === 'subscription' || entity.kind === 'ticket') return true;
  if (entity.kind === 'announced') return kinds.has('words') || kinds.has('notes');
  // "Cancel the backup of sql01": whose job it is.
  if (isKnownVm(item) && kinds.has('backup-job')) return true;
  // "Delete the old snapshot of sql01 from Monday": which one is asked among those that there are.
  if ((isKnownVm(item) || entity.kind === 'moment') && kinds.has('snapshot')) return true;
  if (isExpiry(item, items)) return kinds.has('expiry');
  return [...kinds].some((kind) => kind !== 'expiry' && fitsSlot(entity, kind));
}

/** "for 60 days", "keep it until friday", "expires in two weeks". */
export function isExpiry(item: Item, items: readonly Item[]): boolean {
  if (item.kind !== 'value' || !isTime(item)) return false;
  if (item.entity.kind === 'length' && item.entity.use === 'for') return true;
  const before = beforeOf(item, items);
  // "Delete it after 7 days".
  const cues = item.entity.kind === 'length' ? ['keep', 'delete'] : ['keep', 'until'];
  return before?.kind === 'word' && before.senses.some(({ concept }) => cues.includes(concept));
}

/** What can be done again and anew without meaning something else; "protect again" means another operation, "restore to a new VM" too. */
const repeatable: readonly string[] = ['backup', 'snapshot', 'drill'];

/** "Take new snapshots of …": one more of them. */
function leadsToAnother(item: Item, items: readonly Item[]): boolean {
  const next = items[items.indexOf(item) + 1];
  return means(item, ['new']) && next !== undefined && means(next, ['backup', 'snapshot', 'snapshots']);
}

/** "… delete it after 7 days": until when what is made is kept. */
function leadsToExpiry(item: Item, items: readonly Item[]): boolean {
  const next = firstSaid(items.slice(items.indexOf(item) + 1));
  return next !== undefined && isTime(next) && isExpiry(next, items);
}

/** "Use yesterday's backup", "take the latest point", "use vnet-dr": which one is meant, and nothing to be done. */
function takesValue(item: Item, items: readonly Item[]): boolean {
  const next = firstSaid(items.slice(items.indexOf(item) + 1));
  return next?.kind === 'value' && ['moment', 'length', 'point', 'network', 'policy'].includes(next.entity.kind);
}

/** "The point of yesterday", "backup from before 14:00": only small words stand between it and its time. */
function isDated(item: Item, items: readonly Item[]): boolean {
  const next = items
    .slice(items.indexOf(item) + 1)
    .find(
      (one) =>
        one.kind !== 'word' || !(isNeutral(one.senses) || one.senses.some(({ concept }) => concept === 'before')),
    );
  // "This morning's recovery point".
  const before = beforeOf(item, items);
  return (next !== undefined && isTime(next)) || (before !== undefined && isTime(before));
}
