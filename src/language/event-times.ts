import { longestBefore, onList } from './cursor.ts';
import type { Entity, MomentEntity } from './entities.ts';
import type { Lexicon } from './lexicon.ts';
import { isPoint, meansIt, meansOneOf, textOf } from './points.ts';
import type { Token } from './tokens.ts';

/** More words than these between "before" and its time belong to something else. */
const longestEvent = 4;

/**
 * Times as people tell them by what happened: "before yesterday's deploy at 9" is one moment, and the deploy is a part of it.
 * A day and a time of day that stand near each other are one, and so is what stands between them and "before" or "from".
 */
export function toldByEvents(
  entities: readonly Entity[],
  tokens: readonly Token[],
  lexicons: readonly Lexicon[],
): readonly Entity[] {
  const sorted = entities.toSorted((a, b) => a.first - b.first);
  const joined: Entity[] = [];
  for (const entity of sorted) {
    const before = joined.at(-1);
    const one = before === undefined ? undefined : joinedMoment([before, entity], tokens, lexicons);
    if (one === undefined) joined.push(entity);
    else joined.splice(-1, 1, one);
  }
  const led = !isRestored(tokens, lexicons);
  return joined.map((entity, at) =>
    withNoun(withEvent(entity, joined[at - 1], { tokens, lexicons, led }), joined[at - 1], { tokens, lexicons }),
  );
}

function joinedMoment(
  [one, other]: readonly [Entity, Entity],
  tokens: readonly Token[],
  lexicons: readonly Lexicon[],
): MomentEntity | undefined {
  if (one.kind !== 'moment' || other.kind !== 'moment') return undefined;
  const between = tokens.slice(one.last + 1, other.first);
  if (between.length > longestEvent || between.some((token) => separates(token, lexicons))) return undefined;
  const [day, time] = one.moment.wholeDay ? [one.moment, other.moment] : [other.moment, one.moment];
  const fits = day.wholeDay && !time.wholeDay && time.repeats === 'day';
  if (!fits || day.exact !== undefined || time.exact !== undefined) return undefined;
  const { hour, minute } = time.wall;
  const moment = { ...day, wall: { ...day.wall, hour, minute }, wholeDay: false };
  return {
    kind: 'moment',
    moment,
    first: one.first,
    last: other.last,
    said: textOf(tokens, one.first, other.last),
  };
}

interface Sentence {
  readonly tokens: readonly Token[];
  readonly lexicons: readonly Lexicon[];
  /** "Fail over … before the deploy at 9" gives a reason; only "from before the deploy at 9" chooses a point. */
  readonly led: boolean;
}

function withEvent(entity: Entity, previous: Entity | undefined, sentence: Sentence): Entity {
  const { tokens, lexicons } = sentence;
  if (entity.kind !== 'moment') return entity;
  const floor = (previous?.last ?? -1) + 1;
  for (let first = entity.first; first >= floor && entity.first - first <= longestEvent; first -= 1) {
    if (opensTime(tokens.slice(floor, first), sentence)) return began(entity, first, sentence);
    const token = tokens[first - 1];
    if (token === undefined || separates(token, lexicons)) break;
  }
  return entity;
}

/** "From the backup of yesterday", "with the copy from Monday": what is called a backup there is the point of that time. */
function withNoun(
  entity: Entity,
  previous: Entity | undefined,
  { tokens, lexicons }: Pick<Sentence, 'tokens' | 'lexicons'>,
): Entity {
  if (entity.kind !== 'moment' && entity.kind !== 'length') return entity;
  // "From yesterday's backup".
  if (/'s$/.test(tokens[entity.last]?.text ?? '') && isPoint(tokens[entity.last + 1], 'noun', lexicons))
    return { ...entity, last: entity.last + 1 };
  const floor = (previous?.last ?? -1) + 1;
  const isPart = (at: number) => at >= floor && isLink(tokens[at], lexicons);
  const before = (from: number) => {
    let at = from;
    while (isPart(at - 1)) at -= 1;
    return at;
  };
  const end = before(entity.first);
  const noun = longestBefore(
    tokens,
    end,
    (form) => meansIt(form, 'recovery-point', lexicons) || lexicons.some(({ points }) => points.get(form) === 'noun'),
  )?.first;
  if (noun === undefined || noun < floor || end === entity.first) return entity;
  const first = before(noun);
  return tokens.slice(first, noun).some((token) => isLink(token, lexicons)) ? { ...entity, first } : entity;
}

/** "From the", "of": and not "at" or "on", with which something can also begin. */
function isLink(token: Token | undefined, lexicons: readonly Lexicon[]): boolean {
  const form = token?.folded ?? '';
  return (
    onList(lexicons, 'articles')(form) ||
    lexicons.some(({ points, clocks }) => ['lead', 'of'].includes(points.get(form) ?? '') && !clocks.has(form))
  );
}

/** From the first word of the event on; small words before it stay small words. */
function began(entity: MomentEntity, from: number, { tokens, lexicons }: Sentence): MomentEntity {
  let first = from;
  while (first < entity.first && meansIt(tokens[first]?.folded ?? '', 'neutral', lexicons)) first += 1;
  return { ...entity, first, said: textOf(tokens, first, entity.last) };
}

/** Whether words end in "before"; where it has to be led to, in "from before". */
function opensTime(words: readonly Token[], { lexicons, led }: Omit<Sentence, 'tokens'>): boolean {
  const found = longestBefore(words, words.length, (form) => meansIt(form, 'before', lexicons));
  if (found === undefined) return false;
  const isLead = (form: string) => lexicons.some(({ points }) => points.get(form) === 'lead');
  return !led || /^a partir /.test(found.form) || longestBefore(words, found.first, isLead) !== undefined;
}

function isRestored(tokens: readonly Token[], lexicons: readonly Lexicon[]): boolean {
  return tokens.some(({ folded }) => meansOneOf(folded, new Set(['restore', 'replace']), lexicons));
}

/** Whether "before" or "at" stands right before a word: figures after it are a time of day. */
export function opensHour(tokens: readonly Token[], at: number, lexicons: readonly Lexicon[]): boolean {
  const isClock = lexicons.some(({ points }) => points.get(tokens[at - 1]?.folded ?? '') === 'clock');
  return isClock || opensTime(tokens.slice(0, at), { lexicons, led: false });
}

/** "Not" and a further "before", "since", "until" end what belongs together. */
function separates({ folded }: Token, lexicons: readonly Lexicon[]): boolean {
  return (
    onList(lexicons, 'not')(folded) || meansOneOf(folded, new Set(['before', 'since', 'until', 'between']), lexicons)
  );
}
