import type { ParameterKind } from '../operations/parameters.ts';
import { fillingsOf, isFilled } from './fillings.ts';
import { alikeness, type Heard, isAct, isSpokenOf, type Sought } from './match.ts';
import { indexOf, type PatternIndex, type Uses, use } from './pattern-index.ts';
import type { Pattern } from './patterns.ts';
import { conceptsOf } from './reading.ts';
import { ways, weightOfExtra } from './weights.ts';

/** A pattern that cannot come nearer than this is not compared. */
const worthComparing = 0.5;

/** An alternative worth offering. */
export const worthOffering = 0.4;

/** The patterns that may fit a sentence. */
export interface Shortlist {
  readonly sought: Sought;
  /** Their numbers, in their order. */
  readonly likely: readonly number[];
  /** By the numbers of these patterns: no comparison yields more than this. */
  readonly most: Float64Array;
  /** By the numbers of patterns: how many things besides values are in the sentence. */
  readonly words: Uint8Array;
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
    return { sought, likely: likelyOf(sought, notes), most: notes.most, words: notes.words };
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
  /** By pattern, of those that are likely: what no comparison exceeds. */
  readonly most: Float64Array;
  /** By the values that patterns want: the weight of those that the sentence has. */
  readonly valueWeight: Float64Array;
  /** By the values that patterns want: 1 where one of them says what the pattern is about. */
  readonly valueTelling: Uint8Array;
}

function notesFor({ entries, weightOf, phrases, values }: PatternIndex): Notes {
  return {
    shared: new Float64Array(entries.length),
    telling: new Uint8Array(entries.length),
    words: new Uint8Array(entries.length),
    most: new Float64Array(entries.length),
    valueWeight: new Float64Array(values.length),
    valueTelling: new Uint8Array(values.length),
    spoken: new Uint32Array(entries.length),
    firsts: new Uint16Array(weightOf.length),
    own: new Uint8Array(weightOf.length),
    said: new Uint8Array(phrases.numbers.size),
  };
}

function wipe(notes: Notes): void {
  const { shared, telling, words, spoken, firsts, own, said, valueWeight, valueTelling } = notes;
  for (const list of [shared, telling, words, spoken, firsts, own, said, valueWeight, valueTelling]) list.fill(0);
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

function soughtOf(heard: Heard, index: PatternIndex, { firsts, own, spoken, said }: Notes): Sought {
  const { items, asks } = heard;
  const { numbers, tags } = index.phrases;
  for (const one of heard.literalWords) {
    const number = numbers.get(one);
    if (number !== undefined) said[number] = 1;
  }
  return {
    heard,
    index,
    tag: tags.get(heard.tag) ?? -1,
    weights: ways.map((way) => items.map((item) => weightOfExtra(item, way, asks))),
    fillings: fillingsOf(items, index.slots),
    acts: items.flatMap((item, at) => (isAct(item) ? [at] : [])),
    strange: items.some(({ kind }) => kind === 'unknown'),
    used: items.map(() => -1),
    exact: index.ofLiteral.get(heard.literal) ?? nothing,
    firsts,
    own,
    spoken,
    said,
  };
}

const nothing: ReadonlySet<number> = new Set();

function likelyOf(sought: Sought, notes: Notes): readonly number[] {
  noteValues(notes, sought);
  const { shared, telling, most, valueWeight, valueTelling } = notes;
  const { weights, valuesOf } = sought.index;
  const certain = sought.weights.map((weights) => certainOf(sought.heard, weights));
  const likely: number[] = [];
  for (let number = 0; number < telling.length; number += 1) {
    const group = valuesOf[number] ?? 0;
    if (telling[number] === 0 && valueTelling[group] === 0) continue;
    const all = (shared[number] ?? 0) + (valueWeight[group] ?? 0);
    const weight = weights[number] ?? 0;
    if (all < leastShare * weight || alikeness(weight, all, 0) < worthComparing) continue;
    const own = alikeness(weight, all, besideAtLeast(sought, number, certain));
    if (own < worthOffering) continue;
    most[number] = own;
    likely.push(number);
  }
  return likely;
}

/** Below this share of its weight no pattern is worth comparing: told without a division, and a little too low lest a rounding decides. */
const leastShare = worthComparing / (2 - worthComparing) - 0.001;

/** What a sentence has of the values that patterns want, group by group. */
function noteValues({ valueWeight, valueTelling }: Notes, { heard, fillings, index }: Sought): void {
  const { slots, values } = index;
  const { length } = heard.items;
  const isFound = slots.map(
    (slot, at) => heard.unnamed || slot === 'disks' || isFilled(fillings.subarray(at * length, (at + 1) * length)),
  );
  const tells = slots.map((slot) => slot !== 'expiry' && slot !== 'instant' && isNamed(heard, slot));
  for (let at = 0; at < values.length; at += 1)
    for (const { slot, weight } of values[at]?.slots ?? []) {
      if (isFound[slot] !== true) continue;
      valueWeight[at] = (valueWeight[at] ?? 0) + weight;
      if (tells[slot] === true) valueTelling[at] = 1;
    }
}

function isNamed({ items }: Heard, slot: ParameterKind): boolean {
  return items.some((item) =>
    item.kind === 'value' ? item.entity.kind === slot : item.kind === 'unknown' && slot === 'vm',
  );
}

/** What the items of a sentence weigh at least beside a pattern that does not speak of them. */
interface Certain {
  readonly weights: readonly number[];
  /** Those of the first 32 items that weigh anything, a bit for each. */
  readonly weighing: number;
}

/** A value may always be one of the pattern's own, and so may a word where no name is. */
function certainOf({ items, unnamed }: Heard, all: readonly number[]): Certain {
  const weights = all.map((weight, at) => {
    const kind = items[at]?.kind;
    return kind === 'value' || (kind === 'unknown' && unnamed) ? 0 : weight;
  });
  return { weights, weighing: weights.slice(0, 32).reduce((bits, one, at) => (one > 0 ? bits | (1 << at) : bits), 0) };
}

/** The least that the sentence says beside a phrase. */
function besideAtLeast(sought: Sought, number: number, certain: readonly Certain[]): number {
  const { weights, weighing } = certain[sought.index.ways[number] ?? 0] ?? nothingCertain;
  let beside = 0;
  for (let left = weighing & ~(sought.spoken[number] ?? 0); left !== 0; left &= left - 1)
    beside += weights[31 - Math.clz32(left & -left)] ?? 0;
  for (let at = 32; at < weights.length; at += 1) if (!isSpokenOf(sought, number, at)) beside += weights[at] ?? 0;
  return beside;
}

const nothingCertain: Certain = { weights: [], weighing: 0 };
