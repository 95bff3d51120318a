import type { ParameterInfo, ParameterKind } from '../operations/parameters.ts';
import type { Entity } from './entities.ts';
import type { Sense } from './lexicon.ts';
import { type Pattern, unknownWeight, valueWeight, type Wanted, weightOf } from './patterns.ts';
import { firstOf, type Item } from './reading.ts';

/** A sentence as it is compared with patterns: without lead-in, without the reason at its end. */
export interface Heard {
  readonly tag: string;
  readonly items: readonly Item[];
  readonly literal: string;
  readonly literalWords: ReadonlySet<string>;
  /** Everything that its words can mean. */
  readonly concepts: ReadonlySet<string>;
}

/** How well a sentence fits a pattern. */
export interface Fit {
  readonly pattern: Pattern;
  /** 0 to 1. */
  readonly score: number;
  /** The sentence is the phrase, word by word. */
  readonly exact: boolean;
  /** What the sentence has and the pattern did not want; the words of its values are not in it. */
  readonly extra: readonly Item[];
  /** Nothing that the pattern wants is missing, but for values that can be asked for. */
  readonly whole: boolean;
  /** Something fitted only by similarity. */
  readonly fuzzy: boolean;
  /** What is said of the phrase stands in the phrase's order. */
  readonly inOrder: boolean;
  /** The first word of the phrase that was found, other than "do". */
  readonly verb: Item | undefined;
  /** A word that nobody knows stands for a name. */
  readonly unknownName: Item | undefined;
}

/** Compares a sentence with one pattern: twice what they share, by the sum of both (Dice), with a little for the same language and the same small words. */
export function fitOf(heard: Heard, pattern: Pattern): Fit {
  const left = [...heard.items];
  const unnamed = !heard.items.some(
    (item) => item.kind === 'value' && (item.entity.kind === 'vm' || item.entity.kind === 'run'),
  );
  let shared = 0;
  let whole = true;
  let fuzzy = false;
  let spoken = false;
  let unknownName: Item | undefined;
  let inOrder = true;
  let reached = -1;
  let verb: Item | undefined;
  for (const wanted of pattern.wanted) {
    const at = left.findIndex((item) =>
      satisfies(item, wanted, { spoken: spoken && unnamed, reading: !pattern.changing }),
    );
    const item = left[at];
    if (item === undefined) {
      whole &&= wanted.want === 'value';
      continue;
    }
    left.splice(at, 1);
    shared += wanted.weight;
    spoken ||= wanted.want === 'concept';
    if (wanted.want === 'concept' && !wanted.concepts.includes('do')) {
      inOrder &&= firstOf(item) > reached;
      reached = firstOf(item);
      verb ??= item;
    }
    if (wanted.want === 'value' && item.kind === 'unknown') unknownName = item;
    fuzzy ||= item.kind === 'word' && item.fuzzy;
  }
  const extraWeight = left.reduce((sum, item) => sum + weightOfExtra(item, pattern), 0);
  const exact = heard.literal === pattern.literal;
  const total = pattern.weight + shared + extraWeight;
  const near = (heard.tag === pattern.tag ? 0.01 : 0) + 0.02 * sameSmallWords(heard, pattern);
  const alike = Math.min(0.99, Math.max(0, (2 * shared) / Math.max(total, 0.1) - 0.03 + near));
  const foreign = pattern.borrowed && heard.tag !== pattern.tag;
  const doubt =
    (foreign ? 0.8 : 1) *
    (unknownName === undefined || pattern.changing ? 1 : 0.8) *
    (wantsMore(left, pattern) ? 0.75 : 1);
  const score = exact ? 1 : alike * doubt;
  return { pattern, score, exact, extra: left, whole, fuzzy, inOrder, verb, unknownName };
}

