import { announcedIn } from './announced.ts';
import { longestAt, longestBefore, onList } from './cursor.ts';
import { clockShape, clockWord, dayFirst, dayOf, withDayBefore } from './date-words.ts';
import { type Clock, momentsIn } from './dates.ts';
import type { Entity, MomentEntity, NameEntity } from './entities.ts';
import { opensHour, toldByEvents } from './event-times.ts';
import { followsDay, lengthsIn } from './lengths.ts';
import type { Lexicon } from './lexicon.ts';
import { isCode, isSnapshot, nameShape, ownerOf } from './name-shape.ts';
import type { NameIndex } from './names.ts';
import { isWord, isWords } from './plain-words.ts';
import { choosesPoint, pointsIn } from './points.ts';
import { placesIn } from './regions.ts';
import type { Token } from './tokens.ts';

/** What the values of a sentence are read with. */
export interface ValueReader {
  readonly lexicons: readonly Lexicon[];
  readonly names: NameIndex;
  readonly clock: Clock;
  /** The language that the sentence seems to be in: its dates are read first. */
  readonly tag: string;
  /** What the tokens are places in, where it matters how something was written. */
  readonly text?: string;
  /** A recovery point was asked for: the words need not say so. */
  readonly pointAsked?: boolean;
}

/** A GUID or its first eight digits, as the portal and the cards of jobs show it. */
const jobShape = /^(?=.*\d)[0-9a-f]{8}(?:-[0-9a-f]{4}){0,3}(?:-[0-9a-f]{12})?$/;
const ticketShape = /^(?:inc|chg|req|ritm|sctask|task|prb|sr|chamado|ticket)[-#]?\d{3,12}$/;
const vmId =
  /^\/subscriptions\/[^/]+\/resourcegroups\/([^/]+)\/providers\/microsoft\.compute\/virtualmachines\/([^/]+)$/i;
const dateShape = /^\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4})?$/;

/** The values of a sentence, in order, none overlapping another: names first, then lengths, marks, moments, numbers. */
export function valuesIn(tokens: readonly Token[], reader: ValueReader): readonly Entity[] {
  const taken = new Set<number>();
  const found: Entity[] = [];
  const take = (entity: Entity) => {
    for (let at = entity.first; at <= entity.last; at += 1) if (taken.has(at)) return;
    for (let at = entity.first; at <= entity.last; at += 1) taken.add(at);
    found.push(entity);
  };
  const free = (at: number) => !taken.has(at);
  for (const entity of subscriptionsIn(tokens, reader)) take(entity);
  for (const entity of spokenNames(tokens, reader)) take(entity);
  for (const entity of knownNames(tokens, reader)) take(entity);
  for (const entity of placesIn(tokens, reader)) take(entity);
  for (const entity of policiesIn(tokens, reader)) take(entity);
  // "The VM called nosuch-01" is the one that is meant, and no new name.
  const names = found.some(({ kind }) => kind === 'vm' || kind === 'plan');
  const isNew = (said: string) => !isSnapshot(said) && tokens.some(({ text }) => isSnapshot(text));
  const isPlain = ({ folded, quoted }: Token) => !quoted && isWords(folded, reader.lexicons);
  for (const entity of announcedIn(tokens, reader, isPlain))
    if (names || entity.parameter !== 'name' || isNew(entity.said)) take(entity);
  const choosing = reader.pointAsked === true || choosesPoint(tokens, reader.lexicons);
  if (choosing)
    for (const entity of pointsIn(tokens, reader.lexicons, { asked: reader.pointAsked === true })) take(entity);
  const isHour = (at: number) =>
    followsDay(tokens, at, reader.lexicons) ||
    (choosing && /^\d{1,2}h?$/.test(tokens[at]?.folded ?? '') && opensHour(tokens, at, reader.lexicons));
  for (const entity of lengthsIn(tokens, reader.lexicons))
    if (entity.use !== 'for' || entity.last > entity.first || !isHour(entity.first)) take(entity);
  for (const entity of marksIn(tokens, reader.lexicons)) take(entity);
  for (const entity of dateTokens(tokens, { free, isHour }, reader)) take(entity);
  for (const entity of likelyNames(tokens, reader)) take(entity);
  for (const entity of numbersIn(tokens)) take(entity);
  if (!found.some(({ kind }) => kind === 'vm')) for (const entity of begunNames(tokens, reader)) take(entity);
  return choosing ? toldByEvents(found, tokens, reader.lexicons) : found.sort((a, b) => a.first - b.first);
}

