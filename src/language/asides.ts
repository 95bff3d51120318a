import { writtenFrom } from './announced.ts';
import { type Clause, opensWithSubject } from './clause.ts';
import { clausesOf } from './clauses.ts';
import { longestAt, onList } from './cursor.ts';
import { opensWithAct } from './decide.ts';
import { isUnsure, isWhatFor } from './doubts.ts';
import type { Entity } from './entities.ts';
import { alone } from './expressions.ts';
import type { Hearing } from './hearing.ts';
import { firstSaid, isTime, isVerb, means, saysSomething } from './items.ts';
import { isNeutral, type Lexicon } from './lexicon.ts';
import type { Item } from './reading.ts';
import type { Token } from './tokens.ts';
import { isSubject, narrowed, withName } from './told.ts';
import { hearingOf, type Utterance } from './utterance.ts';

/** Between a request and what is told beside it. */
const marks = /[,;.!?:()]|\s-\s/;
/** What is shorter calls somebody, or takes something back: "Marco, …", "…, no wait". */
const fewestWords = 3;

/** What is asked for when what only tells is left out. */
export interface WithoutAsides {
  readonly request: Utterance;
  /** What is told is still to come, and may be what the request is meant for: "back up sql01, we patch it tonight". */
  readonly ahead: boolean;
}

/**
 * The request without what is only told beside it, before or behind: "users are waiting since six, fail over sql01", "stop the job of sql01, it is
 * hanging". Words that nobody knows are no matter there, for the rest must still be a request by itself. Undefined where nothing is told, or where
 * what is told may take the request back: a condition, a doubt, somebody else's words, a denial of something to do, another name.
 */
export function withoutAsides(utterance: Utterance): WithoutAsides | undefined {
  const clauses = clausesIn(utterance);
  if (clauses.length === 0 || clauses.some(({ mark, utterance: { opening } }) => mark === '?' && !opening.requested))
    return undefined;
  const told = clauses.filter(isAside);
  const asked = clauses.filter((clause) => !told.includes(clause));
  if (told.length === 0 || asked.length === 0 || told.some(isUnsure)) return undefined;
  if (clauses.some((clause, at) => isOutcome(clause) && [':', '-'].includes(clauses[at - 1]?.mark ?? '')))
    return undefined;
  if (asked.every(saysWhere)) return undefined;
  if (told.some(tellsOfLostBackups) && !asked.some(({ hearing }) => hearing.concepts.has('undelete'))) return undefined;
  const subjects = told.flatMap(({ hearing }) => hearing.items.filter(isSubject));
  const names = new Set(subjects.map(({ entity }) => entity.said.toLowerCase()));
  const [name] = names;
  const request = names.size > 1 ? undefined : withName(joined(utterance, asked), name);
  if (request === undefined || !hearingOf(request).entities.some(isTarget)) return undefined;
  return { request: withFiles(withJobWord(request, told), told), ahead: told.some(isWhatFor) };
}

/** "Users lost a spreadsheet on erp-01, recover it": what was lost is wanted back, and not the VM. */
function withFiles(request: Utterance, told: readonly Clause[]): Utterance {
  const isLost = told.some(
    ({ hearing: { items } }) => items.some(isFile) && items.some((item) => means(item, ['deleted', 'delete', 'told'])),
  );
  const { items } = hearingOf(request);
  const isWanted = items.some((item) => means(item, ['restore', 'undelete', 'roll-back', 'mount']));
  if (!isLost || !isWanted || items.some((item) => means(item, ['file']))) return request;
  const { rest } = request.opening;
  const end = rest.at(-1)?.end ?? 0;
  const files = alone({ text: 'files', folded: 'files', start: end, end, quoted: false });
  return { ...request, opening: { ...request.opening, rest: [...rest, files] } };
}

/** A file of any kind. */
function isFile(item: Item): boolean {
  return means(item, ['file', 'csv']);
}

/** "The replication job 90ab12cd hangs, cancel it": which kind of job it is was told, and a backup job is none. */
function withJobWord(request: Utterance, told: readonly Clause[]): Utterance {
  const says = (item: Item) => means(item, ['backup-job', 'replication-job']);
  if (hearingOf(request).items.some(says)) return request;
  const [words] = told.flatMap(({ utterance: { opening }, hearing }) => {
    const word = hearing.items.find(says);
    const id = hearing.entities.find(({ kind }) => kind === 'job');
    return word?.kind === 'word' && id !== undefined
      ? [opening.rest.slice(word.first, Math.max(id.first, word.last + 1))]
      : [];
  });
  if (words === undefined) return request;
  return { ...request, opening: { ...request.opening, rest: [...request.opening.rest, ...whole(words)] } };
}

/** Two words cut apart by a slip ("backup… jobs") are no request with something beside it. */
function isTarget({ kind }: Entity): boolean {
  return ['vm', 'plan', 'run', 'vault', 'job'].includes(kind);
}