/** Something is to be done that reading does not do: "stop", "delete". */
function wantsMore(extra: readonly Item[], pattern: Pattern): boolean {
  const does = (item: Item) =>
    item.kind === 'word' &&
    !isNeutral(item.senses) &&
    item.senses.every(({ kind, concept }) => kind === 'action' && concept !== 'backup' && concept !== 'do');
  return !pattern.changing && extra.some(does);
}

function isKnownVm(item: Item): boolean {
  return item.kind === 'value' && item.entity.kind === 'vm' && item.entity.known;
}

interface Circumstances {
  /** Something of the phrase besides values was found, and nothing in the sentence is a name: an unknown word may be one. */
  readonly spoken: boolean;
  readonly reading: boolean;
}

/** Who asks about one of these is answered by what shows the other; who wants something done is taken at their word. */
const related: Readonly<Record<string, readonly string[]>> = {
  protection: ['replication', 'rpo', 'snapshots', 'replicated'],
};

function satisfies(item: Item, wanted: Wanted, { spoken, reading }: Circumstances): boolean {
  if (wanted.want === 'value') {
    return item.kind === 'value' ? fitsSlot(item.entity, wanted.slot) : spoken && fitsAsWord(item, wanted.slot);
  }
  if (item.kind === 'unknown') return wanted.concepts.includes(`=${item.form}`);
  return item.kind === 'word' && item.senses.some(({ concept }) => means(concept, wanted.concepts, reading));
}

function means(concept: string, wanted: readonly string[], reading: boolean): boolean {
  if (concept === 'neutral') return false;
  return wanted.includes(concept) || (reading && wanted.some((one) => related[one]?.includes(concept) === true));
}

/** Whether a value can fill a parameter of that kind. */
export function fitsSlot(entity: Entity, slot: ParameterKind): boolean {
  if (unindexed.has(slot) && entity.kind === 'vm' && !entity.known) return true;
  return fillable[slot]?.includes(entity.kind) ?? false;
}

/** Kinds of things whose names are not in the index of names: a name that nothing else has may be one. */
export const unindexed: ReadonlySet<ParameterKind> = new Set(['policy', 'snapshot', 'backup-job', 'network']);

const fillable: Readonly<Record<string, readonly Entity['kind'][]>> = {
  vm: ['vm', 'run'],
  vault: ['vault'],
  plan: ['plan'],
  run: ['run'],
  network: ['network'],
  expiry: ['length', 'moment'],
  instant: ['length', 'moment'],
  'replication-point': ['moment'],
  'recovery-point': ['moment'],
  words: ['ticket'],
};

/** A word that nobody knows can be the name that is missing. */
function fitsAsWord(item: Item, slot: ParameterKind): boolean {
  if (item.kind === 'unknown')
    return /^[\p{L}\p{N}][\p{L}\p{N}.-]*$/u.test(item.form) && (slot === 'vm' || slot === 'words');
  return item.kind === 'word' && slot === 'disks' && item.senses.some(({ concept }) => concept === 'disk');
}

function weightOfExtra(item: Item, pattern: Pattern): number {
  if (item.kind === 'unknown') return unknownWeight;
  if (item.kind === 'value') return weightOfValue(item.entity);
  if (isNeutral(item.senses)) return 0;
  const does = item.senses.some(({ kind }) => kind === 'action');
  if (item.senses.some(({ concept }) => concept === 'do')) return pattern.changing ? 0 : 0.5;
  if (item.senses.some(({ concept }) => concept === 'backup')) return pattern.changing || pattern.borrowed ? 1.6 : 0.6;
  return does ? 1.6 : weightOf(item.senses);
}

function weightOfValue(entity: Entity): number {
  const light = { group: 0, ticket: 0, length: 0.2, moment: 0.2, network: 0.3, vault: 0.3, number: 0.3 } as const;
  return entity.kind in light ? light[entity.kind as keyof typeof light] : valueWeight;
}

/** Whether a word says nothing by itself in that place. */
export function isNeutral(senses: readonly Sense[]): boolean {
  return senses.some(({ kind }) => kind === 'neutral');
}

