import { longestAt, onList } from './cursor.ts';
import { isTime, means } from './items.ts';
import type { Lexicon } from './lexicon.ts';
import { firstOf, type Item, lastOf } from './reading.ts';
import type { Token } from './tokens.ts';

/** Why something is asked for, and where that stands in the sentence. */
export interface Reason {
  /** Index of the first token of what leads to it. */
  readonly first: number;
  /** Index of the token after it. */
  readonly next: number;
  readonly said: string;
}

/** What follows "because", to the end or to where parameters go on: "…because of the audit, network vnet-test". */
export function reasonIn(
  text: string,
  tokens: readonly Token[],
  items: readonly Item[],
  lexicons: readonly Lexicon[],
): Reason | undefined {
  const begun = reasonAt(tokens, items, lexicons);
  if (begun === undefined) return undefined;
  const next = endOf(text, tokens, items, begun.words);
  // "For the audit, network vnet-test": what leads to a reason may be all of it.
  const from = next > begun.words ? begun.words : begun.first;
  const said = withoutEnd(text.slice(tokens[from]?.start ?? 0, tokens[next]?.start)).replace(/ (?:and|e|ed)$/i, '');
  return { first: begun.first, next, said: said.slice(0, 500) };
}

/** Behind a mark, where a value follows it; and before "keep it 3 days". */
function endOf(text: string, tokens: readonly Token[], items: readonly Item[], from: number): number {
  const goesOn = (at: number) => items.some((item) => firstOf(item) >= at && isParameter(item));
  for (let at = from; at < tokens.length; at += 1) {
    const marked = /[,;.]/.test(text.slice(tokens[at - 1]?.end ?? 0, tokens[at]?.start));
    if (marked && goesOn(at)) return at;
    if (items.some((item) => firstOf(item) === at && means(item, ['keep'])) && goesOn(at)) return at;
  }
  return tokens.length;
}

function isParameter(item: Item): boolean {
  return (
    item.kind === 'value' &&
    ['network', 'length', 'moment', 'point', 'policy', 'announced', 'region'].includes(item.entity.kind)
  );
}

/** The punctuation of the sentence does not belong to the reason. */
function withoutEnd(reason: string): string {
  let end = reason.length;
  while (end > 0 && ' .!?;,'.includes(reason[end - 1] ?? '')) end -= 1;
  return reason.slice(0, end);
}

/** Where the reason begins: after something was asked for, and not where a time follows ("before 14:00"). */
function reasonAt(tokens: readonly Token[], items: readonly Item[], lexicons: readonly Lexicon[]) {
  const starts = new Map(items.map((item) => [firstOf(item), item]));
  const opensReason = onList(lexicons, 'reason');
  let spoken = false;
  for (let at = 0; at < tokens.length; at += 1) {
    const item = starts.get(at);
    // "From before yesterday's deploy" is one value.
    if (item?.kind === 'value') {
      at = lastOf(item);
      continue;
    }
    const found = spoken ? longestAt(tokens, at, opensReason) : undefined;
    const next = found === undefined ? undefined : starts.get(found.next);
    if (
      found !== undefined &&
      found.next < tokens.length &&
      !(next !== undefined && isTime(next) && isBefore(found.form, lexicons))
    )
      return { first: at, words: found.next };
    spoken ||=
      item?.kind === 'word' &&
      item.senses.some(({ kind }) => kind === 'action' || kind === 'thing' || kind === 'state');
  }
  return undefined;
}

function isBefore(form: string, lexicons: readonly Lexicon[]): boolean {
  const means = (words: string) =>
    lexicons.some(({ senses }) =>
      senses.get(words)?.some(({ concept }) => concept === 'before' || concept === 'since'),
    );
  // "Before the": its first word says it.
  return means(form) || means(form.split(' ')[0] ?? '');
}
