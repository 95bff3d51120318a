import { beforeOf, isExpiry } from './closed.ts';
import { compounded } from './compounds.ts';
import { longestAt, longestBefore, onList } from './cursor.ts';
import { isAhead } from './dates.ts';
import type { Entity } from './entities.ts';
import { firstSaid, isPath, isVerb, means, saysSomething } from './items.ts';
import type { Lexicon, Sense } from './lexicon.ts';
import type { Heard } from './match.ts';
import { comesRound, isOpenTime } from './open-time.ts';
import { literalSlot } from './patterns.ts';
import { conceptsOf, firstOf, type Item, lastOf, readItems } from './reading.ts';
import { reasonIn } from './reason.ts';
import type { Token } from './tokens.ts';

/** A sentence ready to be compared, and what was set aside. */
export interface Hearing extends Heard {
  /** "because the disk is full": said, and no part of the request. */
  readonly reason: string | undefined;
  /** Index of the token with which the reason begins. */
  readonly reasonFrom: number | undefined;
  /** Index of the token behind its last one. */
  readonly reasonTo: number | undefined;
  /** It is to happen at another time, or on a condition. */
  readonly later: boolean;
  /** A time is said of which nobody can tell whether it is a recovery point's: "restore sql01 last week". */
  readonly loose: boolean;
}

/** Reads what remains after the lead-in. */
export function hear(
  text: string,
  tokens: readonly Token[],
  values: readonly Entity[],
  {
    lexicons,
    now,
    requested,
  }: {
    readonly lexicons: readonly Lexicon[];
    readonly now: Date;
    readonly requested: boolean;
  },
): Hearing {
  const all = readItems(tokens, values, lexicons);
  const cut = reasonIn(text, tokens, all, lexicons);
  const kept = cut === undefined ? all : all.filter((item) => lastOf(item) < cut.first || firstOf(item) >= cut.next);
  const ticket = all.find((item) => item.kind === 'value' && item.entity.kind === 'ticket');
  const items = withOwnWords(compounded(kept));
  const entities = items.flatMap((item) => (item.kind === 'value' ? [item.entity] : []));
  const literal = literalOf(tokens.slice(0, cut?.first ?? tokens.length), kept);
  return {
    tag: lexicons[0]?.tag ?? 'en',
    items,
    literal: literal.join(' '),
    literalWords: new Set(literal),
    concepts: new Set(items.flatMap(conceptsOf)),
    entities,
    asks: opensQuestion(items) || (/\?/.test(text) && (!requested || opensShowing(items))),
    machines: { has: onList(lexicons, 'machine') },
    articles: { has: onList(lexicons, 'articles') },
    parted: (from, to) => /[,;:.!?]/.test(text.slice(tokens[from]?.end ?? 0, tokens[to]?.start)),
    hurries: { has: onList(lexicons, 'urgent') },
    unnamed: !entities.some(({ kind }) => kind === 'vm' || kind === 'run'),
    reasonFrom: cut?.first,
    reasonTo: cut?.next,
    later:
      kept.some(
        (item) => isLater(item, kept, now) || (isOpenTime(item, kept, { tokens, lexicons }) && comesRound(item)),
      ) || saysLater(tokens.slice(0, cut?.first), lexicons),
    loose: kept.some((item) => isOpenTime(item, kept, { tokens, lexicons })),
    reason: cut?.said ?? ticketText(ticket),
  };
}

/** A word such as "later" or "tonight", or a time ahead that is no expiry. */
function isLater(item: Item, items: readonly Item[], now: Date): boolean {
  if (item.kind === 'word') return item.senses.length === 1 && item.senses[0]?.concept === 'later';
  if (item.kind !== 'value' || isExpiry(item, items)) return false;
  const { entity } = item;
  if (entity.kind === 'length') return entity.use === 'in';
  return entity.kind === 'moment' && isAhead(entity.moment, now) && !isOfPoint(item, items);
}

/** "The recovery point of stanotte", "this morning's recovery point": all of them have been. */
function isOfPoint(item: Item, items: readonly Item[]): boolean {
  const after = firstSaid(items.slice(items.indexOf(item) + 1));
  return [beforeOf(item, items), after].some((one) => one !== undefined && conceptsOf(one).includes('recovery-point'));
}

/** "Which …", "is …", "do we have …": the first word says that something is asked. */
function opensQuestion([first]: readonly Item[]): boolean {
  const asking = ['what', 'how', 'when', 'is', 'did', 'has'];
  // "Do the failover" asks for it.
  if (first?.kind !== 'word' || first.senses.some(({ kind }) => kind === 'action')) return false;
  return first.senses.some(({ concept }) => asking.includes(concept));
}

/** "Can you show me …?" asks, whatever courtesy stands before it. */
function opensShowing(items: readonly Item[]): boolean {
  const first = firstSaid(items);
  return first?.kind === 'word' && first.senses.every(({ concept }) => concept === 'show');
}

/** "At the weekend": an expression of several words for another time, though the calendar reads one of them as a day. */
function saysLater(tokens: readonly Token[], lexicons: readonly Lexicon[]): boolean {
  const isLaterForm = (form: string) =>
    form.includes(' ') && lexicons.some(({ senses }) => senses.get(form)?.every(({ concept }) => concept === 'later'));
  return tokens.some((_, at) => longestAt(tokens, at, isLaterForm) !== undefined);
}

/** A run's code says "run" by itself ("is 4F7K done?"), a vault's name "vault", and a path "file". */
function withOwnWords(items: readonly Item[]): readonly Item[] {
  return withOwnFile(withOwnNames(items));
}

