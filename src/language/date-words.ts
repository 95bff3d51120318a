import { longestAt, onList } from './cursor.ts';
import { type Clock, dateBefore } from './dates.ts';
import type { Lexicon } from './lexicon.ts';
import type { Token } from './tokens.ts';

/** A time of day: "9:30", "9h", "9pm". */
export const clockShape = /^\d{1,2}(?:[:.]\d{2}|h\d{0,2}|am|pm)$/;

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

/** The words with a date in place of "the day before yesterday" and "last night": the parser knows it in one of the languages only, and a date in all. */
export function withDayBefore(
  tokens: readonly Token[],
  words: readonly string[],
  { lexicons, clock, tag }: { readonly lexicons: readonly Lexicon[]; readonly clock: Clock; readonly tag: string },
): readonly string[] {
  const dated = [...words];
  for (let at = 0; at < tokens.length; at += 1) {
    const found = longestAt(tokens, at, onList(lexicons, 'dayBefore'));
    const night = longestAt(tokens, at, onList(lexicons, 'lastNight'));
    const next = found?.next ?? night?.next;
    if (next === undefined) continue;
    dated.fill('', at, next);
    dated[at] = found === undefined ? nightBefore(tokens.slice(next), clock, tag) : dateBefore(clock, 2, tag);
    at = next - 1;
  }
  return dated;
}

/** What ran in the night was there in the morning; "last night at 22:00" was yesterday. */
function nightBefore([after, later]: readonly Token[], clock: Clock, tag: string): string {
  const isTimed = [after, later].some((token) => clockShape.test(token?.folded ?? ''));
  return isTimed ? dateBefore(clock, 1, tag) : `${dateBefore(clock, 0, tag)} 06:00`;
}
