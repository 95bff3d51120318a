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
  const word = token === undefined ? '' : dateWord(token, tag);
  return tag.startsWith('pt') && /^\d{1,2}:\d{2}$/.test(word) && onList(lexicons, 'dates')(day) ? `às ${word}` : word;
}

/** Hours as they are typed in Portuguese and Italian: "9h", "9h30", "às 9" without its accent. */
function dateWord({ text, folded }: Token, tag: string): string {
  const hours = /^(\d{1,2})h(\d{2})?$/.exec(folded);
  if (hours !== null) return `${hours[1]}:${hours[2] ?? '00'}`;
  return folded === 'as' && tag !== 'en' ? 'às' : (dayOf({ text, folded }) ?? text);
}

const month = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*$/i;

const dayOfMonth = /^(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?$/i;

/** "Nov 18": outside America the English parser takes it for November 2018, and "from 18 Nov" for six o'clock. The day goes first, with nothing before it. */
export function dayFirst(words: readonly string[], tag: string): readonly string[] {
  if (tag !== 'en') return words;
  const ordered = [...words];
  for (let at = 0; at + 1 < ordered.length; at += 1) {
    const [one = '', other = ''] = [ordered[at], ordered[at + 1]];
    if (month.test(one) && dayOfMonth.test(other)) ordered.splice(at, 2, other, one);
    if (at > 0 && ordered[at - 1] === 'from' && month.test(ordered[at + 1] ?? '')) ordered[at - 1] = '·';
  }
  return ordered;
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
