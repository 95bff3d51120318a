import type { ParameterKind } from '../operations/parameters.ts';
import type { Entity } from './entities.ts';
import { isNeutral } from './lexicon.ts';
import {
  type Pattern,
  type Phrase,
  unknownWeight,
  valueWeight,
  type Wanted,
  type WantedValue,
  type WantedWord,
  weightOf,
} from './patterns.ts';
import { firstOf, type Item } from './reading.ts';
import { fitsSlot, isKnownVm } from './slots.ts';

/** A sentence as it is compared with patterns: without lead-in, without the reason at its end. */
export interface Heard {
  readonly tag: string;
  readonly items: readonly Item[];
  readonly literal: string;
  readonly literalWords: ReadonlySet<string>;
  /** Everything that its words can mean. */
  readonly concepts: ReadonlySet<string>;
  readonly entities: readonly Entity[];
  /** Nothing in it is a name, known or likely: a word that nobody knows may be one. */
  readonly unnamed: boolean;
  /** It is a question by its mark or by its first word: what is to be done in it is only spoken of. */
  readonly asks: boolean;
  /** What a VM is called in some language. */
  readonly machines: { has(form: string): boolean };
  readonly articles: { has(form: string): boolean };
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

/** A sentence with what every comparison asks of it, found out once. */
export interface Sought {
  readonly heard: Heard;
  /** By the ways of patterns (`wayOf`) and the items of the sentence: what each weighs beside a pattern. */
  readonly weights: readonly (readonly number[])[];
  /** By the numbers of wanted words: which item says it first, counted from 1; 0: none does. */
  readonly firsts: Uint16Array;
  /** By the numbers of the phrases' words: 1 for those of the sentence. */
  readonly said: Uint8Array;
}

/** A pattern with the numbers of what it wants and of its phrases' words. */
export interface Entry {
  readonly pattern: Pattern;
  /** The number of the first thing that it wants; the others follow. */
  readonly from: number;
  /** Phrase by phrase. */
  readonly words: readonly Uint16Array[];
  /** The same number for all whose comparisons stand for each other: of one operation, and said alike. */
  readonly lane: number;
}

/** Compares a sentence with one pattern: twice what they share, by the sum of both (Dice), with a little for the same language and the same small words. */
export function fitOf(sought: Sought, entry: Entry): Fit {
  const { heard } = sought;
  const { pattern } = entry;
  const { pairs, left, whole } = pairsOf(sought, entry);
  const verbs = pairs.flatMap(({ wanted, item }) => (isVerb(wanted) ? [item] : []));
  const unknownName = pairs.find(({ wanted, item }) => wanted.want === 'value' && item.kind === 'unknown')?.item;
  const exact = pattern.phrases.some(({ literal }) => literal === heard.literal);
  const extra = heard.items.filter((_, at) => left[at] !== undefined);
  const alike = likeness(sought, pattern, { pairs, left });
  return {
    pattern,
    score: exact ? 1 : nearest(sought, entry, alike) * doubt(pattern, { extra, unknownName, asks: heard.asks }),
    exact,
    extra,
    whole,
    fuzzy: pairs.some(({ item }) => item.kind === 'word' && item.fuzzy),
    inOrder: verbs.every((item, at) => at === 0 || firstOf(item) > firstOf(verbs[at - 1] ?? item)),
    verb: verbs[0],
    unknownName,
  };
}

interface Pair {
  readonly wanted: Wanted;
  readonly item: Item;
}

/** The items of a sentence in their places, without those that are used up. */
type Left = readonly (Item | undefined)[];

interface Pairs {
  readonly pairs: readonly Pair[];
  readonly left: Left;
  /** Nothing is missing but values. */
  readonly whole: boolean;
}

/** Finds something in the sentence for everything that the pattern wants; nothing is used twice. */
function pairsOf({ heard, firsts }: Sought, { pattern, from }: Entry): Pairs {
  const left: (Item | undefined)[] = [...heard.items];
  const pairs: Pair[] = [];
  let spoken = false;
  let whole = true;
  let number = from;
  for (const wanted of pattern.wanted) {
    const first = (firsts[number] ?? 0) - 1;
    number += 1;
    const at = wanted.want === 'value' ? placeOfValue(wanted, left, spoken) : placeOfWord(wanted, left, first);
    const item = left[at];
    whole &&= item !== undefined || wanted.want === 'value';
    if (item === undefined) continue;
    left[at] = undefined;
    pairs.push({ wanted, item });
    spoken ||= heard.unnamed && wanted.want === 'concept';
  }
  return { pairs, left, whole };
}

/** `first`: the first of all items that say it; when it is used up, the next one is looked for. */
function placeOfWord(wanted: WantedWord, items: Left, first: number): number {
  if (first === -1 || items[first] !== undefined) return first;
  return items.findIndex((item) => item !== undefined && says(item, wanted));
}

/**
 * A VM that exists is taken before a word that only looks like one. `spoken`: something of the phrase besides values was found, and nothing in the
 * sentence is a name: an unknown word may be one.
 */
function placeOfValue({ slot }: WantedValue, items: Left, spoken: boolean): number {
  const known = slot === 'vm' ? items.findIndex((item) => item !== undefined && isKnownVm(item)) : -1;
  if (known !== -1) return known;
  return items.findIndex((item) =>
    item?.kind === 'value' ? fitsSlot(item.entity, slot) : spoken && item !== undefined && fitsAsWord(item, slot),
  );
}

function isVerb(wanted: Wanted): boolean {
  return wanted.want === 'concept' && !wanted.concepts.includes('do');
}

/** Twice what is shared by the sum of both, by weight: the pattern's, and what the sentence says of it and beside it. */
export function alikeness({
  weight,
  shared,
  beside,
}: Readonly<Record<'weight' | 'shared' | 'beside', number>>): number {
  return (2 * shared) / Math.max(weight + shared + beside, 0.1);
}

function likeness({ weights }: Sought, pattern: Pattern, { pairs, left }: Omit<Pairs, 'whole'>): number {
  const shared = pairs.reduce((sum, pair) => sum + weightOfPair(pair), 0);
  const ownWeights = weights[wayOf(pattern)] ?? [];
  let beside = 0;
  for (let at = 0; at < left.length; at += 1) {
    const item = left[at];
    if (item !== undefined) beside += (ownWeights[at] ?? 0) * (isRepeated(item, pattern) ? 0.3 : 1);
  }
  return alikeness({ weight: pattern.weight, shared, beside });
}

/** What the phrase has said already: "a summary of everything". */
function isRepeated(item: Item, { changing, speaksOf }: Pattern): boolean {
  return !changing && item.kind === 'word' && item.senses.some(({ concept }) => speaksOf.has(concept));
}

/** What only stands for the word of the phrase counts a little less than the word. */
function weightOfPair({ wanted, item }: Pair): number {
  const standsIn =
    wanted.want === 'concept' &&
    item.kind === 'word' &&
    !item.senses.some(({ concept }) => wanted.concepts.includes(concept));
  return standsIn ? 0.95 * wanted.weight : wanted.weight;
}

/** What takes away from a likeness: a name that nobody knows, a wish for more than is read. */
function doubt(
  pattern: Pattern,
  { extra, unknownName, asks }: Pick<Fit, 'extra' | 'unknownName'> & Pick<Heard, 'asks'>,
): number {
  const strange = unknownName === undefined || pattern.changing ? 1 : 0.8;
  return strange * (!asks && wantsMore(extra, pattern) ? 0.75 : 1);
}

/** The likeness to the nearest of the phrases. */
function nearest({ heard, said }: Sought, { pattern, words }: Entry, alike: number): number {
  let best = 0;
  let at = 0;
  for (const phrase of pattern.phrases) {
    const near = (heard.tag === phrase.tag ? 0.01 : 0) + 0.02 * sameSmallWords(said, words[at]);
    at += 1;
    best = Math.max(best, Math.min(0.99, alike - 0.03 + near) * borrowing(heard, pattern, phrase));
  }
  return best;
}

/** An action's words, read as something to read about, are meant so in their own language only. */
function borrowing(heard: Heard, { borrowed }: Pattern, { tag }: Phrase): number {
  return borrowed && heard.tag !== tag ? 0.8 : 1;
}

/** Something is to be done that reading does not do: "stop", "delete". */
function wantsMore(extra: readonly Item[], pattern: Pattern): boolean {
  const does = (item: Item) =>
    item.kind === 'word' &&
    !isNeutral(item.senses) &&
    item.senses.every(({ kind, concept }) => kind === 'action' && concept !== 'backup' && concept !== 'do');
  return !pattern.changing && extra.some(does);
}

function says(item: Item, { concepts, spoken }: WantedWord): boolean {
  if (item.kind === 'unknown') return concepts.includes(`=${item.form}`);
  return item.kind === 'word' && item.senses.some(({ concept }) => concept !== 'neutral' && spoken.includes(concept));
}

/** A word that nobody knows can be the name that is missing. */
function fitsAsWord(item: Item, slot: ParameterKind): boolean {
  if (item.kind === 'unknown')
    return /^[\p{L}\p{N}][\p{L}\p{N}.-]*$/u.test(item.form) && (slot === 'vm' || slot === 'words');
  return item.kind === 'word' && slot === 'disks' && item.senses.some(({ concept }) => concept === 'disk');
}

/** How much something counts that a sentence says beside a pattern. */
export function weightOfExtra(
  item: Item,
  pattern: Pick<Pattern, 'changing' | 'borrowed'>,
  asks: Heard['asks'],
): number {
  if (item.kind === 'unknown') return pattern.changing ? unknownWeight : 0.6;
  if (item.kind === 'value') return weightOfValue(item.entity);
  if (isNeutral(item.senses)) return 0;
  const spokenOf = asks && !pattern.changing;
  const means = (concept: string) => item.senses.some((sense) => sense.concept === concept);
  if (means('do')) return pattern.changing ? 0 : spokenOf ? 0.3 : 0.5;
  if (means('backup')) return pattern.changing || pattern.borrowed ? 1.6 : spokenOf ? 0.3 : 0.6;
  if (!item.senses.some(({ kind }) => kind === 'action')) return weightOf(item.senses);
  return spokenOf && !pattern.borrowed ? 0.6 : 1.6;
}

function weightOfValue(entity: Entity): number {
  const light = {
    group: 0,
    subscription: 0,
    tag: 0,
    region: 0.2,
    ticket: 0,
    announced: 0,
    length: 0.2,
    moment: 0.2,
    network: 0.3,
    vault: 0.3,
    number: 0.3,
  } as const;
  return entity.kind in light ? light[entity.kind as keyof typeof light] : valueWeight;
}

function sameSmallWords(said: Uint8Array, words: Uint16Array = none): number {
  let same = 0;
  for (let at = 0; at < words.length; at += 1) same += said[words[at] ?? 0] ?? 0;
  return same / words.length;
}

const none = new Uint16Array();

/** The ways in which what is said beside a pattern can weigh; `wayOf` tells which is a pattern's. */
export const ways = [
  { changing: false, borrowed: false },
  { changing: false, borrowed: true },
  { changing: true, borrowed: false },
] as const;

/** The place of a pattern's way in `ways`. */
export function wayOf({ changing, borrowed }: Pattern): number {
  return changing ? 2 : Number(borrowed);
}