function sameSmallWords({ literalWords }: Heard, pattern: Pattern): number {
  let same = 0;
  for (const word of pattern.literalWords) if (literalWords.has(word)) same += 1;
  return same / pattern.literalWords.length;
}

/** The most that a comparison could yield, found without making it: most phrases have too little in common with a sentence. */
export function mostAlike(heard: Heard, pattern: Pattern): number {
  let shared = 0;
  for (const wanted of pattern.wanted) {
    if (wanted.want === 'value' || isSpokenOf(wanted.concepts, heard, pattern)) shared += wanted.weight;
  }
  return (2 * shared) / Math.max(pattern.weight + shared, 0.1);
}

function isSpokenOf(concepts: readonly string[], heard: Heard, pattern: Pattern): boolean {
  for (const concept of concepts) {
    if (heard.concepts.has(concept)) return true;
    if (!pattern.changing && related[concept]?.some((one) => heard.concepts.has(one)) === true) return true;
  }
  return false;
}

/** Whether a sentence asks for a changing operation and for nothing else: what is left over says nothing, or is a value of the operation. */
export function isClosed(fit: Fit, heard: Heard, parameters: readonly ParameterInfo[]): boolean {
  const kinds = new Set(parameters.map(({ kind }) => kind));
  if (!fit.whole || fit.fuzzy || !fit.inOrder || !areNamesInPlace(fit, heard.items, kinds)) return false;
  if (isNoun(fit, heard.items)) return false;
  if (!heard.items.every((item) => item.kind !== 'value' || isOwnValue(item, heard.items, kinds))) return false;
  const timed = heard.items.some((item) => isTime(item));
  const pointed = heard.items.some(
    (item) => item.kind === 'word' && item.senses.some(({ concept }) => concept === 'recovery-point'),
  );
  return fit.extra.every((item) => {
    if (item.kind === 'unknown') return false;
    return item.kind === 'value' || (!item.fuzzy && isSmall(item.senses, kinds, { timed, pointed }));
  });
}

/** "sql-prod-01 backup" may speak of the backup; "sql-prod-01: back up" and "for sql-prod-01 take a backup" do not. */
function isNoun({ verb }: Fit, items: readonly Item[]): boolean {
  if (verb?.kind !== 'word' || verb.form.includes(' ')) return false;
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
  const names = items.filter(
    (item) =>
      item === unknownName || (item.kind === 'value' && (item.entity.kind === 'vm' || item.entity.kind === 'run')),
  );
  const strange = names.filter((item) => !isKnownVm(item));
  const places = [...kinds].filter((kind) => unindexed.has(kind)).length;
  if (strange.length > Math.max(places, names.length === 1 ? 1 : 0)) return false;
  return strange.every((item) => {
    const before = beforeOf(item, items);
    return before?.kind === 'word'
      ? before.senses.some(({ kind }) => kind === 'action' || kind === 'thing')
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
  if (entity.kind === 'group' || entity.kind === 'ticket') return true;
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

interface Spoken {
  /** A time is in the sentence. */
  readonly timed: boolean;
  /** A recovery point is: "the latest one" may be meant of it, but "the last test failover" asks for something else. */
  readonly pointed: boolean;
}

function isSmall(senses: readonly Sense[], kinds: ReadonlySet<ParameterKind>, { timed, pointed }: Spoken): boolean {
  const is = (...concepts: readonly string[]) => senses.some(({ concept }) => concepts.includes(concept));
  if (isNeutral(senses) || is('do')) return true;
  if (timed && is('keep', 'until')) return true;
  if (kinds.has('network') && is('network', 'no-network')) return true;
  if (is('disk') && kinds.has('disks')) return true;
  if (kinds.has('recovery-point') && pointed && is('recent')) return true;
  return kinds.has('replication-point') && (is('recovery-point', 'latest-processed') || (pointed && is('recent')));
}
