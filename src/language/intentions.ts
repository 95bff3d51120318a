import { longestAt, onList } from './cursor.ts';
import type { Said } from './fill.ts';
import type { Lexicon } from './lexicon.ts';
import type { Token } from './tokens.ts';

/**
 * "Something is down", "help before a change", "help backup": what somebody has in mind who does not know what to ask for. `clauses`: the same
 * words between the commas.
 */
export function intentionOf(
  tokens: readonly Token[],
  lexicons: readonly Lexicon[],
  clauses: readonly (readonly Token[])[] = [],
): Said | undefined {
  const isHelp = lexicons.some(({ words }) => words.get(tokens[0]?.folded ?? '') === 'help');
  const asked = isHelp ? longestAt(tokens, 0, onList(lexicons, 'define')) : undefined;
  const rest = tokens.slice(asked?.next ?? 0);
  const meant = intended(rest, lexicons);
  // One word by itself ("backup") may be the beginning of anything.
  if (meant !== undefined && (asked !== undefined || rest.length > 1)) return subject(rest, meant);
  // "The server crashed, what can I do": what is said first tells what is to be answered.
  const [first = []] = clauses;
  const told = clauses.length > 1 && first.length > 1 ? intended(first, lexicons) : undefined;
  return told === 'down' ? subject(first, told) : undefined;
}

function intended(tokens: readonly Token[], lexicons: readonly Lexicon[]): string | undefined {
  const isArticle = onList(lexicons, 'articles');
  const formOf = (words: readonly Token[]) => words.map(({ folded }) => folded).join(' ');
  const forms = [formOf(tokens), formOf(tokens.filter(({ folded }) => !isArticle(folded)))];
  return forms
    .flatMap((form) => lexicons.map(({ intentions }) => intentions.get(form)))
    .find((one) => one !== undefined);
}

function subject(tokens: readonly Token[], value: string): Said {
  return { kind: 'words', said: tokens.map(({ text }) => text).join(' '), value };
}