function placed(tokens: readonly Token[], first: number, last = first) {
  const said = tokens.slice(first, last + 1).map((token) => token.text);
  return { first, last, said: said.join(' ') };
}

function knownNames(tokens: readonly Token[], reader: ValueReader): readonly NameEntity[] {
  const { names, lexicons } = reader;
  return tokens.flatMap((token, at): NameEntity[] => {
    const cued = cuedName(tokens, at, reader);
    if (cued !== undefined) return [cued];
    if (!token.lettered && vmId.test(token.text)) return [{ kind: 'vm', known: true, ...placed(tokens, at) }];
    const ordinary = !token.quoted && !isShaped(token) && isWord(token.folded, lexicons);
    if (ordinary) return [];
    const said = ownerOf(token.text);
    const kind = (['vm', 'vault', 'plan'] as const).find((one) => names.has(one, said));
    return kind === undefined ? [] : [{ kind, known: true, first: at, last: at, said }];
  });
}

/** Whether it looks like a name: it has a figure or a dash in it. */
function isShaped({ lettered, text }: Pick<Token, 'lettered' | 'text'>): boolean {
  return !lettered && nameShape.test(text);
}

/** A subscription by its name, of several words perhaps, or what its own words announce: "in subscription Contoso Prod". */
function subscriptionsIn(tokens: readonly Token[], { names, lexicons }: ValueReader): readonly NameEntity[] {
  const announces = onList(lexicons, 'subscription');
  if (!names.hasSubscriptions && !tokens.some((_, at) => longestBefore(tokens, at, announces) !== undefined)) return [];
  return tokens.flatMap((_, at): NameEntity[] => {
    const cue = longestBefore(tokens, at, announces);
    if (cue === undefined && !names.hasSubscriptions) return [];
    const named = [4, 3, 2, 1].find((count) => names.hasSubscription(placed(tokens, at, at + count - 1).said));
    const last = at + (named ?? 1) - 1;
    const shaped = tokens[at]?.quoted === true || nameShape.test(tokens[at]?.text ?? '');
    const bare = named !== undefined && !tokens.slice(at, last + 1).every(({ folded }) => isWord(folded, lexicons));
    if (cue === undefined ? !bare : named === undefined && !shaped) return [];
    const { said } = placed(tokens, at, last);
    return [{ kind: 'subscription', known: named !== undefined, ...placed(tokens, cue?.first ?? at, last), said }];
  });
}

/** A name with blanks where its hyphens are: "sql prod 01". */
function spokenNames(tokens: readonly Token[], { names }: ValueReader): readonly NameEntity[] {
  // Few words end in a figure.
  const ends = tokens.map(({ lettered, text }) => !lettered && /\d$/.test(text));
  if (!ends.includes(true, 1)) return [];
  return tokens.flatMap((_, at): NameEntity[] =>
    [4, 3, 2].flatMap((count) => {
      if (ends[at + count - 1] !== true) return [];
      const words = tokens.slice(at, at + count).map(({ text }) => text);
      const known = names.has('vm', words.join('-'));
      return known ? [{ kind: 'vm', known: true, ...placed(tokens, at, at + count - 1) }] : [];
    }),
  );
}

/** The beginning of a name, when the sentence has no other: "is sql protected?" */
function begunNames(tokens: readonly Token[], { names, lexicons }: ValueReader): readonly NameEntity[] {
  return tokens.flatMap((token, at): NameEntity[] => {
    if (token.folded.length < 3 || isWords(token.folded, lexicons)) return [];
    return names.begins('vm', token.text) ? [{ kind: 'vm', known: false, ...placed(tokens, at) }] : [];
  });
}

