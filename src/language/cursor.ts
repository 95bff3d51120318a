import type { Lexicon } from './lexicon.ts';
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
  | 'unsure'
  | 'hence'
  | 'linking'
  | 'subjects'
  | 'ahead'
  | 'articles'
  | 'group'
  | 'subscription'
  | 'tagged'
  | 'region'
  | 'vault'
  | 'network'
  | 'policy'
  | 'run'
  | 'ago'
  | 'within'
  | 'in'
  | 'dates'
  | 'urgent'
  | 'dayBefore'
  | 'lastNight';

/** Whether some language has the form on that list. */
export function onList(lexicons: readonly Lexicon[], list: ListName): (form: string) => boolean {
  const sets = lexicons.map((lexicon) => lexicon[list]);
  return (form) => {
    for (const forms of sets) if (forms.has(form)) return true;
    return false;
  };
}