/** What exactly one clause says, beside others that only tell: "wrong ticket number there, withdraw 4F7K". */
export function saidInOneClause<T>(utterance: Utterance, saidBy: (clause: Utterance) => T | undefined): T | undefined {
  const clauses = clausesIn(utterance).map((clause) => ({ ...clause, said: saidBy(clause.utterance) }));
  const saying = clauses.filter(({ said }) => said !== undefined);
  const others = clauses.filter(({ said }) => said === undefined);
  const tell = others.every((clause) => !isUnsure(clause) && !isRequest(clause) && clause.mark !== '?');
  return saying.length === 1 && others.length > 0 && tell ? saying[0]?.said : undefined;
}

/** The clauses of a sentence of several; none where it is only one. */
function clausesIn(utterance: Utterance): readonly Clause[] {
  const { sentence, opening } = utterance;
  const written = writtenFrom(opening.rest, utterance.lexicons);
  const clauses = [
    ...clausesOf(sentence.text, opening.rest.slice(0, written), marks).flatMap((tokens) =>
      connected(tokens, utterance).flatMap((part) => partedBefore(part, utterance)),
    ),
    ...(written < opening.rest.length ? [opening.rest.slice(written)] : []),
  ].filter(({ length }) => length > 0);
  return clauses.length < 2
    ? []
    : clauses.map((tokens, at) => {
        const own = at === 0 ? asAsked(narrowed(utterance, tokens), utterance) : narrowed(utterance, tokens);
        const next = clauses[at + 1]?.[0]?.start;
        const mark = sentence.text
          .slice(tokens.at(-1)?.end ?? 0, next)
          .trim()
          .slice(0, 1);
        // "Sql01 is down, can you …?": the mark is no other clause's.
        const text = sentence.text.slice(tokens[0]?.start ?? 0, next);
        const alone = { ...sentence, text: text.padStart(next ?? sentence.text.length) };
        const hearing = hearingOf({ ...own, sentence: alone });
        return { tokens, utterance: own, hearing, mark, before: tellsBefore(hearing) };
      });
}

/** "Can you restore …? It is …": the courtesy at the beginning belongs to the first clause, where that asks for something. */
function asAsked(first: Utterance, { opening: { requested, wants } }: Utterance): Utterance {
  const said = firstSaid(hearingOf(first).items);
  if (said === undefined || !isVerb(said)) return first;
  const { opening } = first;
  return {
    ...first,
    opening: { ...opening, requested: opening.requested || requested, wants: opening.wants || wants },
  };
}

/** "The disk is full so take a snapshot": where something to do follows. */
function connected(tokens: readonly Token[], { lexicons }: Utterance): readonly (readonly Token[])[] {
  const connects = onList(lexicons.slice(0, 1), 'hence');
  const asks = (form: string) =>
    lexicons.some(
      (lexicon) => lexicon.leadIn.has(form) || lexicon.senses.get(form)?.some(({ kind }) => kind === 'action'),
    );
  const at = tokens.findIndex(
    ({ folded }, place) =>
      place > 0 && connects(folded) && tokens[place + 1]?.begun.some(({ form }) => asks(form)) === true,
  );
  return at === -1 ? [whole(tokens)] : [whole(tokens.slice(0, at)), whole(tokens.slice(at + 1))];
}

/** "Back up sql01 | before the update": both by themselves. */
function partedBefore(tokens: readonly Token[], { lexicons }: Utterance): readonly (readonly Token[])[] {
  const isBefore = (form: string) =>
    lexicons[0]?.senses.get(form)?.some(({ concept }) => concept === 'before') === true;
  const at = tokens.findIndex((_, place) => place > 0 && longestAt(tokens, place, isBefore) !== undefined);
  return at === -1 ? [tokens] : [whole(tokens.slice(0, at)), whole(tokens.slice(at))];
}

/** "Before the update", and not "before 14:00", which says when or which. */
function tellsBefore({ items: [first, ...others] }: Hearing): boolean {
  return first !== undefined && means(first, ['before']) && others.some((item) => saysSomething(item) && !isTime(item));
}

/** Nothing is asked for in it: it has words that nobody knows, or tells how something stands. */
function isAside(clause: Clause): boolean {
  const { hearing, mark } = clause;
  const { opening, lexicons } = clause.utterance;
  if (isMark(hearing)) return true;
  const { items } = hearing;
  if (clause.before) return !items.some(saysWhatFor);
  if (opening.dryRun && onList(lexicons, 'not')(opening.rest[0]?.folded ?? '')) return true;
  if (isRequest(clause) || isBroken(opening.rest, lexicons)) return false;
  if (isPlight(clause)) return true;
  const says = clause.tokens.length >= fewestWords && !items.some(saysWhatFor);
  if (says && opensWithSubject(clause)) return true;
  const strange = items.some((item) => item.kind === 'unknown' || (item.kind === 'word' && item.fuzzy));
  if (strange) return mark !== ':' && opening.rest.length >= fewestWords;
  if (items.some((item) => means(item, telling))) return true;
  // "Colleague: …" calls somebody, or cites them.
  return states(items) && !items.some(saysWhatFor) && opening.rest.length >= fewestWords;
}

