import { beforeOf, isExpiry } from './closed.ts';
import { onList } from './cursor.ts';
import type { Lexicon } from './lexicon.ts';
import type { Item } from './reading.ts';
import type { Token } from './tokens.ts';

/** What leads to a span of time: the time after it has been. */
const leadsBack: ReadonlySet<string> = new Set(['before', 'since', 'between', 'until']);

/** A moment that nothing ties to a recovery point or an expiry: "fail over erp-01 at 22:00", and not "from Monday" or "the backup of 9:00". */
export function isOpenTime(
  item: Item,
  items: readonly Item[],
  { tokens, lexicons }: { readonly tokens: readonly Token[]; readonly lexicons: readonly Lexicon[] },
): boolean {
  if (item.kind !== 'value' || item.entity.kind !== 'moment' || isExpiry(item, items)) return false;
  const { first, last } = item.entity;
  const before = beforeOf(item, items);
  if (before?.kind === 'word' && before.senses.some(({ concept }) => leadsBack.has(concept))) return false;
  // "With the latest point last week": the point is told already.
  if (before?.kind === 'value' && before.entity.kind === 'point') return true;
  let at = first;
  while (onList(lexicons, 'articles')(tokens[at - 1]?.folded ?? '')) at -= 1;
  // "To the recovery point last week" tells when it was done; "recovery point 14:00" says which.
  if (item.entity.moment.wholeDay && isPoint(tokens[first - 1], lexicons)) return true;
  // "This morning's recovery point".
  if (isPoint(tokens[last + 1], lexicons)) return false;
  return !ties(tokens[at - 1], lexicons) && !ties(tokens[first], lexicons) && !ties(tokens[first - 1], lexicons);
}

/** "From", "of", "point": and not "at", with which something can also begin. */
function ties(token: Token | undefined, lexicons: readonly Lexicon[]): boolean {
  const form = token?.folded ?? '';
  return lexicons.some(
    ({ points, clocks }) =>
      (['lead', 'of'].includes(points.get(form) ?? '') && !clocks.has(form)) || isPoint(token, lexicons),
  );
}

/** What was said of it is true of every day or every week: it may be meant of the time to come. */
export function comesRound(item: Item): boolean {
  return item.kind === 'value' && item.entity.kind === 'moment' && item.entity.moment.repeats !== undefined;
}

function isPoint(token: Token | undefined, lexicons: readonly Lexicon[]): boolean {
  const begins = (form: string) =>
    lexicons[0]?.together.senses.get(form)?.some(({ concept }) => concept === 'recovery-point') === true;
  return token?.begun.some(({ form }) => begins(form)) === true;
}
