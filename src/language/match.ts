import type { ParameterKind } from '../operations/parameters.ts';
import type { Entity } from './entities.ts';
import { filling } from './fillings.ts';
import { isNeutral } from './lexicon.ts';
import type { Entry } from './pattern-index.ts';
import type { Pattern, WantedValue, WantedWord } from './patterns.ts';
import { conceptsOf, firstOf, type Item } from './reading.ts';
import { wayOf } from './weights.ts';

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
  /** "Now", "asap". */
  readonly hurries: { has(form: string): boolean };
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
  /** By the numbers of wanted words: 1 where that item says it in the pattern's own words. */
  readonly own: Uint8Array;
  /** By the numbers of patterns: the items that a pattern speaks of, a bit for each of the first 32. */
  readonly spoken: Uint32Array;
  /** By the items: how each can fill a parameter of that kind. */
  readonly fillings: ReadonlyMap<ParameterKind, readonly number[]>;
  /** By the items: whether it is something to do that no reading does. */
  readonly acts: readonly boolean[];
  /** By the items: the number of the pattern that has used it up last. */
  readonly used: number[];
  /** By the numbers of the phrases' words: 1 for those of the sentence. */
  readonly said: Uint8Array;
  /** The numbers of the patterns that have a phrase which is the sentence. */
  readonly exact: ReadonlySet<number>;
}

/** What the sentence has for each thing that a pattern wants. */
interface Pairs {
  /** By what is wanted: the item that was found for it; -1: none. */
  readonly places: readonly number[];
  /** By weight. */
  readonly shared: number;
  /** Nothing is missing but values. */
  readonly whole: boolean;
}

/** Compares a sentence with one pattern: twice what they share, by the sum of both (Dice), with a little for the same language and the same small words. */
export function fitOf(sought: Sought, entry: Entry): Fit {
  const { places, shared, whole } = pairsOf(sought, entry);
  const exact = sought.exact.has(entry.at);
  const alike = exact ? 1 : alikeness(entry.pattern.weight, shared, besideOf(sought, entry));
  const score = exact ? 1 : nearest(sought, entry, alike) * doubt(sought, entry, places);
  return new Comparison(sought.heard.items, { entry, places, score, exact, whole });
}

/** What most comparisons are never asked is found out when it is. */
class Comparison implements Fit {
  readonly pattern: Pattern;
  readonly score: number;
  readonly exact: boolean;
  readonly whole: boolean;
  readonly #items: readonly Item[];
  readonly #entry: Entry;
  readonly #places: readonly number[];

  constructor(
    items: readonly Item[],
    found: { readonly entry: Entry } & Omit<Pairs, 'shared'> & Pick<Fit, 'score' | 'exact'>,
  ) {
    this.#items = items;
    this.#entry = found.entry;
    this.#places = found.places;
    this.pattern = found.entry.pattern;
    this.score = found.score;
    this.exact = found.exact;
    this.whole = found.whole;
  }

  get extra(): readonly Item[] {
    return this.#items.filter((_, at) => !this.#places.includes(at));
  }

  get fuzzy(): boolean {
    return this.#places.some((at) => isFuzzy(this.#items[at]));
  }

  get inOrder(): boolean {
    const verbs = this.#verbs;
    return verbs.every((item, at) => at === 0 || firstOf(item) > firstOf(verbs[at - 1] ?? item));
  }

  get verb(): Item | undefined {
    return this.#verbs[0];
  }

  get unknownName(): Item | undefined {
    return unknownNameOf(this.#entry.pattern, this.#places, this.#items);
  }

  get #verbs(): readonly Item[] {
    return this.#places.flatMap((at, nth) => (this.#entry.verbs[nth] === true ? (this.#items[at] ?? []) : []));
  }
}

function isFuzzy(item: Item | undefined): boolean {
  return item?.kind === 'word' && item.fuzzy;
}

/** A word that nobody knows, in place of a value. */
function unknownNameOf({ wanted }: Pattern, places: readonly number[], items: readonly Item[]): Item | undefined {
  for (let nth = 0; nth < places.length; nth += 1) {
    const item = items[places[nth] ?? -1];
    if (item?.kind === 'unknown' && wanted[nth]?.want === 'value') return item;
  }
  return undefined;
}

/** Finds something in the sentence for everything that the pattern wants; nothing is used twice. */
function pairsOf(sought: Sought, { pattern, at: number, from }: Entry): Pairs {
  const { unnamed } = sought.heard;
  const places: number[] = [];
  let [shared, spoken, whole] = [0, false, true];
  for (const wanted of pattern.wanted) {
    const sighting = { sought, pattern: number, number: from + places.length };
    const isValue = wanted.want === 'value';
    const at = isValue ? placeOfValue(wanted, sighting, spoken) : placeOfWord(wanted, sighting);
    places.push(at);
    whole &&= at !== -1 || isValue;
    if (at === -1) continue;
    sought.used[at] = number;
    shared += isValue ? wanted.weight : weightOfWord(wanted, sighting, at);
    spoken ||= unnamed && !isValue;
  }
  return { places, shared, whole };
}