/** "Back up sql01: done", "… - already succeeded": a note of what has been done. */
function isOutcome({ hearing: { items } }: Clause): boolean {
  return items.every(
    (item) => !saysSomething(item) || means(item, ['told', 'did', 'is', 'has', 'succeeded', 'failed']),
  );
}

/** "…, on the same VM": what was asked for stands in the other clause. */
function saysWhere({ hearing: { items }, utterance: { lexicons } }: Clause): boolean {
  const [own] = lexicons;
  const isPlace = (item: Item) => {
    const words = item.kind === 'word' ? item.form.split(' ') : [];
    return (
      words.length > 1 && (own?.linking.has(words[0] ?? '') === true || own?.machine.has(words.at(-1) ?? '') === true)
    );
  };
  return items.every((item) => !saysSomething(item) || isPlace(item));
}

/** "Emergency", "deploy in ten minutes": nobody is called so, and nothing is asked for. */
function isPlight({ tokens: [first], utterance: { lexicons }, hearing: { items } }: Clause): boolean {
  // "In a disaster, …" is a condition.
  const [own] = lexicons;
  const form = first?.folded ?? '';
  if (own?.linking.has(form) === true && !own.articles.has(form)) return false;
  const tells = (item: Item) => means(item, ['plight', 'told']) && !isVerb(item);
  return items.some(tells) && items.every((item) => tells(item) || !saysSomething(item) || isTime(item));
}

/** "The audit is next week": nothing is to be done in it. */
function states(items: Hearing['items']): boolean {
  return items.some((item) => means(item, ['is', 'has'])) && !items.some(isVerb);
}

/** "The network is vnet-test" belongs to the request. */
function saysWhatFor(item: Item): boolean {
  if (item.kind === 'value') return ['network', 'policy', 'point', 'announced'].includes(item.entity.kind);
  return means(item, ['network', 'policy', 'recovery-point', 'keep', 'no-network']);
}

/** "Somebody deleted the backups of sql01, get them back": what is wanted back is not the VM. */
function tellsOfLostBackups({ hearing: { items } }: Clause): boolean {
  const kept = ['backup', 'backups', 'recovery-point', 'data', 'snapshots', 'protection'];
  return items.some((item) => means(item, ['deleted', 'delete'])) && items.some((item) => means(item, kept));
}

/** What tells how something stands, what befell it, or what somebody wants it for. */
const telling: readonly string[] = ['told', 'deleted', 'person', 'failed', 'fails', 'failed-over', 'did'];

/** It begins with what is to be done, or wants something; "the change was refused" begins with what was done, and "we need the bandwidth" wants nothing of the bot. */
function isRequest(clause: Clause): boolean {
  const { opening, lexicons } = clause.utterance;
  const { items } = clause.hearing;
  const wants = opening.wants || opening.requested;
  if (opensWithSubject(clause)) {
    const said = firstSaid(items);
    const led = opening.rest.length < clause.tokens.length && said !== undefined && isVerb(said);
    return led || (wants && items.some((item) => item.kind !== 'unknown' && saysSomething(item)));
  }
  const speaksOf = onList(lexicons.slice(0, 1), 'articles')(opening.rest[0]?.folded ?? '');
  return (opensWithAct(clause.hearing) && !speaksOf) || wants;
}

/** "Clean up the … test of sql01": what ends with a small word goes on behind the mark. */
function isBroken(tokens: readonly Token[], lexicons: readonly Lexicon[]): boolean {
  const [own] = lexicons;
  const last = tokens.at(-1)?.folded ?? '';
  return own?.linking.has(last) === true && !own.it.has(last);
}

/** "INC0012345", "urgent". */
function isMark({ items }: Hearing): boolean {
  return items.every((item) =>
    item.kind === 'value' ? item.entity.kind === 'ticket' : item.kind === 'word' && isNeutral(item.senses),
  );
}

/** What is asked for as one sentence. */
function joined(utterance: Utterance, asked: readonly Clause[]): Utterance {
  const openings = asked.map((clause) => clause.utterance.opening);
  return {
    ...utterance,
    sentence: { ...utterance.sentence, asks: false },
    opening: {
      rest: openings.flatMap(({ rest }) => whole(rest)),
      requested: openings.some(({ requested }) => requested),
      wants: openings.some(({ wants }) => wants),
      dryRun: openings.some(({ dryRun }) => dryRun),
    },
  };
}

/** These tokens with the expressions that lie within them: none goes on over what is left out. */
function whole(tokens: readonly Token[]): readonly Token[] {
  return tokens.map((token, at) => ({
    ...token,
    begun: token.begun.filter(({ words }) => at + words <= tokens.length),
    ended: token.ended.filter(({ words }) => words <= at + 1),
  }));
}
