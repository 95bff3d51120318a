import type { Locales } from '../locales/index.ts';
import { type Express, expressionsOf } from './expressions.ts';
import { type Lexicon, lexiconsOf } from './lexicon.ts';

/** The words of all languages, ready to be looked up: made once and shared, for they are many. */
export interface Vocabulary {
  readonly lexicons: readonly Lexicon[];
  readonly express: Express;
}

/** Makes the vocabulary of these locales. @throws ZodError on a `words.json` of another shape */
export function vocabularyOf(locales: Locales): Vocabulary {
  const lexicons = lexiconsOf(locales);
  return { lexicons, express: expressionsOf(lexicons) };
}
