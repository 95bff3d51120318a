import type { ParameterKind } from '../operations/parameters.ts';
import type { Pattern, Wanted } from './patterns.ts';
import { numberOf, type PhraseIndex, phraseIndexOf, startsOf } from './phrase-index.ts';
import { wayOf } from './weights.ts';

/** A pattern with what is asked of it when it fits. */
export interface Entry {
  readonly pattern: Pattern;
  /** By what it wants: something is to be done, or spoken of, other than "do". */
  readonly verbs: readonly boolean[];
}

/**
 * Things that patterns want, by their numbers over all patterns: eight times the number, with `use` for how. A pattern is only looked at for something
 * that says what it is about.
 */
export type Uses = Uint32Array;

/** What is told with the number of what is wanted. */
export const use = { tells: 1, own: 2, beside: 4 } as const;

/**
 * All patterns, as plain numbers in long rows: each sentence is held against thousands of things that they want, and numbers that lie side by side are
 * read many times faster than objects that lie anywhere.
 */
export interface PatternIndex {
  readonly entries: readonly Entry[];
  /** What each pattern weighs. */
  readonly weights: Float64Array;
  /** How many things besides values each pattern wants. */
  readonly wordsOf: Uint8Array;
  /** The same number for all patterns whose comparisons stand for each other: of one operation, and said alike. */
  readonly lanes: Uint16Array;
  /** By the number of a pattern: its place in `ways`. */
  readonly ways: Uint8Array;
  /** By the number of a pattern: the number of the first thing that it wants; the others follow up to the next pattern's. */
  readonly wantedFrom: Uint32Array;
  /** By the number of what is wanted: the number of its pattern, what it weighs, and which of `slots` it is; `word`: no value. */
  readonly patternOf: Uint16Array;
  readonly weightOf: Float64Array;
  readonly slotOf: Uint8Array;
  readonly ofConcept: ReadonlyMap<string, Uses>;
  /** The values that patterns want beside their words; most want the same ones. */
  readonly values: readonly Values[];
  /** By the number of a pattern: which of `values`. */
  readonly valuesOf: Uint16Array;
  readonly slots: readonly ParameterKind[];
  readonly phrases: PhraseIndex;
  /** A phrase word by word → the numbers of its patterns. */
  readonly ofLiteral: ReadonlyMap<string, ReadonlySet<number>>;
}

/** Stands for a word among the numbers of slots. */
export const word = 255;

/** Values that a pattern wants. */
export interface Values {
  readonly slots: readonly { readonly slot: number; readonly weight: number }[];
}

/** Numbers all that the patterns want. */
export function indexOf(patterns: readonly Pattern[]): PatternIndex {
  const lanes = new Map<string, number>();
  const wanted = patterns.flatMap((pattern) => pattern.wanted);
  const slots = [...new Set(wanted.flatMap((one) => (one.want === 'value' ? [one.slot] : [])))];
  return {
    entries: patterns.map((pattern) => ({ pattern, verbs: pattern.wanted.map(isVerb) })),
    weights: Float64Array.from(patterns, ({ weight }) => weight),
    wordsOf: Uint8Array.from(patterns, (pattern) => pattern.wanted.filter(({ want }) => want === 'concept').length),
    lanes: Uint16Array.from(patterns, ({ operation, borrowed }) => numberOf(lanes, `${operation} ${borrowed}`)),
    ways: Uint8Array.from(patterns, wayOf),
    wantedFrom: Uint32Array.from(startsOf(patterns.map((pattern) => pattern.wanted.length))),
    patternOf: Uint16Array.from(patterns.flatMap((pattern, at) => pattern.wanted.map(() => at))),
    weightOf: Float64Array.from(wanted, ({ weight }) => weight),
    slotOf: Uint8Array.from(wanted, (one) => (one.want === 'value' ? slots.indexOf(one.slot) : word)),
    ofConcept: usesOf(wanted),
    ...valuesOf(patterns, slots),
    slots,
    phrases: phraseIndexOf(patterns),
    ofLiteral: literalsOf(patterns),
  };
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

function valuesOf(
  patterns: readonly Pattern[],
  kinds: readonly ParameterKind[],
): Pick<PatternIndex, 'values' | 'valuesOf'> {
  const values = new Map<string, { readonly at: number; readonly slots: Values['slots'] }>();
  const of = patterns.map(({ wanted }) => {
    const slots = wanted.flatMap((one) =>
      one.want === 'value' ? [{ slot: kinds.indexOf(one.slot), weight: one.weight }] : [],
    );
    const key = JSON.stringify(slots);
    const known = values.get(key) ?? { at: values.size, slots };
    values.set(key, known);
    return known.at;
  });
  return { values: [...values.values()].map(({ slots }) => ({ slots })), valuesOf: Uint16Array.from(of) };
}

function literalsOf(patterns: readonly Pattern[]): ReadonlyMap<string, ReadonlySet<number>> {
  const literals = new Map<string, Set<number>>();
  for (const [at, { phrases }] of patterns.entries())
    for (const { literal } of phrases) literals.set(literal, (literals.get(literal) ?? new Set()).add(at));
  return literals;
}
