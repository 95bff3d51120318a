import type { ParameterKind } from '../operations/parameters.ts';
import { alikeness, type Entry, type Heard, type Sought, wayOf, ways, weightOfExtra } from './match.ts';
import type { Pattern, Phrase, Wanted } from './patterns.ts';
import { conceptsOf, type Item } from './reading.ts';
import { fitsSlot } from './slots.ts';

/** A pattern that cannot come nearer than this is not compared. */
const worthComparing = 0.5;

/** An alternative worth offering. */
export const worthOffering = 0.4;

/**
 * Things that patterns want, by their numbers over all patterns: twice the number, and 1 more where it says what the pattern is about. A pattern is
 * only looked at for something that does.
 */
type Uses = Uint32Array;

/** All patterns, as plain numbers: each sentence is held against thousands of things that they want. */
interface Index {
  readonly entries: readonly Entry[];
  /** What each pattern weighs. */
  readonly weights: Float64Array;
  /** How many things besides values each pattern wants. */
  readonly wordsOf: Uint8Array;
  /** By the number of what is wanted: the place of its pattern, and what it weighs. */
  readonly patternOf: Uint16Array;
  readonly weightOf: Float64Array;
  readonly ofConcept: ReadonlyMap<string, Uses>;
  readonly ofSlot: ReadonlyMap<ParameterKind, Uses>;
  /** The words of all phrases, with their numbers. */
  readonly numbers: ReadonlyMap<string, number>;
}

/** A pattern that may fit a sentence. */
export interface Likely {
  readonly entry: Entry;
  /** No comparison yields more than this. */
  readonly most: number;
  /** Everything of it besides values is in the sentence. */
  readonly whole: boolean;
}

/** The patterns that may fit a sentence, in their order. */
export interface Shortlist {
  readonly sought: Sought;
  readonly likely: readonly Likely[];
}

/** Finds the patterns that may fit a sentence without comparing them with it: most have too little in common. */
export function shortlister(patterns: readonly Pattern[]): (heard: Heard) => Shortlist {
  const index = indexOf(patterns);
  return (heard) => {
    const { firsts, shared, telling, words } = sharedWith(heard, index);
    const sought = { heard, weights: weightsOf(heard), firsts, said: saidOf(heard, index) };
    const likely: Likely[] = [];
    for (let at = 0; at < telling.length; at += 1) {
      if (telling[at] !== 1 || !mayBeAlike(index.weights[at] ?? 0, shared[at] ?? 0)) continue;
      const entry = index.entries[at];
      const most = entry === undefined ? 0 : mostAlike(sought, entry, shared[at] ?? 0);
      if (entry !== undefined && most >= worthOffering)
        likely.push({ entry, most, whole: words[at] === index.wordsOf[at] });
    }
    return { sought, likely };
  };
}

function indexOf(patterns: readonly Pattern[]): Index {
  const numbers = new Map<string, number>();
  const lanes = new Map<string, number>();
  let count = 0;
  const entries = patterns.map((pattern): Entry => {
    const from = count;
    count += pattern.wanted.length;
    const lane = numberOf(lanes, `${pattern.operation} ${pattern.borrowed}`);
    return { pattern, from, words: pattern.phrases.map((phrase) => numbered(phrase, numbers)), lane };
  });
  const wanted = patterns.flatMap((pattern) => pattern.wanted);
  return {
    entries,
    weights: Float64Array.from(patterns, ({ weight }) => weight),
    wordsOf: Uint8Array.from(patterns, (pattern) => pattern.wanted.filter(({ want }) => want === 'concept').length),
    patternOf: Uint16Array.from(entries.flatMap(({ pattern }, at) => pattern.wanted.map(() => at))),
    weightOf: Float64Array.from(wanted, ({ weight }) => weight),
    ofConcept: usesOf(wanted, (one) => (one.want === 'concept' ? one.spoken : []), tells),
    ofSlot: usesOf(
      wanted,
      (one) => (one.want === 'value' ? [one.slot] : []),
      (_, slot) => !isTimeSlot(slot),
    ),
    numbers,
  };
}

/** What is wanted by what it is found by; `telling`: whether it is found by something that says what its pattern is about. */
function usesOf<K>(
  wanted: readonly Wanted[],
  keysOf: (one: Wanted) => readonly K[],
  telling: (one: Wanted, key: K) => boolean,
): ReadonlyMap<K, Uses> {
  const uses = new Map<K, number[]>();
  for (const [number, one] of wanted.entries())
    for (const key of new Set(keysOf(one))) {
      const list = uses.get(key) ?? [];
      uses.set(key, list);
      list.push(2 * number + Number(telling(one, key)));
    }
  return new Map([...uses].map(([key, list]) => [key, Uint32Array.from(list)]));
}

