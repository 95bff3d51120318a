import type { Pattern } from './patterns.ts';

/** How all patterns are said, as plain numbers: phrase by phrase, the phrases of a pattern side by side. */
export interface PhraseIndex {
  /** By the number of a pattern: the number of its first phrase; the others follow up to the next pattern's. */
  readonly from: Uint16Array;
  /** By the number of a phrase: the number of its language. */
  readonly tagOf: Uint8Array;
  /** By the number of a phrase: where its words begin in `words`; they go on up to the next phrase's. */
  readonly wordsFrom: Uint32Array;
  readonly words: Uint16Array;
  /** The words of all phrases, and the languages, with their numbers. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly tags: ReadonlyMap<string, number>;
}

/** Numbers all phrases and their words. */
export function phraseIndexOf(patterns: readonly Pattern[]): PhraseIndex {
  const numbers = new Map<string, number>();
  const tags = new Map<string, number>();
  const phrases = patterns.flatMap((pattern) => pattern.phrases);
  return {
    from: Uint16Array.from(startsOf(patterns.map((pattern) => pattern.phrases.length))),
    tagOf: Uint8Array.from(phrases, ({ tag }) => numberOf(tags, tag)),
    wordsFrom: Uint32Array.from(startsOf(phrases.map(({ words }) => words.length))),
    words: Uint16Array.from(phrases.flatMap(({ words }) => words.map((word) => numberOf(numbers, word)))),
    numbers,
    tags,
  };
}

/** Where each of several rows begins that are laid side by side, and at the end where the last one ends. */
export function startsOf(lengths: readonly number[]): readonly number[] {
  let at = 0;
  const starts = lengths.map((length) => {
    at += length;
    return at - length;
  });
  return [...starts, at];
}

/** The number of a key; one that is not known gets the next. */
export function numberOf(numbers: Map<string, number>, key: string): number {
  const number = numbers.get(key) ?? numbers.size;
  numbers.set(key, number);
  return number;
}
