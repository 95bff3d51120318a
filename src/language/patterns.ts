import type { Operation, OperationTexts } from '../operations/operation.ts';
import { type ParameterKind, parametersOf } from '../operations/parameters.ts';
import { compounded } from './compounds.ts';
import { longestAt, onList } from './cursor.ts';
import type { Express } from './expressions.ts';
import { isNeutral, type Lexicon, type Sense } from './lexicon.ts';
import { normalize } from './normalize.ts';
import { type Item, readItems, type WordItem } from './reading.ts';
import { type Token, tokenize } from './tokens.ts';

/** Something that a pattern wants to find in a sentence. */
export type Wanted = WantedWord | WantedValue;

export interface WantedWord {
  readonly want: 'concept';
  readonly concepts: readonly string[];
  /** The same, with what stands for them where somebody only asks. */
  readonly spoken: readonly string[];
  readonly weight: number;
  /** Something to speak of, rather than something to do. */
  readonly subject: boolean;
}

export interface WantedValue {
  readonly want: 'value';
  readonly slot: ParameterKind;
  readonly parameter: string;
  readonly weight: number;
}

/** A phrase as it is written, in one language. */
export interface Phrase {
  readonly tag: string;
  /** Word by word, with `{kind}` for its slots. */
  readonly literal: string;
  readonly words: readonly string[];
}

/** What phrases of one operation want to find in a sentence, ready to be compared. Phrases that want the same are compared once. */
export interface Pattern {
  readonly operation: string;
  readonly changing: boolean;
  readonly wanted: readonly Wanted[];
  readonly phrases: readonly Phrase[];
  readonly weight: number;
  /** Everything that it can make use of in a sentence. */
  readonly speaksOf: ReadonlySet<string>;
  /** It reads, yet its words are those of an action: "backup di {vm}". Only people of its language mean it so. */
  readonly borrowed: boolean;
  /** What its words say without a value of their own: "drills overdue" is a part of the summary. */
  readonly says?: SaidByPhrase;
}

/** The value of a parameter for which a phrase stands. */
export interface SaidByPhrase {
  readonly parameter: string;
  readonly kind: ParameterKind;
  readonly value: string;
}

const slotShape = /^\{(\w+)\}$/;

/** How much a word counts in a comparison: what is done or spoken of counts, small words hardly. */
export function weightOf(senses: readonly Sense[]): number {
  const weights = { action: 1.2, thing: 1, state: 1, not: 0.6, function: 0.3, neutral: 0 } as const;
  return Math.max(...senses.map(({ kind, concept }) => (concept === 'do' ? 0.5 : weights[kind])));
}

/** The weight of a value, and of a word that nobody knows. */
export const valueWeight = 0.9;
export const unknownWeight = 0.8;

/** Something that sentences ask for, with how they do. */
export interface Askable {
  readonly id: string;
  readonly changing: boolean;
  /** Parameter → its kind. */
  readonly kinds: ReadonlyMap<string, ParameterKind>;
  /** Language → phrases. */
  readonly phrases: Readonly<Record<string, readonly (string | SayingPhrase)[]>>;
}

/** A phrase that says the value of a parameter as well. */
interface SayingPhrase {
  readonly phrase: string;
  readonly says: SaidByPhrase;
}

/** An operation as it is asked for. */
export function askable(operation: Operation): Askable {
  const kinds = new Map(parametersOf(operation).map(({ name, kind }) => [name, kind]));
  const phrases = Object.entries(operation.texts).map(
    ([tag, texts]) => [tag, [...texts.phrases, ...sayingPhrases(texts, kinds)]] as const,
  );
  return { id: operation.id, changing: operation.risk !== 'read', kinds, phrases: Object.fromEntries(phrases) };
}

function sayingPhrases(
  { phrasesOf = {} }: OperationTexts,
  kinds: ReadonlyMap<string, ParameterKind>,
): readonly SayingPhrase[] {
  return Object.entries(phrasesOf).flatMap(([parameter, values]) =>
    Object.entries(values).flatMap(([value, phrases]) =>
      phrases.map((phrase) => ({ phrase, says: { parameter, kind: kinds.get(parameter) ?? 'words', value } })),
    ),
  );
}

/** What phrases are read with. */
interface Reading {
  /** The lexicons, that of the language first. */
  readonly startingWith: (tag: string) => readonly Lexicon[];
  readonly express: Express;
}

/** All phrases of all that can be asked for. */
export function patternsOf(all: readonly Askable[], { startingWith, express }: Reading): readonly Pattern[] {
  return all.flatMap((asked) => {
    const patterns = Object.entries(asked.phrases).flatMap(([tag, phrases]) =>
      phrases.map((phrase) => {
        const { phrase: text, ...says } = typeof phrase === 'string' ? { phrase } : phrase;
        return { ...patternOf(asked, tokenize(normalize(text).text, express).tokens, startingWith(tag)), ...says };
      }),
    );
    const alike = Map.groupBy(patterns, ({ wanted, says }) => JSON.stringify([wanted, says]));
    return [...alike.values()].flatMap(merged);
  });
}

function merged(patterns: readonly Pattern[]): readonly Pattern[] {
  const [first] = patterns;
  return first === undefined ? [] : [{ ...first, phrases: patterns.flatMap(({ phrases }) => phrases) }];
}

function patternOf({ id, changing, kinds }: Askable, phrase: readonly Token[], lexicons: readonly Lexicon[]): Pattern {
  const tokens = withoutLeadIn(phrase, lexicons);
  const wanted = wantedOf(tokens, { kinds, lexicons, changing });
  const words = tokens.map((token) => literalWord(token, kinds));
  return {
    operation: id,
    changing,
    wanted,
    phrases: [{ tag: lexicons[0]?.tag ?? 'en', literal: words.join(' '), words }],
    weight: wanted.reduce((sum, { weight }) => sum + weight, 0),
    speaksOf: new Set(
      wanted.flatMap((one) => (one.want === 'concept' ? one.spoken : one.slot === 'disks' ? ['disk'] : [])),
    ),
    borrowed: !changing && !wanted.some((one) => one.want === 'concept' && one.subject),
  };
}

