import { onList } from './cursor.ts';
import type { Said } from './fill.ts';
import { numberOf } from './lengths.ts';
import type { Lexicon } from './lexicon.ts';
import type { Token } from './tokens.ts';

/** "2", "#2", "number two", "the second one", "a segunda", "il secondo". */
export function choiceOf(tokens: readonly Token[], lexicons: readonly Lexicon[]): Said | undefined {
  const isCue = (folded: string) =>
    lexicons.some(({ words }) => words.get(folded) === 'choice') || onList(lexicons, 'one')(folded);
  const said = tokens.map(({ text }) => text).join(' ');
  const ordinal = (folded: string) =>
    lexicons.map(({ ordinals }) => ordinals.get(folded)).find((value) => value !== undefined);
  const value = (folded: string) => ordinal(folded) ?? numberOf(folded.replace(/^#/, ''), lexicons);
  const figures = tokens.filter(
    ({ folded }) =>
      value(folded) !== undefined &&
      !(tokens.length > 1 && ordinal(folded) === undefined && !/\d/.test(folded) && isCueOrSmall(folded)),
  );
  function isCueOrSmall(folded: string): boolean {
    return (
      isCue(folded) ||
      lexicons.some(({ senses }) => senses.get(folded)?.some(({ kind }) => kind === 'neutral') === true)
    );
  }
  const number = figures.length === 1 ? value(figures[0]?.folded ?? '') : undefined;
  const others = tokens.filter((token) => !figures.includes(token));
  if (number === undefined || number < 1 || number > 99 || !others.every(({ folded }) => isCueOrSmall(folded)))
    return undefined;
  return { kind: 'number', said, value: number };
}
