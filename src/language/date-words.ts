import { onList } from './cursor.ts';
import type { Lexicon } from './lexicon.ts';
import type { Token } from './tokens.ts';

/** "Sexta 22:00": the Portuguese parser takes the end of the day's name for a word of the hour. */
export function clockWord(
  tokens: readonly Token[],
  at: number,
  { lexicons, tag }: { readonly lexicons: readonly Lexicon[]; readonly tag: string },
): string {
  const [day, token] = [tokens[at - 1]?.folded ?? '', tokens[at]];
  const word = token === undefined ? '' : dateWord(token);
  return tag.startsWith('pt') && /^\d{1,2}:\d{2}$/.test(word) && onList(lexicons, 'dates')(day) ? `às ${word}` : word;
}

/** Hours as they are typed in Portuguese and Italian: "9h", "9h30", "às 9" without its accent. */
function dateWord({ text, folded }: Token): string {
  const hours = /^(\d{1,2})h(\d{2})?$/.exec(folded);
  if (hours !== null) return `${hours[1]}:${hours[2] ?? '00'}`;
  return folded === 'as' ? 'às' : (dayOf({ text, folded }) ?? text);
}

/** "yesterday's deploy": the day in it. */
export function dayOf({ text, folded }: Pick<Token, 'text' | 'folded'>): string | undefined {
  return /'s$/i.test(text) ? folded.slice(0, -1) : undefined;
}
