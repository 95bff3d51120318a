import type { Lexicon, ListName } from './lexicon.ts';
import type { Token } from './tokens.ts';

/** A run of tokens that is a form of some list: where it ends, and the form itself. */
export interface Stretch {
  /** Index of the token after the last one. */
  readonly next: number;
  readonly form: string;
}

/** The longest form that begins at a token. */
export function longestAt(tokens: readonly Token[], at: number, has: (form: string) => boolean): Stretch | undefined {
  const begun = tokens[at]?.begun ?? [];
  for (let nth = begun.length - 1; nth >= 0; nth -= 1) {
    const one = begun[nth];
    if (one !== undefined && at + one.words <= tokens.length && has(one.form))
      return { next: at + one.words, form: one.form };
  }
  return undefined;
}

/** The longest form that ends just before a token. */
export function longestBefore(
  tokens: readonly Token[],
  end: number,
  has: (form: string) => boolean,
): { readonly first: number; readonly form: string } | undefined {
  const ended = tokens[end - 1]?.ended ?? [];
  for (let nth = ended.length - 1; nth >= 0; nth -= 1) {
    const one = ended[nth];
    if (one !== undefined && one.words <= end && has(one.form)) return { first: end - one.words, form: one.form };
  }
  return undefined;
}

/** Whether one of these languages, which are one or all, has the form on that list. */
export function onList(lexicons: readonly Lexicon[], list: ListName): (form: string) => boolean {
  const [own] = lexicons;
  if (own !== undefined && lexicons.length > 1) return own.together.on[list];
  return (form) => own?.[list].has(form) === true;
}