/** A name that its own words announce: "in rg-erp", "no grupo rg-erp", "vault rsv-prod", "on vnet-test". The words go with it. */
function cuedName(tokens: readonly Token[], at: number, { lexicons, names }: ValueReader): NameEntity | undefined {
  const { text = '', quoted = false, lettered = true } = tokens[at] ?? {};
  const shaped = quoted || isShaped({ text, lettered });
  if (names.hasGroup(text) || (!lettered && /^rg[-_]./i.test(text))) return groupAt(tokens, at, lexicons, names);
  const isVault = names.has('vault', text);
  if (!shaped && !isVault) return undefined;
  const cue = (list: 'group' | 'vault' | 'network') => longestBefore(tokens, at, onList(lexicons, list))?.first;
  const group = cue('group');
  if (group !== undefined && shaped) return { kind: 'group', known: false, ...placed(tokens, group, at), said: text };
  const vault = cue('vault');
  if (vault !== undefined) {
    return { kind: 'vault', known: isVault, ...placed(tokens, vault, at), said: text };
  }
  const network = cue('network');
  if ((network !== undefined && shaped) || /^vnet[-_]./i.test(text)) {
    return { kind: 'network', known: false, ...placed(tokens, network ?? at, at), said: text };
  }
  return undefined;
}

/** "Policy gold", "the daily-30d policy", "EnhancedPolicy": what the word stands beside, or ends with, when it is no other word. */
function policiesIn(tokens: readonly Token[], { lexicons }: ValueReader): readonly NameEntity[] {
  const isPolicy = (form: string) =>
    lexicons[0]?.together.senses.get(form)?.some(({ concept }) => concept === 'policy') === true;
  return tokens.flatMap((token, at): NameEntity[] => {
    if (isWords(token.folded, lexicons) || /^\W*\d+(?:[dwmy]|days?|weeks?)?\W*$/i.test(token.text)) return [];
    const shaped = nameShape.test(token.text) || /^\p{Lu}/u.test(token.text) || token.quoted;
    const announced = longestBefore(tokens, at, shaped ? isPolicy : onList(lexicons, 'policy')) !== undefined;
    const followed = nameShape.test(token.text) && longestAt(tokens, at + 1, isPolicy) !== undefined;
    const named = /^[\p{L}\d_-]{3,}policy$/iu.test(token.text);
    return announced || followed || named ? [{ kind: 'policy', known: false, ...placed(tokens, at) }] : [];
  });
}

function groupAt(
  tokens: readonly Token[],
  at: number,
  lexicons: readonly Lexicon[],
  names: NameIndex,
): NameEntity | undefined {
  const text = tokens[at]?.text ?? '';
  if (names.has('vm', text)) return undefined;
  const cue = longestBefore(tokens, at, onList(lexicons, 'group'))?.first ?? at;
  return { kind: 'group', known: names.hasGroup(text), ...placed(tokens, cue, at), said: text };
}

function likelyNames(tokens: readonly Token[], { lexicons }: ValueReader): readonly NameEntity[] {
  return tokens.flatMap((token, at): NameEntity[] => {
    const likely = isShaped(token) && !/^[\d.-]+$/.test(token.text) && !isWords(token.folded, lexicons);
    return likely || token.quoted ? [{ kind: 'vm', known: false, ...placed(tokens, at) }] : [];
  });
}

function marksIn(tokens: readonly Token[], lexicons: readonly Lexicon[]): readonly Entity[] {
  return tokens.flatMap((token, at): Entity[] => {
    if (token.lettered) return [];
    if (ticketShape.test(token.folded)) {
      const cue = longestBefore(tokens, at, onList(lexicons, 'ticket'));
      return [{ kind: 'ticket', ...placed(tokens, cue?.first ?? at, at), said: token.text }];
    }
    if (jobShape.test(token.folded) && !/^\d+$/.test(token.folded)) return [{ kind: 'job', ...placed(tokens, at) }];
    return isCode(token) ? [{ kind: 'run', ...placed(tokens, at) }] : [];
  });
}

