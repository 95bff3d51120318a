import { longestBefore, onList } from './cursor.ts';
import type { LengthEntity } from './entities.ts';
import type { Lexicon } from './lexicon.ts';
import type { Token } from './tokens.ts';

const joined = /^(\d{1,4})([a-z]{1,8})$/;

/** Lengths of time: "60 days", "60d", "two weeks", "3 hours ago", "in the last 7 days", "tra due ore". */
export function lengthsIn(tokens: readonly Token[], lexicons: readonly Lexicon[]): readonly LengthEntity[] {
  const found: LengthEntity[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const length = lengthAt(tokens, at, lexicons);
    if (length === undefined) continue;
    found.push(withUse(tokens, at, length, lexicons));
    at = length.last;
  }
  return found;
}

interface Length {
  readonly count: number;
  readonly unit: string;
  readonly last: number;
}

function lengthAt(tokens: readonly Token[], at: number, lexicons: readonly Lexicon[]): Length | undefined {
  const token = tokens[at]?.folded ?? '';
  const parts = tokens[at]?.lettered === true ? null : joined.exec(token);
  const unitWithin = parts?.[2] === undefined ? undefined : unitOf(parts[2], lexicons);
  if (unitWithin !== undefined) return { count: Number(parts?.[1]), unit: unitWithin, last: at };
  const count = numberOf(token, lexicons);
  if (count === undefined) return undefined;
  const extra = tokens[at + 1]?.folded === 'of' ? 2 : 1;
  const unit = unitOf(tokens[at + extra]?.folded ?? '', lexicons);
  return unit === undefined ? undefined : { count, unit, last: at + extra };
}

/** A whole number in digits or words. */
export function numberOf(folded: string, lexicons: readonly Lexicon[]): number | undefined {
  if (/^\d{1,5}$/.test(folded)) return Number(folded);
  for (const { numbers } of lexicons) {
    const value = numbers.get(folded);
    if (value !== undefined) return value;
  }
  return undefined;
}

function unitOf(folded: string, lexicons: readonly Lexicon[]): string | undefined {
  for (const { units } of lexicons) {
    const unit = units.get(folded);
    if (unit !== undefined) return unit;
  }
  return undefined;
}

function withUse(tokens: readonly Token[], at: number, length: Length, lexicons: readonly Lexicon[]): LengthEntity {
  const after = tokens[length.last + 1]?.folded ?? '';
  const ago = onList(lexicons, 'ago')(after) || isPortugueseAgo(tokens[at - 1]);
  const within = longestBefore(tokens, at, onList(lexicons, 'within'));
  const ahead = longestBefore(tokens, at, onList(lexicons, 'in'));
  const use = ago ? 'ago' : within !== undefined ? 'within' : ahead !== undefined ? 'in' : 'for';
  const first = ago && isPortugueseAgo(tokens[at - 1]) ? at - 1 : (within?.first ?? ahead?.first ?? at);
  const last = ago && onList(lexicons, 'ago')(after) ? length.last + 1 : length.last;
  const said = tokens
    .slice(first, last + 1)
    .map((token) => token.text)
    .join(' ');
  return {
    kind: 'length',
    use,
    count: length.count,
    unit: length.unit,
    first: use === 'ago' ? Math.min(first, at) : first,
    last,
    said,
  };
}

/** "há 3 dias": the only one that stands before. */
function isPortugueseAgo(token: Token | undefined): boolean {
  return token?.folded === 'ha' && token.text.toLowerCase() !== 'ha';
}

/** "Sexta 22h", "ieri 20h", "18/11 23h": an hour of the day right before it, and no length. */
export function followsDay(tokens: readonly Token[], at: number, lexicons: readonly Lexicon[]): boolean {
  const before = tokens[at - 1]?.folded ?? '';
  const day = lexicons.some(({ clocks }) => clocks.has(before)) ? (tokens[at - 2]?.folded ?? '') : before;
  return (
    /^\d{1,2}h\d{0,2}$/.test(tokens[at]?.folded ?? '') &&
    (onList(lexicons, 'dates')(day) || /^\d{1,4}[./-]\d{1,2}/.test(day))
  );
}
