import type { ParameterKind } from '../operations/parameters.ts';
import { fillingOf, isFilled } from './fillings.ts';
import { alikeness, type Heard, isAct, isSpokenOf, type Sought } from './match.ts';
import { type Entry, indexOf, type PatternIndex, type Uses, use, type Values } from './pattern-index.ts';
import type { Pattern } from './patterns.ts';
import { conceptsOf, type Item } from './reading.ts';
import { wayOf, ways, weightOfExtra } from './weights.ts';

/** A pattern that cannot come nearer than this is not compared. */
const worthComparing = 0.5;

/** An alternative worth offering. */
export const worthOffering = 0.4;

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

/**
 * Finds the patterns that may fit a sentence without comparing them with it: most have too little in common. A shortlist is to be used before the next
 * one is made, which is noted down in the same place.
 */
export function shortlister(patterns: readonly Pattern[]): (heard: Heard) => Shortlist {
  const index = indexOf(patterns);
  const notes = notesFor(index);
  return (heard) => {
    wipe(notes);
    let at = 0;
    for (const item of heard.items) {
      for (const concept of conceptsOf(item)) meet(notes, index, { uses: index.ofConcept.get(concept) ?? none, at });
      at += 1;
    }
    const sought = soughtOf(heard, index, notes);
    return { sought, likely: likelyOf(sought, index, notes) };
  };
}

/** What the patterns have in common with a sentence; written anew for each. */
interface Notes extends Pick<Sought, 'firsts' | 'own' | 'spoken' | 'said'> {
  /** By pattern: what is shared besides values, by weight. */
  readonly shared: Float64Array;
  /** By pattern: 1 where something of it says what the pattern is about. */
  readonly telling: Uint8Array;
  /** By pattern: how many things besides values are shared. */
  readonly words: Uint8Array;
}

function notesFor({ entries, weightOf, numbers }: PatternIndex): Notes {
  return {
    shared: new Float64Array(entries.length),
    telling: new Uint8Array(entries.length),
    words: new Uint8Array(entries.length),
    spoken: new Uint32Array(entries.length),
    firsts: new Uint16Array(weightOf.length),
    own: new Uint8Array(weightOf.length),
    said: new Uint8Array(numbers.size),
  };
}

function wipe({ shared, telling, words, spoken, firsts, own, said }: Notes): void {
  for (const list of [shared, telling, words, spoken, firsts, own, said]) list.fill(0);
}

const none: Uses = new Uint32Array();

/** Notes all patterns that have a use for a concept of an item. */
function meet(notes: Notes, index: PatternIndex, { uses, at }: { readonly uses: Uses; readonly at: number }): void {
  const { firsts, own, spoken, shared, telling, words } = notes;
  const { patternOf, weightOf } = index;
  const bit = at < 32 ? 1 << at : 0;
  for (let nth = 0; nth < uses.length; nth += 1) {
    const how = uses[nth] ?? 0;
    const number = how >>> 3;
    const pattern = patternOf[number] ?? 0;
    spoken[pattern] = (spoken[pattern] ?? 0) | bit;
    if ((how & use.beside) !== 0) continue;
    if ((how & use.tells) !== 0) telling[pattern] = 1;
    if (firsts[number] === 0) {
      firsts[number] = at + 1;
      shared[pattern] = (shared[pattern] ?? 0) + (weightOf[number] ?? 0);
      words[pattern] = (words[pattern] ?? 0) + 1;
    }
    if ((how & use.own) !== 0 && firsts[number] === at + 1) own[number] = 1;
  }
}

function soughtOf(heard: Heard, { slots, numbers, ofLiteral }: PatternIndex, notes: Notes): Sought {
  const { items, asks, literal, literalWords } = heard;
  for (const word of literalWords) {
    const number = numbers.get(word);
    if (number !== undefined) notes.said[number] = 1;
  }
  return {
    heard,
    weights: ways.map((way) => items.map((item) => weightOfExtra(item, way, asks))),
    fillings: new Map(slots.map((slot) => [slot, items.map((item) => fillingOf(item, slot))])),
    acts: items.map(isAct),
    used: items.map(() => -1),
    exact: ofLiteral.get(literal) ?? nothing,
    ...notes,
  };
}

const nothing: ReadonlySet<number> = new Set();

function likelyOf(sought: Sought, index: PatternIndex, { shared, telling, words }: Notes): readonly Likely[] {
  const { entries, weights, valuesOf, wordsOf } = index;
  const values = index.values.map((one) => valuesIn(sought, one));
  const certain = sought.weights.map((weights) => certainOf(sought.heard, weights));
  const likely: Likely[] = [];
  for (let at = 0; at < telling.length; at += 1) {
    const said = values[valuesOf[at] ?? 0];
    if (telling[at] === 0 && said?.telling !== true) continue;
    const all = (shared[at] ?? 0) + (said?.weight ?? 0);
    const weight = weights[at] ?? 0;
    const entry = alikeness(weight, all, 0) < worthComparing ? undefined : entries[at];
    if (entry === undefined) continue;
    const most = alikeness(weight, all, besideAtLeast(sought, entry, certain));
    if (most >= worthOffering) likely.push({ entry, most, whole: words[at] === wordsOf[at] });
  }
  return likely;
}

/** What a sentence has of the values that a pattern wants: their weight, and whether one says what the pattern is about. */
function valuesIn(
  { heard, fillings }: Sought,
  { slots }: Values,
): { readonly weight: number; readonly telling: boolean } {
  let weight = 0;
  let telling = false;
  for (const { slot, weight: own } of slots) {
    if (!heard.unnamed && slot !== 'disks' && !isFilled(fillings.get(slot) ?? [])) continue;
    weight += own;
    telling ||= slot !== 'expiry' && slot !== 'instant' && heard.items.some((item) => names(item, slot));
  }
  return { weight, telling };
}

function names(item: Item, slot: ParameterKind): boolean {
  return item.kind === 'value' ? item.entity.kind === slot : item.kind === 'unknown' && slot === 'vm';
}

/** What the items weigh beside a pattern that does not speak of them; a value may always be one of its own, and so may a word where no name is. */
function certainOf({ items, unnamed }: Heard, weights: readonly number[]): readonly number[] {
  return weights.map((weight, at) => {
    const kind = items[at]?.kind;
    return kind === 'value' || (kind === 'unknown' && unnamed) ? 0 : weight;
  });
}

/** The least that the sentence says beside a phrase. */
function besideAtLeast(sought: Sought, entry: Entry, certain: Sought['weights']): number {
  const weights = certain[wayOf(entry.pattern)] ?? [];
  let beside = 0;
  for (let at = 0; at < weights.length; at += 1) {
    const weight = weights[at] ?? 0;
    if (weight > 0 && !isSpokenOf(sought, entry, at)) beside += weight;
  }
  return beside;
}
