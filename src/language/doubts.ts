import { aboutToCome, type Clause, opensWithSubject } from './clause.ts';
import { longestAt, onList } from './cursor.ts';
import type { Hearing } from './hearing.ts';
import { firstSaid, isVerb, means, saysSomething } from './items.ts';
import type { Item } from './reading.ts';

/** What may take the request back, or make it somebody else's or another time's. */
export function isUnsure(clause: Clause): boolean {
  const { utterance, hearing } = clause;
  // "Preview of …, don't apply anything": nothing is done anyway.
  if (utterance.opening.dryRun && deniesRequest(clause)) return false;
  const { rest } = utterance.opening;
  const unsure = onList(utterance.lexicons.slice(0, 1), 'unsure');
  const doubts = rest.some((_, at) => longestAt(rest, at, unsure) !== undefined);
  return (
    doubts || declines(clause) || asks(clause) || opensLater(hearing) || deniesRequest(clause) || isForThen(clause)
  );
}

/** "Back up sql01? No, it's fine", and not "no need to shut down the source". */
function declines({ utterance: { opening, lexicons } }: Clause): boolean {
  const [own] = lexicons;
  const isNo = (form: string) => ['decline', 'cancel'].includes(own?.words.get(form) ?? '');
  const found = longestAt(opening.rest, 0, (form) => isNo(form) || own?.senses.has(form) === true);
  return found !== undefined && isNo(found.form);
}

/** "Before the update", "deploy in ten minutes": what the request is made for, or the time at which it is to be done. */
export function isWhatFor(clause: Clause): boolean {
  const { items } = clause.hearing;
  if (clause.before) return true;
  // "It does not boot after the update" has been.
  if (!items.some((item) => means(item, ['plight'])) || items.some((item) => means(item, ['told']))) return false;
  return aboutToCome(clause) || items.some(saysWhen);
}

/** "At 22:00", "in ten minutes". */
function saysWhen(item: Item): boolean {
  if (item.kind !== 'value') return false;
  return item.entity.kind === 'moment' || (item.entity.kind === 'length' && item.entity.use === 'in');
}

/** "…, tomorrow", "we do it tonight": when the request is meant to be done, and nothing else that is still to come. */
function isForThen(clause: Clause): boolean {
  if (clause.before || !aboutToCome(clause)) return false;
  const { hearing, utterance } = clause;
  const isAhead = onList(utterance.lexicons.slice(0, 1), 'ahead');
  // "Authorised by the board, only for tomorrow".
  const [first] = hearing.items;
  const isOfRequest = first !== undefined && means(first, ['told', 'did']);
  return hearing.items.every(
    (item) =>
      !saysSomething(item) ||
      isVerb(item) ||
      (item.kind === 'value' && item.entity.kind === 'moment') ||
      (item.kind !== 'value' && isAhead(item.form)) ||
      means(item, ['is', 'has', 'do', 'later']) ||
      (isOfRequest && means(item, ['told', 'person'])),
  );
}

/** English asks by its first word, others by the mark alone. */
function asks(clause: Clause): boolean {
  const { hearing, utterance, mark } = clause;
  const tag = utterance.lexicons[0]?.tag;
  if (!hearing.asks || opensWithSubject(clause) || tellsByVerb(hearing, tag)) return false;
  return mark === '?' || tag !== 'en' || asksFirst.has(utterance.opening.rest[0]?.folded ?? '');
}

const asksFirst: ReadonlySet<string> = new Set(
  'is are was were has have had do does did can could what which who how when why where'.split(' '),
);

/** "Sta bloccando il batch", "foi aprovado": where people ask by the mark alone, a verb in front only tells. */
function tellsByVerb({ items: [first] }: Hearing, tag: string | undefined): boolean {
  const asking = ['what', 'how', 'when'];
  return tag !== 'en' && first !== undefined && means(first, ['is', 'has', 'did', 'told']) && !means(first, asking);
}

/** "After the drill went fine, …". */
function opensLater({ items }: Hearing): boolean {
  const first = firstSaid(items);
  return first !== undefined && means(first, ['later', 'since']);
}

/** "Not yet", "don't fail over": a denial that opens what is told, or one of something to do. "The VM does not boot" and "we don't need it" are none. */
function deniesRequest(clause: Clause): boolean {
  const told = clause.hearing.items.filter((item) => saysSomething(item) || isDenial(item));
  const at = told.findIndex(isDenial);
  if (at === -1) return false;
  const behind = told.slice(at + 1);
  if (opensWithSubject(clause) && behind.length > 0 && behind.every((item) => means(item, ['has', 'is']))) return false;
  return at === 0 || behind.some(isVerb);
}

function isDenial(item: Item): boolean {
  return item.kind === 'word' && item.senses.some(({ kind }) => kind === 'not');
}
