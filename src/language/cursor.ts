import { type Lexicon, longestForm } from './lexicon.ts';
import type { Token } from './tokens.ts';

/** A run of tokens that is a form of some list: where it ends, and the form itself. */
export interface Stretch {
  /** Index of the token after the last one. */
  readonly next: number;
  readonly form: string;
}

/** The same tokens with how far an expression can reach from each, so that hardly any is put together in vain. */
export function withReach(tokens: readonly Token[], lexicons: readonly Lexicon[]): readonly Token[] {
  const begins = (form: string) => lexicons.some(({ beginnings }) => beginnings.has(form));
  const ends = (form: string) => lexicons.some(({ endings }) => endings.has(form));
  return tokens.map((token, at) => {
    let reach = 1;
    for (let form = token.folded; begins(form) && at + reach < tokens.length; reach += 1)
      form = `${form} ${tokens[at + reach]?.folded ?? ''}`;
    let reachBack = 1;
    for (let form = token.folded; ends(form) && at - reachBack >= 0; reachBack += 1)
      form = `${tokens[at - reachBack]?.folded ?? ''} ${form}`;
    return { ...token, reach, reachBack };
  });
}

/** The longest form that begins at a token. */
export function longestAt(tokens: readonly Token[], at: number, has: (form: string) => boolean): Stretch | undefined {
  let form = '';
  let longest: Stretch | undefined;
  const reach = tokens[at]?.reach ?? longestForm;
  for (let next = at + 1; next <= tokens.length && next - at <= reach; next += 1) {
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
  const reach = tokens[end - 1]?.reachBack ?? longestForm;
  for (let first = end - 1; first >= 0 && end - first <= reach; first -= 1) {
    const folded = tokens[first]?.folded ?? '';
    form = form === '' ? folded : `${folded} ${form}`;
    if (has(form)) longest = { first, form };
  }
  return longest;
}

type ListName =
  | 'request'
  | 'leadIn'
  | 'want'
  | 'must'
  | 'machine'
  | 'particles'
  | 'ticket'
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
  | 'subscription'
  | 'tagged'
  | 'region'
  | 'vault'
  | 'network'
  | 'run'
  | 'ago'
  | 'within'
  | 'in'
  | 'dates'
  | 'urgent'
  | 'dayBefore';

/** Whether some language has the form on that list. */
export function onList(lexicons: readonly Lexicon[], list: ListName): (form: string) => boolean {
  const sets = lexicons.map((lexicon) => lexicon[list]);
  return (form) => {
    for (const forms of sets) if (forms.has(form)) return true;
    return false;
  };
}