function numbered({ words }: Phrase, numbers: Map<string, number>): Uint16Array {
  return Uint16Array.from(words, (word) => numberOf(numbers, word));
}

/** The number of a key; one that is not known gets the next. */
function numberOf(numbers: Map<string, number>, key: string): number {
  const number = numbers.get(key) ?? numbers.size;
  numbers.set(key, number);
  return number;
}

function tells(wanted: Wanted, concept: string): boolean {
  return wanted.want === 'concept' && wanted.weight >= 0.6 && wanted.concepts.includes(concept);
}

function isTimeSlot(slot: ParameterKind): boolean {
  return slot === 'expiry' || slot === 'instant';
}

/** What the patterns have in common with a sentence. */
interface Met {
  /** By weight, at most. */
  readonly shared: Float64Array;
  /** 1: something of it says what the pattern is about. */
  readonly telling: Uint8Array;
  /** How many things besides values. */
  readonly words: Uint8Array;
  readonly firsts: Sought['firsts'];
}

function sharedWith(heard: Heard, index: Index): Met {
  const patterns = index.entries.length;
  const met: Met = {
    shared: new Float64Array(patterns),
    telling: new Uint8Array(patterns),
    words: new Uint8Array(patterns),
    firsts: new Uint16Array(index.weightOf.length),
  };
  for (const [at, item] of heard.items.entries())
    for (const concept of conceptsOf(item))
      meet(met, index, { uses: index.ofConcept.get(concept) ?? none, named: true, place: at + 1 });
  for (const [slot, uses] of index.ofSlot)
    if (isFilled(slot, heard))
      meet(met, index, { uses, named: heard.items.some((item) => names(item, slot)), place: 0 });
  return met;
}

const none: Uses = new Uint32Array();

interface Meeting {
  readonly uses: Uses;
  /** It is said, and not only possible. */
  readonly named: boolean;
  /** Which item says it, from 1; 0 for values, which have no word of their own. */
  readonly place: number;
}

function meet({ shared, telling, words, firsts }: Met, index: Index, { uses, named, place }: Meeting): void {
  for (let at = 0; at < uses.length; at += 1) {
    const use = uses[at] ?? 0;
    const number = use >> 1;
    const pattern = index.patternOf[number] ?? 0;
    if (named && use % 2 === 1) telling[pattern] = 1;
    if (firsts[number] !== 0) continue;
    firsts[number] = place;
    shared[pattern] = (shared[pattern] ?? 0) + (index.weightOf[number] ?? 0);
    if (place > 0) words[pattern] = (words[pattern] ?? 0) + 1;
  }
}

function isFilled(slot: ParameterKind, heard: Heard): boolean {
  return heard.unnamed || slot === 'disks' || heard.entities.some((entity) => fitsSlot(entity, slot));
}

function names(item: Item, slot: ParameterKind): boolean {
  return item.kind === 'value' ? item.entity.kind === slot : item.kind === 'unknown' && slot === 'vm';
}

function mayBeAlike(weight: number, shared: number): boolean {
  return alikeness({ weight, shared, beside: 0 }) >= worthComparing;
}

/** The most that a comparison could yield with what the sentence says beside the phrase. */
function mostAlike({ heard, weights }: Sought, { pattern }: Entry, shared: number): number {
  const weightsBeside = weights[wayOf(pattern)] ?? [];
  let beside = 0;
  for (let at = 0; at < heard.items.length; at += 1) {
    const item = heard.items[at];
    const weight = weightsBeside[at] ?? 0;
    if (item !== undefined && weight > 0 && !isUsed(item, heard, pattern)) beside += weight;
  }
  return alikeness({ weight: pattern.weight, shared, beside });
}

function weightsOf(heard: Heard): Sought['weights'] {
  return ways.map((way) => heard.items.map((item) => weightOfExtra(item, way, heard.asks)));
}

function saidOf({ literalWords }: Heard, { numbers }: Index): Uint8Array {
  const said = new Uint8Array(numbers.size);
  for (const word of literalWords) {
    const number = numbers.get(word);
    if (number !== undefined) said[number] = 1;
  }
  return said;
}

/** Whether a pattern may make use of an item; a value may always be one of its own. */
function isUsed(item: Item, { unnamed }: Heard, { speaksOf }: Pattern): boolean {
  if (item.kind === 'word') return item.senses.some(({ concept }) => speaksOf.has(concept));
  return item.kind === 'value' || unnamed || speaksOf.has(`=${item.form}`);
}
