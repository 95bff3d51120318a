import { onList } from './cursor.ts';
import type { Said } from './fill.ts';
import { numberOf } from './lengths.ts';
import type { Lexicon } from './lexicon.ts';
import type { Token } from './tokens.ts';

/** "2", "#2", "number two", "the second one", "a segunda", "il secondo". */
export function choiceOf(tokens: readonly Token[], lexicons: readonly Lexicon[]): Said | undefined {
  const isCue = onList(lexicons, 'one');
  const isSmall = (folded: string) => isCue(folded) || lexicons.some((lexicon) => isCueOrNeutral(folded, lexicon));
  const value = (folded: string) => ordinalOf(folded, lexicons) ?? numberOf(folded.replace(/^#/, ''), lexicons);
  const isFigure = ({ folded }: Token) =>
    value(folded) !== undefined &&
    !(tokens.length > 1 && ordinalOf(folded, lexicons) === undefined && !/\d/.test(folded) && isSmall(folded));
  let figure: Token | undefined;
  for (const token of tokens) {
    const isNumber = isFigure(token);
    if (isNumber ? figure !== undefined : !isSmall(token.folded)) return undefined;
    if (isNumber) figure = token;
  }
  const number = figure === undefined ? undefined : value(figure.folded);
  if (number === undefined || number < 1 || number > 99) return undefined;
  return { kind: 'number', said: tokens.map(({ text }) => text).join(' '), value: number };
}

function ordinalOf(folded: string, lexicons: readonly Lexicon[]): number | undefined {
  for (const { ordinals } of lexicons) {
    const value = ordinals.get(folded);
    if (value !== undefined) return value;
  }
  return undefined;
}

function isCueOrNeutral(folded: string, { words, senses }: Lexicon): boolean {
  return words.get(folded) === 'choice' || senses.get(folded)?.some(({ kind }) => kind === 'neutral') === true;
}
