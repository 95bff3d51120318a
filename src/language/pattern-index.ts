import type { ParameterKind } from '../operations/parameters.ts';
import type { Pattern, Wanted } from './patterns.ts';

/** A pattern with the numbers of what it wants and of its phrases' words. */
export interface Entry {
  readonly pattern: Pattern;
  /** Its own number. */
  readonly at: number;
  /** The number of the first thing that it wants; the others follow. */
  readonly from: number;
  /** By what it wants: something is to be done, or spoken of, other than "do". */
  readonly verbs: readonly boolean[];
  /** Phrase by phrase. */
  readonly words: readonly Uint16Array[];
  /** The same number for all whose comparisons stand for each other: of one operation, and said alike. */
  readonly lane: number;
}

/**
 * Things that patterns want, by their numbers over all patterns: eight times the number, with `use` for how. A pattern is only looked at for something
 * that says what it is about.
 */
export type Uses = Uint32Array;

/** What is told with the number of what is wanted. */
export const use = { tells: 1, own: 2, beside: 4 } as const;

/** All patterns, as plain numbers: each sentence is held against thousands of things that they want. */
export interface PatternIndex {
  readonly entries: readonly Entry[];
  /** What each pattern weighs. */
  readonly weights: Float64Array;
  /** How many things besides values each pattern wants. */
  readonly wordsOf: Uint8Array;
  /** By the number of what is wanted: the number of its pattern, and what it weighs. */
  readonly patternOf: Uint16Array;
  readonly weightOf: Float64Array;
  readonly ofConcept: ReadonlyMap<string, Uses>;
  /** The values that patterns want beside their words; most want the same ones. */
  readonly values: readonly Values[];
  /** By the number of a pattern: which of `values`. */
  readonly valuesOf: Uint16Array;
  readonly slots: readonly ParameterKind[];
  /** The words of all phrases, with their numbers. */
  readonly numbers: ReadonlyMap<string, number>;
  /** A phrase word by word → the numbers of its patterns. */
  readonly ofLiteral: ReadonlyMap<string, ReadonlySet<number>>;
}

/** Values that a pattern wants. */
export interface Values {
  readonly slots: readonly { readonly slot: ParameterKind; readonly weight: number }[];
}

/** Numbers all that the patterns want. */
export function indexOf(patterns: readonly Pattern[]): PatternIndex {
  const numbers = new Map<string, number>();
  const lanes = new Map<string, number>();
  let from = 0;
  const entries = patterns.map((pattern, at): Entry => {
    const lane = numberOf(lanes, `${pattern.operation} ${pattern.borrowed}`);
    const words = pattern.phrases.map((phrase) => Uint16Array.from(phrase.words, (word) => numberOf(numbers, word)));
    const entry = { pattern, at, from, verbs: pattern.wanted.map(isVerb), words, lane };
    from += pattern.wanted.length;
    return entry;
  });
  const wanted = patterns.flatMap((pattern) => pattern.wanted);
  return {
    entries,
    weights: Float64Array.from(patterns, ({ weight }) => weight),
    wordsOf: Uint8Array.from(patterns, (pattern) => pattern.wanted.filter(({ want }) => want === 'concept').length),
    patternOf: Uint16Array.from(entries.flatMap(({ pattern, at }) => pattern.wanted.map(() => at))),
    weightOf: Float64Array.from(wanted, ({ weight }) => weight),
    ofConcept: usesOf(wanted),
    ...valuesOf(patterns),
    numbers,
    ofLiteral: literalsOf(patterns),
  };
}

/** The number of a key; one that is not known gets the next. */
function numberOf(numbers: Map<string, number>, key: string): number {
  const number = numbers.get(key) ?? numbers.size;
  numbers.set(key, number);
  return number;
}

function isVerb(wanted: Wanted): boolean {
  return wanted.want === 'concept' && !wanted.concepts.includes('do');
}

/** What is wanted by the concepts that it is found by. */
function usesOf(wanted: readonly Wanted[]): ReadonlyMap<string, Uses> {
  const uses = new Map<string, number[]>();
  for (const [number, one] of wanted.entries())
    for (const concept of spokenBy(one)) {
      const list = uses.get(concept) ?? [];
      uses.set(concept, list);
      list.push(8 * number + howUsed(one, concept));
    }
  return new Map([...uses].map(([concept, list]) => [concept, Uint32Array.from(list)]));
}

/** A pattern that wants disks makes use of the word for them as well. */
function spokenBy(wanted: Wanted): ReadonlySet<string> {
  return new Set(wanted.want === 'concept' ? wanted.spoken : wanted.slot === 'disks' ? ['disk'] : []);
}

function howUsed(wanted: Wanted, concept: string): number {
  if (wanted.want === 'value') return use.beside;
  const own = wanted.concepts.includes(concept);
  return (own ? use.own : 0) + (own && wanted.weight >= 0.6 ? use.tells : 0);
}

function valuesOf(patterns: readonly Pattern[]): Pick<PatternIndex, 'values' | 'valuesOf' | 'slots'> {
  const values = new Map<string, { readonly at: number; readonly slots: Values['slots'] }>();
  const of = patterns.map(({ wanted }) => {
    const slots = wanted.flatMap((one) => (one.want === 'value' ? [{ slot: one.slot, weight: one.weight }] : []));
    const key = JSON.stringify(slots);
    const known = values.get(key) ?? { at: values.size, slots };
    values.set(key, known);
    return known.at;
  });
  const all = [...values.values()].map(({ slots }) => ({ slots }));
  const slots = new Set(all.flatMap((one) => one.slots.map(({ slot }) => slot)));
  return { values: all, valuesOf: Uint16Array.from(of), slots: [...slots] };
}

function literalsOf(patterns: readonly Pattern[]): ReadonlyMap<string, ReadonlySet<number>> {
  const literals = new Map<string, Set<number>>();
  for (const [at, { phrases }] of patterns.entries())
    for (const { literal } of phrases) literals.set(literal, (literals.get(literal) ?? new Set()).add(at));
  return literals;
}