interface Sighting {
  readonly sought: Sought;
  /** The numbers of the pattern, and of what it wants. */
  readonly pattern: number;
  readonly number: number;
}

/** The first of all items that say it; when it is used up, the next one. */
function placeOfWord(wanted: WantedWord, { sought: { heard, firsts, used }, pattern, number }: Sighting): number {
  const first = (firsts[number] ?? 0) - 1;
  if (first === -1 || used[first] !== pattern) return first;
  return heard.items.findIndex((item, at) => used[at] !== pattern && says(item, wanted));
}

/**
 * A VM that exists is taken before a word that only looks like one. `spoken`: something of the phrase besides values was found, and nothing in the
 * sentence is a name: an unknown word may be one.
 */
function placeOfValue({ slot }: WantedValue, { sought, pattern }: Sighting, spoken: boolean): number {
  const fillings = sought.fillings.get(slot) ?? noNumbers;
  let first = -1;
  for (let at = 0; at < fillings.length; at += 1) {
    const one = fillings[at] ?? filling.none;
    if (one === filling.none || (one === filling.word && !spoken) || sought.used[at] === pattern) continue;
    if (one === filling.known) return at;
    if (first === -1) first = at;
  }
  return first;
}

const noNumbers: readonly number[] = [];

/** Twice what is shared by the sum of both, by weight: the pattern's, and what the sentence says of it and beside it. */
export function alikeness(weight: number, shared: number, beside: number): number {
  return (2 * shared) / Math.max(weight + shared + beside, 0.1);
}

/** What the sentence says that the pattern did not want, by weight; what the phrase has said already counts less: "a summary of everything". */
function besideOf(sought: Sought, entry: Entry): number {
  const weights = sought.weights[wayOf(entry.pattern)] ?? noNumbers;
  const { items } = sought.heard;
  let beside = 0;
  for (let at = 0; at < weights.length; at += 1) {
    const weight = weights[at] ?? 0;
    if (weight === 0 || sought.used[at] === entry.at) continue;
    const isRepeated = !entry.pattern.changing && items[at]?.kind === 'word' && isSpokenOf(sought, entry, at);
    beside += weight * (isRepeated ? 0.3 : 1);
  }
  return beside;
}

/** Whether a pattern speaks of what an item means. */
export function isSpokenOf({ heard, spoken }: Sought, { at: number, pattern }: Entry, at: number): boolean {
  if (at < 32) return (((spoken[number] ?? 0) >>> at) & 1) === 1;
  const item = heard.items[at];
  return item !== undefined && conceptsOf(item).some((concept) => pattern.speaksOf.has(concept));
}

/** What only stands for the word of the phrase counts a little less than the word. */
function weightOfWord(
  { concepts, weight }: WantedWord,
  { sought: { heard, firsts, own }, number }: Sighting,
  at: number,
): number {
  const item = heard.items[at];
  const isOwn =
    firsts[number] === at + 1
      ? own[number] === 1
      : item?.kind !== 'word' || item.senses.some(({ concept }) => concepts.includes(concept));
  return isOwn ? weight : 0.95 * weight;
}

/** What takes away from a likeness: a name that nobody knows, a wish for more than is read. */
function doubt({ heard, acts, used }: Sought, { pattern, at: number }: Entry, places: readonly number[]): number {
  if (pattern.changing) return 1;
  const strange = unknownNameOf(pattern, places, heard.items) === undefined ? 1 : 0.8;
  const wantsMore = !heard.asks && acts.some((acts, at) => acts && used[at] !== number);
  return strange * (wantsMore ? 0.75 : 1);
}

/** The likeness to the nearest of the phrases. */
function nearest({ heard, said }: Sought, { pattern, words }: Entry, alike: number): number {
  let best = 0;
  for (let at = 0; at < words.length; at += 1) {
    const isOwnTag = heard.tag === pattern.phrases[at]?.tag;
    const near = (isOwnTag ? 0.01 : 0) + 0.02 * sameSmallWords(said, words[at]);
    // An action's words, read as something to read about, are meant so in their own language only.
    const borrowing = pattern.borrowed && !isOwnTag ? 0.8 : 1;
    best = Math.max(best, Math.min(0.99, alike - 0.03 + near) * borrowing);
  }
  return best;
}

/** Something to do that reading does not do: "stop", "delete". */
export function isAct(item: Item): boolean {
  return (
    item.kind === 'word' &&
    !isNeutral(item.senses) &&
    item.senses.every(({ kind, concept }) => kind === 'action' && concept !== 'backup' && concept !== 'do')
  );
}

function says(item: Item, { concepts, spoken }: WantedWord): boolean {
  if (item.kind === 'unknown') return concepts.includes(`=${item.form}`);
  return item.kind === 'word' && item.senses.some(({ concept }) => concept !== 'neutral' && spoken.includes(concept));
}

function sameSmallWords(said: Uint8Array, words: Uint16Array = none): number {
  let same = 0;
  for (let at = 0; at < words.length; at += 1) same += said[words[at] ?? 0] ?? 0;
  return same / words.length;
}

const none = new Uint16Array();
