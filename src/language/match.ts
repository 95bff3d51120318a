import { Comparison, unknownNameOf } from './comparison.ts';
import type { Entity } from './entities.ts';
import { filling } from './fillings.ts';
import { isNeutral } from './lexicon.ts';
import { type PatternIndex, word } from './pattern-index.ts';
import type { Pattern, WantedWord } from './patterns.ts';
import { conceptsOf, type Item } from './reading.ts';
import { borrowedWay, changingWay } from './weights.ts';

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
  /** Whether a comma, a colon or a full stop stands between two of its tokens, by their indexes. */
  readonly parted: (from: number, to: number) => boolean;
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
  readonly index: PatternIndex;
  /** The number of its language among the phrases'; -1: no phrase is in it. */
  readonly tag: number;
  /** By the ways of patterns (`wayOf`) and the items of the sentence: what each weighs beside a pattern. */
  readonly weights: readonly (readonly number[])[];
  /** By the numbers of wanted words: which item says it first, counted from 1; 0: none does. */
  readonly firsts: Uint16Array;
  /** By the numbers of wanted words: 1 where that item says it in the pattern's own words. */
  readonly own: Uint8Array;
  /** By the numbers of patterns: the items that a pattern speaks of, a bit for each of the first 32. */
  readonly spoken: Uint32Array;
  /** Slot after slot, by the items: how each can fill a parameter of that kind. */
  readonly fillings: Uint8Array;
  /** The places of the items that are something to do that no reading does. */
  readonly acts: readonly number[];
  /** Some item is a word that nobody knows. */
  readonly strange: boolean;
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
export function fitOf(sought: Sought, number: number): Fit {
  const pairs = pairsOf(sought, number);
  const exact = sought.exact.has(number);
  const score = exact ? 1 : scoreOf(sought, number, pairs);
  return new Comparison(sought, number, { places: pairs.places, whole: pairs.whole, score, exact });
}

function scoreOf(sought: Sought, number: number, { shared, places }: Pairs): number {
  const { weights, ways } = sought.index;
  const alike = alikeness(weights[number] ?? 0, shared, besideOf(sought, number));
  const near = nearest(sought, number, alike);
  return ways[number] === changingWay ? near : near * doubt(sought, number, places);
}

/** Finds something in the sentence for everything that the pattern wants; nothing is used twice. */
function pairsOf(sought: Sought, number: number): Pairs {
  const { index, used, heard } = sought;
  const { slotOf, weightOf, wantedFrom } = index;
  const end = wantedFrom[number + 1] ?? 0;
  const places: number[] = [];
  let [shared, spoken, whole] = [0, false, true];
  for (let one = wantedFrom[number] ?? 0; one < end; one += 1) {
    const slot = slotOf[one] ?? word;
    const least = spoken ? filling.word : filling.value;
    const at = slot === word ? placeOfWord(sought, number, one) : placeOfValue(sought, number, { slot, least });
    places.push(at);
    whole &&= at !== -1 || slot !== word;
    if (at === -1) continue;
    used[at] = number;
    shared += slot === word ? weightOfWord(sought, number, { one, at }) : (weightOf[one] ?? 0);
    spoken ||= heard.unnamed && slot === word;
  }
  return { places, shared, whole };
}

/** The first of all items that say it; when it is used up, the next one. */
function placeOfWord(sought: Sought, number: number, one: number): number {
  const { firsts, used, heard } = sought;
  const first = (firsts[one] ?? 0) - 1;
  if (first === -1 || used[first] !== number) return first;
  const wanted = wantedWord(sought, number, one);
  return heard.items.findIndex((item, at) => used[at] !== number && says(item, wanted));
}

/** What is wanted, itself: asked for where its numbers do not tell enough. */
function wantedWord({ index: { entries, wantedFrom } }: Sought, number: number, one: number): WantedWord | undefined {
  const wanted = entries[number]?.pattern.wanted[one - (wantedFrom[number] ?? 0)];
  return wanted?.want === 'concept' ? wanted : undefined;
}

interface Place {
  readonly slot: number;
  /** The least filling that will do: where something of the phrase besides values was found and nothing is a name, an unknown word may be one. */
  readonly least: number;
}

