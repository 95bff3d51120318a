import { type Lexicon, longestForm } from './lexicon.ts';
import type { Token } from './tokens.ts';

/** A run of tokens that is a form of some list: where it ends, and the form itself. */
export interface Stretch {
  /** Index of the token after the last one. */
  readonly next: number;
  readonly form: string;
}

/** The longest form that begins at a token. */
export function longestAt(tokens: readonly Token[], at: number, has: (form: string) => boolean): Stretch | undefined {
  let form = '';
  let longest: Stretch | undefined;
  for (let next = at + 1; next <= tokens.length && next - at <= longestForm; next += 1) {
    const token = tokens[next - 1];
    if (token === undefined || (token.quoted && next - at > 1)) break;
    form = form === '' ? token.folded : `${form} ${token.folded}`;
    if (has(form)) longest = { next, form };
  }
  return longest;
}

/** The longest form that ends just before a token. */
export function longestBefore(
  tokens: readonly Token[],
  end: number,
  has: (form: string) => boolean,
): { readonly first: number; readonly form: string } | undefined {
  let form = '';
  let longest: { readonly first: number; readonly form: string } | undefined;
  for (let first = end - 1; first >= 0 && end - first <= longestForm; first -= 1) {
    const folded = tokens[first]?.folded ?? '';
    form = form === '' ? folded : `${folded} ${form}`;
    if (has(form)) longest = { first, form };
  }
  return longest;
}

type ListName =
  | 'request'
  | 'leadIn'
  | 'one'
  | 'it'
  | 'also'
  | 'reason'
  | 'dryRun'
  | 'about'
  | 'define'
  | 'not'
  | 'articles'
  | 'group'
  | 'vault'
  | 'network'
  | 'run'
  | 'ago'
  | 'within'
  | 'in'
  | 'dates';

/** Whether some language has the form on that list. */
export function onList(lexicons: readonly Lexicon[], list: ListName): (form: string) => boolean {
  return (form) => lexicons.some((lexicon) => lexicon[list].has(form));
}