function numbersIn(tokens: readonly Token[]): readonly Entity[] {
  return tokens.flatMap((token, at): Entity[] =>
    !token.lettered && /^#?\d{1,5}$/.test(token.text)
      ? [{ kind: 'number', value: Number(token.text.replace('#', '')), ...placed(tokens, at) }]
      : [],
  );
}

/** The text for the date parser is put together from the free words, so that a VM called sql-2026-01 is no date. */
function dateTokens(
  tokens: readonly Token[],
  { free, isHour }: { readonly free: (at: number) => boolean; readonly isHour: (at: number) => boolean },
  reader: ValueReader,
): readonly MomentEntity[] {
  const hints = onList(reader.lexicons, 'dates');
  const hinted = tokens.some(
    (token, at) =>
      free(at) &&
      (isHour(at) ||
        hints(dayOf(token) ?? token.folded) ||
        (!token.lettered && (dateShape.test(token.folded) || clockShape.test(token.folded)))),
  );
  if (!hinted) return [];
  const words = withDayBefore(
    tokens,
    dayFirst(
      tokens.map((_, at) => (free(at) ? clockWord(tokens, at, reader) : '·')),
      reader.tag,
    ),
    reader,
  );
  const read = momentsOf(tokens, words, reader);
  // "Before 1 January" is a day; only figures that are no part of a date are hours: "before 9".
  const isPart = (at: number) => read.some(({ first, last }) => first <= at && at <= last);
  const hours = words.map((word, at) => (/^\d{1,2}$/.test(word) && isHour(at) && !isPart(at) ? `${word}:00` : word));
  return hours.every((word, at) => word === words[at]) ? read : momentsOf(tokens, hours, reader);
}

function momentsOf(tokens: readonly Token[], words: readonly string[], reader: ValueReader): readonly MomentEntity[] {
  const starts: number[] = [];
  let text = '';
  for (const word of words) {
    starts.push(text.length);
    text += `${word} `;
  }
  const tags = [reader.tag, ...reader.lexicons.map(({ tag }) => tag).filter((tag) => tag !== reader.tag)];
  for (const tag of tags) {
    const isUrgent = onList(reader.lexicons, 'urgent');
    // "Now" hurries, and is no recovery point.
    const found = momentsIn(text, tag, reader.clock).filter(
      ({ start, end }) => isWholeWords(text, start, end) && !isUrgent(text.slice(start, end).trim().toLowerCase()),
    );
    if (found.length > 0)
      return found.map(({ start, end, moment }) => ({
        kind: 'moment',
        moment,
        ...placed(tokens, ...withoutSmallWords(tokens, coverOf(words, starts, [start, end]), reader.lexicons)),
      }));
  }
  return [];
}

/** The parser takes "das 9:00" whole; the small word belongs to what is said about the time ("antes das"). */
function withoutSmallWords(
  tokens: readonly Token[],
  [first, last]: [number, number],
  lexicons: readonly Lexicon[],
): [number, number] {
  const isDay = longestAt(tokens, first, onList(lexicons, 'dayBefore')) !== undefined;
  const isSmall = lexicons.some(({ senses }) =>
    senses.get(tokens[first]?.folded ?? '')?.some(({ kind }) => kind === 'neutral'),
  );
  return isSmall && !isDay && first < last ? [first + 1, last] : [first, last];
}

function isWholeWords(text: string, start: number, end: number): boolean {
  return (start === 0 || text[start - 1] === ' ') && (end >= text.length || text[end] === ' ');
}

/** Words that were put into one before them go with it. */
function coverOf(
  words: readonly string[],
  starts: readonly number[],
  [start, end]: readonly [number, number],
): [number, number] {
  let last = starts.findLastIndex((at) => at < end);
  while (words[last + 1] === '') last += 1;
  return [starts.findLastIndex((at) => at <= start), last];
}