/** Sentences are compared without it too. */
function withoutLeadIn(tokens: readonly Token[], lexicons: readonly Lexicon[]): readonly Token[] {
  const led = longestAt(tokens, 0, onList(lexicons.slice(0, 1), 'leadIn'));
  return led === undefined || led.next >= tokens.length ? tokens : withoutLeadIn(tokens.slice(led.next), lexicons);
}

function literalWord({ text, folded }: Token, kinds: ReadonlyMap<string, ParameterKind>): string {
  const slot = slotShape.exec(text)?.[1];
  return slot === undefined ? folded : literalSlot(kinds.get(slot) ?? 'words');
}

/** How a slot is written in a literal: an expiry and an instant look alike in a sentence. */
export function literalSlot(kind: ParameterKind): string {
  return kind === 'expiry' || kind === 'instant' ? '{time}' : `{${kind}}`;
}

interface PhraseReading {
  readonly kinds: ReadonlyMap<string, ParameterKind>;
  readonly lexicons: readonly Lexicon[];
  readonly changing: boolean;
}

function wantedOf(tokens: readonly Token[], { kinds, lexicons, changing }: PhraseReading): readonly Wanted[] {
  const slots = tokens.flatMap((token, at) => {
    const name = slotShape.exec(token.text)?.[1];
    return name === undefined ? [] : [{ at, name }];
  });
  const marks = slots.map(({ at, name }) => ({ kind: 'ticket' as const, first: at, last: at, said: name }));
  const items = readItems(tokens, marks, lexicons);
  // "Para" begins a phrase as "stop", and is "for" in the middle of one.
  const told = compounded(items).filter((item, at) => at === 0 || item.kind !== 'word' || !isSmallVerb(item));
  const words = eitherBackup(
    told.flatMap((item, at) => wordWanted(changing && at === 0 ? asVerb(item) : item, changing)),
  );
  return [...words, ...slots.map(({ name }) => slotWanted(name, kinds))];
}

/** "Attiva il backup …": what begins a change is done, and nothing that is so ("active"). */
function asVerb(item: Item): Item {
  if (item.kind !== 'word') return item;
  const acts = item.senses.filter(({ kind }) => kind === 'action');
  return acts.length === 0 ? item : { ...item, senses: acts };
}

function isSmallVerb({ senses }: WordItem): boolean {
  return isNeutral(senses) && senses.some(({ kind }) => kind === 'action');
}

/** Beside another verb, "the backup" and "the backups" are the same thing: "delete the backup of …". */
function eitherBackup(words: readonly Wanted[]): readonly Wanted[] {
  const names = ['backup', 'backups'];
  const does = words.some((one) => one.want === 'concept' && one.weight > 1 && !one.concepts.includes('backup'));
  if (!does) return words;
  return words.map((one) => {
    if (one.want !== 'concept' || !one.concepts.some((concept) => names.includes(concept))) return one;
    const add = (concepts: readonly string[]) => [...new Set([...concepts, ...names])];
    return { ...one, concepts: add(one.concepts), spoken: add(one.spoken), weight: 1 };
  });
}

/** A word of a phrase that no lexicon has is wanted as it is: an operation may bring words of its own. */
function wordWanted(item: Item, changing: boolean): readonly Wanted[] {
  if (item.kind === 'word') return conceptWanted(item, changing);
  const concepts = item.kind === 'unknown' ? [`=${item.form}`] : [];
  return concepts.length > 0 ? [{ want: 'concept', concepts, spoken: concepts, weight: 1, subject: true }] : [];
}

function conceptWanted(item: WordItem, changing: boolean): readonly Wanted[] {
  const told = item.senses.filter(({ kind }) => kind !== 'neutral');
  if (told.length === 0 || (told.length < item.senses.length && told.every(({ kind }) => kind === 'function')))
    return [];
  const senses = toldApart(told, changing);
  const subject = senses.some(({ kind }) => kind === 'thing' || kind === 'state');
  const concepts = senses.map(({ concept }) => concept);
  const spoken = changing ? concepts : [...concepts, ...concepts.flatMap((concept) => related[concept] ?? [])];
  return [{ want: 'concept', concepts, spoken, weight: weightOf(senses), subject }];
}

/** Who asks about one of these is answered by what shows the other; who wants something done is taken at their word. */
const related: Readonly<Record<string, readonly string[]>> = {
  show: ['details'],
  failed: ['error', 'fails'],
  fails: ['error', 'failed'],
  error: ['failed', 'fails'],
  protection: ['replication', 'rpo', 'snapshots', 'replicated'],
  'backup-job': ['job'],
  'replication-job': ['job'],
};

/** "Run" is what one does in a phrase that changes something, and what was done in one that reads. */
function toldApart(senses: readonly Sense[], changing: boolean): readonly Sense[] {
  const does = senses.filter(({ concept }) => concept === 'do');
  if (does.length === 0 || does.length === senses.length) return senses;
  return changing ? does : senses.filter(({ concept }) => concept !== 'do');
}

function slotWanted(name: string, kinds: ReadonlyMap<string, ParameterKind>): Wanted {
  const slot = kinds.get(name) ?? 'words';
  const optional = slot === 'expiry' || slot === 'instant';
  return { want: 'value', slot, parameter: name, weight: optional ? 0.5 : valueWeight };
}
