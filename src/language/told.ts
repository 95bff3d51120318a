import { writtenFrom } from './announced.ts';
import { clausesOf } from './clauses.ts';
import { alone } from './expressions.ts';
import { means } from './items.ts';
import { withSubject } from './leaning.ts';
import { isNeutral, type Sense } from './lexicon.ts';
import { openingOf } from './opening.ts';
import type { Item } from './reading.ts';
import type { Token } from './tokens.ts';
import { hearingOf, type Utterance } from './utterance.ts';

/** Commas, full stops, colons and dashes between words. */
const marks = /[,;.:!]|\s-\s/;

/**
 * "The region is down, fail over sql01": the request that comes after what somebody tells, with the VM or plan that was told of where it names none.
 * Undefined unless everything before the last clause only tells how things stand, in words that are all known: "Anna wrote: …", "if it is down, …"
 * and "wait, …" are something else.
 */
export function askedAfterTelling(utterance: Utterance): Utterance | undefined {
  const { opening, sentence, lexicons } = utterance;
  const clauses = clausesOf(sentence.text, opening.rest, marks);
  const main = clauses.at(-1) ?? [];
  const told = clauses.slice(0, -1);
  if (told.length === 0 || sentence.asks) return undefined;
  const items = told.flatMap((clause) => hearingOf(narrowed(utterance, clause)).items);
  if (!onlyTells(items) || asks(items, lexicons[0]?.tag)) return undefined;
  // Which kind of job was told of goes with its id: `withoutAsides` takes both.
  if (items.some((item) => item.kind === 'value' && item.entity.kind === 'job')) return undefined;
  // What became of files is told of those: `withoutAsides` asks for them.
  if (items.some((item) => means(item, ['file', 'csv']))) return undefined;
  const names = new Set(items.flatMap((item) => (isSubject(item) ? [item.entity.said.toLowerCase()] : [])));
  const [name] = names;
  return names.size > 1 ? undefined : withName(narrowed(utterance, main), name);
}

/** The clauses of a sentence of several, each for itself: a question may stand beside what leads to it. */
export function askedInClauses(utterance: Utterance): readonly Utterance[] {
  const clauses = clausesOf(utterance.sentence.text, utterance.opening.rest, marks);
  return clauses.length < 2 ? [] : clauses.map((clause) => narrowed(utterance, clause));
}

/** A clause as a sentence of its own, without its lead-in. */
export function narrowed(utterance: Utterance, tokens: readonly Token[]): Utterance {
  const opening = openingOf(tokens, utterance.lexicons);
  const { dryRun } = utterance.opening;
  return { ...utterance, opening: { ...opening, dryRun: dryRun || opening.dryRun } };
}

/** What was told of stands for "it", or is added where the request names nothing. Undefined: it names something else. */
export function withName(utterance: Utterance, name: string | undefined): Utterance | undefined {
  if (name === undefined) return utterance;
  const named = hearingOf(utterance).items.filter(isNamed);
  const isSame = (item: Item) => isSubject(item) && item.entity.said.toLowerCase() === name;
  if (named.length > 0) return named.every(isSame) ? utterance : undefined;
  const spoken = withSubject(utterance, name);
  if (spoken !== utterance) return spoken;
  const { opening } = utterance;
  // Before what is written down: "… with the note 'test ok'".
  const at = writtenFrom(opening.rest, utterance.lexicons);
  const end = opening.rest[at - 1]?.end ?? 0;
  const added = alone({ text: name, folded: name, start: end, end, quoted: true });
  return { ...utterance, opening: { ...opening, rest: opening.rest.toSpliced(at, 0, added) } };
}

/** A VM or a plan that exists, or a snapshot: what a sentence can be about. */
export function isSubject(item: Item): item is Item & { readonly kind: 'value' } {
  if (item.kind !== 'value') return false;
  const { kind, said } = item.entity;
  return (
    (kind === 'vm' && /^snap[-_]/i.test(said)) ||
    kind === 'job' ||
    ((kind === 'vm' || kind === 'plan') && item.entity.known)
  );
}

function isNamed(item: Item): boolean {
  return item.kind === 'value' && ['vm', 'plan', 'vault', 'run', 'job'].includes(item.entity.kind);
}

/** English asks by its first word: "Is the region down, …" is a question, or a condition. */
function asks([first]: readonly Item[], tag: string | undefined): boolean {
  if (tag !== 'en' || first?.kind !== 'word' || tells(first)) return false;
  return first.senses.some(({ concept }) => ['is', 'did', 'has'].includes(concept)) && !subjects.has(first.form);
}

/** Small words of the lexicon that begin a statement. */
const subjects: ReadonlySet<string> = new Set([
  'we',
  'i',
  'you',
  'they',
  'someone',
  'somebody',
  'there is',
  'there are',
]);

/** "Is down", "went fine", "is not in backup": how something stands. */
function tells(item: Item): boolean {
  return item.kind === 'word' && item.senses.some(({ concept }) => concept === 'told' || concept === 'unprotected');
}

const harmless: ReadonlySet<string> = new Set(['told', 'plight', 'is', 'did', 'has', 'again']);
/** What happened to backups: whoever wants that undone means more than the VM. */
const undone: ReadonlySet<string> = new Set([
  'delete',
  'deleted',
  'undelete',
  'restore',
  'stop',
  'disable',
  'cancel',
  'manual-action',
]);

/** No word that nobody knows, no denial, no condition, no question; "after the failover" only behind what is told of it. */
function onlyTells(items: readonly Item[]): boolean {
  const first = items.findIndex(
    (item, at) => tells(item) || (means(item, ['plight']) && items.slice(0, at).some(isCopula)),
  );
  return first !== -1 && items.every((item, at) => mayBeTold(item) || (at > first && isAfter(item)));
}

/** "It is a disaster, …" tells; "in a disaster, …" is a condition. */
function isCopula(item: Item): boolean {
  return item.kind === 'word' && !isNeutral(item.senses) && means(item, ['is']);
}

function mayBeTold(item: Item): boolean {
  if (item.kind !== 'word') return isSubject(item);
  const isOther = ({ kind, concept }: Sense) => kind === 'not' || concept === 'later';
  return !item.fuzzy && (isNeutral(item.senses) ? !item.senses.some(isOther) : item.senses.every(isHarmless));
}

function isHarmless({ kind, concept }: Sense): boolean {
  if (kind === 'not' || undone.has(concept)) return false;
  return kind !== 'function' || harmless.has(concept);
}

function isAfter(item: Item): boolean {
  return item.kind === 'word' && item.senses.some(({ concept }) => concept === 'since');
}
