import { longestAt, longestBefore, onList } from './cursor.ts';
import type { Entity, MomentEntity, PointEntity } from './entities.ts';
import type { Lexicon } from './lexicon.ts';
import type { Token } from './tokens.ts';

/** A name for "the newest one of all"; every point parameter understands it. */
export const latestPoint = 'latest';
/** The newest one that was made with the help of the programs in the VM. */
export const latestConsistent = 'latest-application-consistent';
/** The newest one that Site Recovery has worked through: the quickest start. */
export const latestProcessed = 'latest-processed';

/** Only who wants one of these done chooses a recovery point: "the last backup of sql01" by itself asks something else. */
const choosing: ReadonlySet<string> = new Set(['restore', 'replace', 'roll-back', 'failover', 'drill', 'change']);
/** More words than these between "before" and its time belong to something else. */
const longestEvent = 4;

type Part = 'recent' | 'processed' | 'application' | 'noun' | 'ordinal' | 'lead' | 'small';

interface Piece {
  readonly part: Part;
  readonly first: number;
  readonly last: number;
  readonly number?: number;
}

/** Whether the words ask for something that begins at a recovery point. */
export function choosesPoint(tokens: readonly Token[], lexicons: readonly Lexicon[]): boolean {
  for (let at = 0; at < tokens.length; ) {
    const found = longestAt(tokens, at, (form) => lexicons.some(({ senses }) => senses.has(form)));
    if (found !== undefined && meansOneOf(found.form, choosing, lexicons)) return true;
    if (isParted(tokens, at, lexicons)) return true;
    at = found?.next ?? at + 1;
  }
  return false;
}

/** "Fail erp-01 over": the verb stands around a name. */
function isParted(tokens: readonly Token[], at: number, lexicons: readonly Lexicon[]): boolean {
  const form = tokens[at]?.folded ?? '';
  if (!lexicons.some(({ beginnings }) => beginnings.has(form))) return false;
  const isParticle = onList(lexicons, 'particles');
  const ends = tokens.slice(at + 2, at + 6).filter(({ folded }) => isParticle(folded));
  return ends.some(({ folded }) => meansOneOf(`${form} ${folded}`, choosing, lexicons));
}

/** "The last application-consistent point", "the latest processed one", "point 2", "from the latest": in whatever order a language says it. */
export function pointsIn(
  tokens: readonly Token[],
  lexicons: readonly Lexicon[],
  { asked }: { readonly asked: boolean },
): readonly PointEntity[] {
  const found: PointEntity[] = [];
  for (let at = 0; at < tokens.length; ) {
    const pieces = piecesFrom(tokens, at, lexicons);
    const point = pointOf(pieces) ?? (asked && says(pieces, 'recent') ? latestPoint : undefined);
    const [first, last] = spanOf(pieces);
    if (point !== undefined && first !== undefined && last !== undefined)
      found.push({ kind: 'point', point, first, last, said: textOf(tokens, first, last) });
    at = (pieces.at(-1)?.last ?? at) + 1;
  }
  return found;
}

/** Whether the words say this and nothing else: "latest" is enough for an answer. */
function says(pieces: readonly Piece[], part: Part): boolean {
  const told = pieces.filter((piece) => piece.part !== 'small' && piece.part !== 'lead');
  return told.length === 1 && told[0]?.part === part;
}

/** From the words that lead to it ("dall'") to the last one that says something. */
function spanOf(pieces: readonly Piece[]): readonly [number | undefined, number | undefined] {
  const isTold = ({ part }: Piece) => part !== 'small' && part !== 'lead';
  const first = pieces.findIndex(isTold);
  const lead = pieces.slice(0, first).findLast(({ part }) => part === 'lead');
  return [(lead ?? pieces[first])?.first, pieces.findLast(isTold)?.last];
}

function textOf(tokens: readonly Token[], first: number, last: number): string {
  const words = tokens.slice(first, last + 1).map(({ text }) => text);
  return words.join(' ');
}

function piecesFrom(tokens: readonly Token[], from: number, lexicons: readonly Lexicon[]): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let at = from; at < tokens.length; ) {
    const piece = pieceAt(tokens, at, lexicons);
    if (piece === undefined) break;
    pieces.push(piece);
    at = piece.last + 1;
  }
  return pieces;
}