function withOwnFile(items: readonly Item[]): readonly Item[] {
  const path = items.find(isPath);
  if (path === undefined || !items.some(isVerb) || items.some((item) => means(item, ['file']))) return items;
  return withThing(items, path, 'file');
}

function withOwnNames(items: readonly Item[]): readonly Item[] {
  return (['run', 'vault', 'plan', 'job', 'policy'] as const).reduce(withOwnWord, withOwnSnapshot(items));
}

/** What is done to a VM, or to nothing in particular: "snap-1" may be one's name there. */
const nameless: ReadonlySet<string> = new Set(['do', 'backup', 'snapshot']);

/** "Delete snap-1": a name that no VM has, and that says what it is. */
function withOwnSnapshot(items: readonly Item[]): readonly Item[] {
  const concept = 'snapshot';
  const named = items.find(
    (item) =>
      item.kind === 'value' && item.entity.kind === 'vm' && !item.entity.known && /^snap[-_]/i.test(item.entity.said),
  );
  if (named?.kind !== 'value') return items;
  const isUsed = items.some(
    (item) =>
      item.kind === 'word' &&
      item.senses.some(({ kind, concept }) => concept === 'disk' || (kind === 'action' && !nameless.has(concept))),
  );
  if (!isUsed || items.some((item) => conceptsOf(item).some((one) => one.startsWith(concept)))) return items;
  return withThing(items, named, concept);
}

function withOwnWord(items: readonly Item[], concept: 'run' | 'vault' | 'plan' | 'job' | 'policy'): readonly Item[] {
  const value = items.find((item) => item.kind === 'value' && item.entity.kind === concept);
  if (value?.kind !== 'value') return items;
  const isSaid = items.some(
    (item) => item.kind === 'word' && item.senses.some((sense) => sense.concept.endsWith(concept)),
  );
  if (isSaid) return items;
  return withThing(items, value, concept);
}

/** With the word for a thing before the name that implies it. */
function withThing(items: readonly Item[], name: Item, concept: string): readonly Item[] {
  const first = firstOf(name);
  const senses = [{ kind: 'thing', concept }] as const;
  const own: Item = { kind: 'word', senses, form: concept, fuzzy: false, first, last: first };
  return items.toSpliced(items.indexOf(name), 0, own);
}

function ticketText(item: Item | undefined): string | undefined {
  return item?.kind === 'value' ? item.entity.said : undefined;
}

/** The sentence word by word with its values as slots, as a phrase is written. */
function literalOf(tokens: readonly Token[], items: readonly Item[]): readonly string[] {
  const values = new Map(
    items.flatMap((item) => (item.kind === 'value' ? [[item.entity.first, item.entity] as const] : [])),
  );
  const words: string[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const entity = values.get(at);
    if (entity === undefined) words.push(tokens[at]?.folded ?? '');
    else words.push(...announced(tokens, entity), slotOf(entity));
    if (entity !== undefined) at = entity.last;
  }
  return words;
}

/** "vault rsv-prod": the words that announce a name stay words. */
function announced(tokens: readonly Token[], { kind, first, last }: Entity): readonly string[] {
  const isNamed =
    kind === 'vault' || kind === 'network' || kind === 'group' || kind === 'subscription' || kind === 'plan';
  return isNamed ? tokens.slice(first, last).map(({ folded }) => folded) : [];
}

function slotOf({ kind, said }: Entity): string {
  if (kind === 'length' || kind === 'moment') return literalSlot('expiry');
  if (kind === 'point') return literalSlot('recovery-point');
  if (kind === 'region') return literalSlot('region-name');
  return kind === 'vm' || kind === 'run' || kind === 'network' || kind === 'vault'
    ? literalSlot(kind)
    : said.toLowerCase();
}

/** Whether something in the sentence denies, in whatever language; "no grupo" and "sem rede" do not. */
export function denies(tokens: readonly Token[], items: readonly Item[], lexicons: readonly Lexicon[]): boolean {
  return tokens.some(
    (_, at) =>
      lexicons.some(({ not }, rank) => {
        const found = longestAt(tokens, at, (form) => not.has(form));
        return found !== undefined && (rank === 0 || found.form.length > 2);
      }) &&
      !items.some((item) => isHarmless(item, at) && firstOf(item) <= at && at <= lastOf(item)) &&
      !opensGroup(tokens, at, lexicons),
  );
}

function isHarmless(item: Item, at: number): boolean {
  if (item.kind !== 'word') return item.kind === 'value';
  // "Don't delete anything of sql01": where it begins so, that is what is asked for.
  if (at === 0 && means(item, ['keep'])) return false;
  // "No rush", "no more backups": an expression that is known to mean something else.
  const isOwn = item.form.includes(' ') && item.senses.every(({ kind }) => kind !== 'not' && kind !== 'function');
  return isOwn || means(item, ['no-network', 'unprotected', 'failed', 'fails', 'keep']);
}

function opensGroup(tokens: readonly Token[], at: number, lexicons: readonly Lexicon[]): boolean {
  const lists = ['group', 'vault', 'network'] as const;
  return lists.some((list) => {
    const found = longestAt(tokens, at, onList(lexicons, list));
    return (
      found !== undefined &&
      found.next - at > 1 &&
      longestBefore(tokens, found.next, onList(lexicons, list)) !== undefined
    );
  });
}

/** "Latest", "the last one": which of what, nobody has said. */
export function isBareAge({ items }: Hearing): boolean {
  const told = items.filter(saysSomething);
  return told.length > 0 && told.every((item) => item.kind === 'word' && item.senses.some(isAge));
}

function isAge({ concept }: Sense): boolean {
  return concept === 'recent' || concept === 'old';
}