/** A VM that exists is taken before a word that only looks like one. */
function placeOfValue({ fillings, used }: Sought, number: number, { slot, least }: Place): number {
  const from = slot * used.length;
  let first = -1;
  for (let at = 0; at < used.length; at += 1) {
    const one = fillings[from + at] ?? filling.none;
    if (one < least || used[at] === number) continue;
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
function besideOf(sought: Sought, number: number): number {
  const { used, heard, index } = sought;
  const way = index.ways[number] ?? 0;
  const weights = sought.weights[way] ?? noNumbers;
  let beside = 0;
  for (let at = 0; at < weights.length; at += 1) {
    const weight = weights[at] ?? 0;
    if (weight === 0 || used[at] === number) continue;
    const isRepeated = way !== changingWay && heard.items[at]?.kind === 'word' && isSpokenOf(sought, number, at);
    beside += weight * (isRepeated ? 0.3 : 1);
  }
  return beside;
}

/** Whether a pattern speaks of what an item means. */
export function isSpokenOf({ heard, spoken, index }: Sought, number: number, at: number): boolean {
  if (at < 32) return (((spoken[number] ?? 0) >>> at) & 1) === 1;
  const item = heard.items[at];
  const speaksOf = index.entries[number]?.pattern.speaksOf;
  return item !== undefined && conceptsOf(item).some((concept) => speaksOf?.has(concept) === true);
}

/** What only stands for the word of the phrase counts a little less than the word. */
function weightOfWord(
  sought: Sought,
  number: number,
  { one, at }: { readonly one: number; readonly at: number },
): number {
  const weight = sought.index.weightOf[one] ?? 0;
  const isFirst = sought.firsts[one] === at + 1;
  return (isFirst ? sought.own[one] === 1 : isOwnWord(sought.heard.items[at], wantedWord(sought, number, one)))
    ? weight
    : 0.95 * weight;
}

function isOwnWord(item: Item | undefined, wanted: WantedWord | undefined): boolean {
  return item?.kind !== 'word' || item.senses.some(({ concept }) => wanted?.concepts.includes(concept) === true);
}

/** What takes away from a likeness to something that reads: a name that nobody knows, a wish for more than is read. */
function doubt({ heard, index, acts, used, strange }: Sought, number: number, places: readonly number[]): number {
  const pattern = strange ? index.entries[number]?.pattern : undefined;
  const isStrange = pattern !== undefined && unknownNameOf(pattern, places, heard.items) !== undefined;
  const wantsMore = !heard.asks && acts.some((at) => used[at] !== number);
  return (isStrange ? 0.8 : 1) * (wantsMore ? 0.75 : 1);
}

/** The likeness to the nearest of the phrases. */
function nearest(sought: Sought, number: number, alike: number): number {
  const { from, tagOf } = sought.index.phrases;
  const end = from[number + 1] ?? 0;
  const isBorrowed = sought.index.ways[number] === borrowedWay;
  let best = 0;
  for (let at = from[number] ?? 0; at < end; at += 1) {
    const isOwnTag = tagOf[at] === sought.tag;
    const near = (isOwnTag ? 0.01 : 0) + 0.02 * sameSmallWords(sought, at);
    // An action's words, read as something to read about, are meant so in their own language only.
    const borrowing = isBorrowed && !isOwnTag ? 0.8 : 1;
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

function says(item: Item, wanted: WantedWord | undefined): boolean {
  if (wanted === undefined) return false;
  const { concepts, spoken } = wanted;
  if (item.kind === 'unknown') return concepts.includes(`=${item.form}`);
  return item.kind === 'word' && item.senses.some(({ concept }) => concept !== 'neutral' && spoken.includes(concept));
}

/** The share of a phrase's words that the sentence has too. */
function sameSmallWords({ said, index: { phrases } }: Sought, phrase: number): number {
  const { wordsFrom, words } = phrases;
  const [from, end] = [wordsFrom[phrase] ?? 0, wordsFrom[phrase + 1] ?? 0];
  let same = 0;
  for (let at = from; at < end; at += 1) same += said[words[at] ?? 0] ?? 0;
  return same / (end - from);
}