function pieceAt(tokens: readonly Token[], at: number, lexicons: readonly Lexicon[]): Piece | undefined {
  const means = (concept: string) => (form: string) => meansIt(form, concept, lexicons);
  const listed = (list: string) => (form: string) => lexicons.some(({ points }) => points.get(form) === list);
  const tests: readonly (readonly [Part, (form: string) => boolean])[] = [
    ['processed', means('latest-processed')],
    ['application', listed('application')],
    ['noun', (form) => means('recovery-point')(form) || listed('noun')(form)],
    ['recent', means('recent')],
    ['lead', listed('lead')],
    ['small', means('neutral')],
  ];
  const number = isDay(tokens, at, lexicons) ? undefined : numberAt(tokens[at], lexicons);
  const found = tests.flatMap(([part, has]): Piece[] => {
    const stretch = longestAt(tokens, at, has);
    return stretch === undefined || (part === 'recent' && isTime(tokens[stretch.next], lexicons))
      ? []
      : [{ part, first: at, last: stretch.next - 1 }];
  });
  const ordinal: readonly Piece[] = number === undefined ? [] : [{ part: 'ordinal', first: at, last: at, number }];
  // The longest one; of two equally long ones the one that says more.
  return [...ordinal, ...found].toSorted((a, b) => b.last - a.last)[0];
}

/** "Last night's backup": the night is the last one, and not the backup. */
function isTime(token: Token | undefined, lexicons: readonly Lexicon[]): boolean {
  const form = token?.folded ?? '';
  return onList(lexicons, 'dates')(/'s$/.test(token?.text ?? '') ? form.slice(0, -1) : form);
}

/** "The point of 18 November": a figure of a date and no place in a list. */
function isDay(tokens: readonly Token[], at: number, lexicons: readonly Lexicon[]): boolean {
  const isDate = onList(lexicons, 'dates');
  const next = tokens[at + 1]?.folded ?? '';
  // "Segunda" is Monday, and the second only before what is counted.
  if (isDate(tokens[at]?.folded ?? '')) return !isPoint(tokens[at + 1], 'noun', lexicons);
  const isOf = lexicons.some(({ points }) => points.get(next) === 'of');
  return isDate(next) || (isOf && isDate(tokens[at + 2]?.folded ?? ''));
}

function numberAt(token: Token | undefined, lexicons: readonly Lexicon[]): number | undefined {
  const figures = /^#?(\d{1,2})$/.exec(token?.folded ?? '')?.[1];
  if (figures !== undefined) return Number(figures);
  return lexicons.map(({ ordinals }) => ordinals.get(token?.folded ?? '')).find((value) => value !== undefined);
}

function pointOf(pieces: readonly Piece[]): PointEntity['point'] | undefined {
  const parts = new Set(pieces.map(({ part }) => part));
  const numbers = pieces.filter(({ part }) => part === 'ordinal');
  const [only] = numbers;
  if (numbers.length === 1 && only?.number !== undefined) return nthOf(pieces, only.number);
  if (numbers.length > 0 || (parts.has('application') && parts.has('processed'))) return undefined;
  if (parts.has('processed')) return latestProcessed;
  if (parts.has('application')) return latestConsistent;
  return parts.has('recent') && (parts.has('noun') || isLed(pieces)) ? latestPoint : undefined;
}

/** "Point 2", "the second one": a number and a noun, and nothing that says "the last 2". */
function nthOf(pieces: readonly Piece[], number: number): number | undefined {
  const others = pieces.filter(({ part }) => part !== 'ordinal' && part !== 'small' && part !== 'lead');
  return number > 0 && others.length > 0 && others.every(({ part }) => part === 'noun') ? number : undefined;
}

/** "From the latest": what leads to it stands before it. */
function isLed(pieces: readonly Piece[]): boolean {
  const recent = pieces.findIndex(({ part }) => part === 'recent');
  return pieces.slice(0, recent).some(({ part }) => part === 'lead');
}

function meansIt(form: string, meant: string, lexicons: readonly Lexicon[]): boolean {
  return lexicons.some(({ senses }) => senses.get(form)?.some(({ concept }) => concept === meant) === true);
}

function meansOneOf(form: string, concepts: ReadonlySet<string>, lexicons: readonly Lexicon[]): boolean {
  return lexicons.some(({ senses }) => senses.get(form)?.some(({ concept }) => concepts.has(concept)) === true);
}

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

function isPoint(token: Token | undefined, part: 'lead' | 'noun', lexicons: readonly Lexicon[]): boolean {
  return lexicons.some(({ points }) => points.get(token?.folded ?? '') === part);
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
