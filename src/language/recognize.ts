import { type Locales, loadLocales, nearestTag } from '../locales/index.ts';
import { type Message, say } from '../message.ts';
import type { Operation } from '../operations/operation.ts';
import { type ParameterInfo, parametersOf } from '../operations/parameters.ts';
import { type SpokenWord, type Word, wordOf } from './conversation.ts';
import { longestAt, onList } from './cursor.ts';
import { fill, type Said, type Speaker } from './fill.ts';
import { denies, type Hearing, hear, type Opening, openingOf } from './hearing.ts';
import { type Lexicon, lexiconsOf } from './lexicon.ts';
import { type Fit, fitOf, isClosed, mostAlike } from './match.ts';
import { normalize, type Plain } from './normalize.ts';
import { type Pattern, patternFinder, patternsOf } from './patterns.ts';
import { byLanguage, isSlip } from './reading.ts';
import { type Sentence, tokenize } from './tokens.ts';
import { valuesIn } from './values.ts';

export type { Word } from './conversation.ts';
export type { Said, Speaker } from './fill.ts';

/** How a sentence is understood. */
export interface Understanding {
  readonly text: string;
  /** The speaker's own. */
  readonly locale: string;
  /** An operation's id or a `Word`; null: nothing may be done on this sentence. */
  readonly operation: string | null;
  /** Only what the sentence says. A reason or a ticket of a changing operation is `reason`; the subject of a question for help is `topic`. */
  readonly parameters: Readonly<Record<string, Said>>;
  /** "plan …": the preview alone is wanted. */
  readonly dryRun: boolean;
  /** 0 to 1. */
  readonly confidence: number;
  /** What to ask when nothing may be done. */
  readonly ask: Message | null;
  /** Ids of operations that may have been meant, best first, at most three. */
  readonly alternatives: readonly string[];
}

/** Understands sentences: deterministic, offline, without memory. */
export interface Recognizer {
  understand(text: string, speaker: Speaker): Understanding;
}

/** A guess at a read needs this much of the sentence and of a phrase in common. */
const enoughForRead = 0.62;
/** From here on a sentence is a phrase, and no question about one. */
const almostPhrase = 0.84;
/** A phrase that cannot come nearer than this is not compared. */
const worthComparing = 0.5;
/** An alternative worth offering. */
const worthOffering = 0.4;

/** Builds the recognizer of these operations from their phrases and the words of the locales. */
export function createRecognizer(operations: readonly Operation[], locales: Locales = loadLocales()): Recognizer {
  const lexicons = lexiconsOf(locales);
  const startingWith = (tag: string) => lexicons.toSorted((a, b) => Number(b.tag === tag) - Number(a.tag === tag));
  const patterns = patternsOf(operations, startingWith);
  const candidates = patternFinder(patterns);
  const parameters = new Map(operations.map((operation) => [operation.id, parametersOf(operation)]));
  const know: Knowledge = {
    parameters,
    ownWords: ownWordsOf(patterns),
    fits: (hearing) =>
      candidates(hearing.items)
        .filter((pattern) => mostAlike(hearing, pattern) >= worthComparing)
        .map((pattern) => fitOf(hearing, pattern)),
  };
  return {
    understand: (text, speaker) => {
      const plain = normalize(text);
      const sentence = tokenize(plain.text);
      const ordered = byLanguage(sentence.tokens, lexicons, nearestTag(speaker.locale, locales.keys()));
      const opening = openingOf(sentence.tokens, ordered);
      return understood({ text, plain, sentence, opening, lexicons: ordered, speaker }, know);
    },
  };
}

/** Words of phrases that no lexicon has. */
function ownWordsOf(patterns: readonly Pattern[]): readonly string[] {
  const wanted = patterns.flatMap((pattern) => pattern.wanted);
  const concepts = wanted.flatMap((one) => (one.want === 'concept' ? one.concepts : []));
  return [...new Set(concepts.filter((concept) => concept.startsWith('=')).map((concept) => concept.slice(1)))];
}

interface Knowledge {
  readonly ownWords: readonly string[];
  readonly parameters: ReadonlyMap<string, readonly ParameterInfo[]>;
  /** How the sentence fits each phrase that shares something with it. */
  fits(hearing: Hearing): readonly Fit[];
}

interface Utterance {
  readonly text: string;
  readonly plain: Plain;
  readonly sentence: Sentence;
  readonly opening: Opening;
  readonly lexicons: readonly Lexicon[];
  readonly speaker: Speaker;
}

/** The best fit of every operation, best first. */
function bestFits(fits: readonly Fit[]): readonly Fit[] {
  const best = new Map<string, Fit>();
  for (const fit of fits.toSorted((a, b) => b.score - a.score)) {
    if (!best.has(fit.pattern.operation)) best.set(fit.pattern.operation, fit);
  }
  return [...best.values()];
}

function understood(utterance: Utterance, know: Knowledge): Understanding {
  const { sentence, opening } = utterance;
  if (sentence.tokens.length === 0)
    return sentence.asks ? spoken(utterance, 'help', {}) : nothing(utterance, 'language.empty');
  const word = spokenWord(utterance);
  if (word !== undefined) return spoken(utterance, word.word, word.parameters);
  const hearing = hearingOf(utterance);
  const all = know.fits(hearing);
  const fits = bestFits(all);
  const best = actOf(utterance, hearing, all, know) ?? readOf(utterance, hearing, fits);
  const about = opening.dryRun || best?.exact === true ? undefined : aboutOf(utterance, hearing, best);
  if (about !== undefined) return helpOn(utterance, about, know);
  return best === undefined ? askBack(utterance, hearing, fits) : taken(utterance, hearing, best, know);
}

/** After which token a question about something begins to say what it is about; undefined when the sentence is no such question. */
function aboutOf(
  { sentence, opening, lexicons }: Utterance,
  hearing: Hearing,
  best: Fit | undefined,
): number | undefined {
  const about = longestAt(opening.rest, 0, onList(lexicons, 'about'));
  if (about !== undefined) return about.next;
  // "devo" asks in Portuguese ("should I") and is a lead-in in Italian ("I have to").
  const own = longestAt(sentence.tokens, 0, onList(lexicons.slice(0, 1), 'about'));
  const polite = longestAt(sentence.tokens, 0, onList(lexicons, 'leadIn'));
  if (own !== undefined && (polite === undefined || own.next >= polite.next)) return 0;
  const define = longestAt(opening.rest, 0, onList(lexicons, 'define'));
  const names = hearing.items.some(
    (item) => item.kind === 'value' && (item.entity.kind === 'vm' || item.entity.kind === 'run'),
  );
  return names || (best !== undefined && best.score >= almostPhrase) ? undefined : define?.next;
}

function spokenWord({ sentence, plain, opening, lexicons, speaker }: Utterance): SpokenWord | undefined {
  if (sentence.quotes || plain.cut || opening.dryRun) return undefined;
  const rest = { text: sentence.text, lexicons, names: speaker.names };
  return (
    wordOf({ ...rest, tokens: sentence.tokens }) ??
    (opening.rest.length === 0 ? undefined : wordOf({ ...rest, tokens: opening.rest }))
  );
}

function hearingOf({ sentence, opening, lexicons, speaker }: Utterance, from = 0): Hearing {
  const tokens = opening.rest.slice(from);
  const { locale, timeZone, now, names } = speaker;
  const values = valuesIn(tokens, { lexicons, names, clock: { locale, timeZone, now }, tag: lexicons[0]?.tag ?? 'en' });
  return hear(sentence.text, tokens, values, { lexicons, now });
}

/** The one changing operation that the sentence asks for and nothing else; whatever casts a doubt on it makes it none. */
function actOf(utterance: Utterance, hearing: Hearing, fits: readonly Fit[], know: Knowledge): Fit | undefined {
  if (isDoubtful(utterance, hearing)) return undefined;
  const closed = fits
    .filter(({ pattern }) => pattern.changing)
    .filter(({ unknownName }) => !isMistyped(unknownName, know.ownWords))
    .filter((fit) => isClosed(fit, hearing, know.parameters.get(fit.pattern.operation) ?? []));
  const [first, second] = bestFits(closed);
  if (first === undefined || (second !== undefined && second.score === first.score)) return undefined;
  return fits.some((fit) => isRatherRead(fit, first, utterance)) ? undefined : first;
}

/** The name that nobody knows may be a word of some phrase with a typing error. */
function isMistyped(name: Fit['unknownName'], words: readonly string[]): boolean {
  return name?.kind === 'unknown' && words.some((word) => isSlip(word, name.form, word.length < 5 ? 1 : 2));
}

/** "Backup di sql01" names backups in Italian and asks for one in English: unless it is said as the request is, the read has it. */
function isRatherRead({ pattern, score, exact }: Fit, act: Fit, { opening }: Utterance): boolean {
  if (pattern.changing || opening.dryRun) return false;
  return score > act.score || (pattern.borrowed && !act.exact && (exact || score > act.score - 0.05));
}

function isDoubtful({ sentence, plain, opening, lexicons }: Utterance, hearing: Hearing): boolean {
  const asked = sentence.asks && !opening.requested;
  const said = opening.rest.filter((_, at) => hearing.reasonFrom === undefined || at < hearing.reasonFrom);
  const [first, second] = hearing.items;
  const speaksOf =
    opening.rest.length === sentence.tokens.length &&
    first?.kind === 'word' &&
    onList(lexicons, 'articles')(first.form) &&
    second?.kind === 'word';
  return asked || speaksOf || sentence.quotes || plain.cut || denies(said, hearing.items, lexicons) || hearing.later;
}

/** The best read, unless the sentence sounds more like something to do: then somebody has to say which. */
function readOf({ sentence, opening, lexicons }: Utterance, hearing: Hearing, fits: readonly Fit[]): Fit | undefined {
  const best = fits.find(({ pattern }) => !pattern.changing);
  if (best === undefined || best.score < enoughForRead) return undefined;
  if (best.exact) return best;
  const act = fits.find(({ pattern }) => pattern.changing)?.score ?? 0;
  if (denies(opening.rest, hearing.items, lexicons) && act >= 0.6 && best.score < almostPhrase) return undefined;
  const asks = sentence.asks && !opening.requested;
  return act >= best.score - 0.01 && !asks ? undefined : best;
}

function taken(utterance: Utterance, hearing: Hearing, fit: Fit, know: Knowledge): Understanding {
  const { operation, changing } = fit.pattern;
  const parameters = fill(know.parameters.get(operation) ?? [], hearing.items, utterance.speaker);
  const reason =
    changing && hearing.reason !== undefined ? { reason: { kind: 'words' as const, said: hearing.reason } } : {};
  return {
    ...frame(utterance),
    operation,
    parameters: { ...parameters, ...reason },
    dryRun: utterance.opening.dryRun,
    confidence: round(fit.fuzzy ? fit.score * 0.85 : fit.score),
  };
}

function spoken(utterance: Utterance, word: Word, parameters: Record<string, Said>): Understanding {
  return { ...frame(utterance), operation: word, parameters, confidence: 1 };
}

/** "What does commit do?" is answered by help, on the operation that the rest of the sentence names. */
function helpOn(utterance: Utterance, from: number, know: Knowledge): Understanding {
  const rest = utterance.opening.rest.slice(from);
  const said = rest.map(({ text }) => text).join(' ');
  const fits = bestFits(know.fits(hearingOf(utterance, from))).filter(({ score }) => score >= worthOffering);
  const topic: Said = { kind: 'words', said, ...(fits[0] === undefined ? {} : { value: fits[0].pattern.operation }) };
  return {
    ...frame(utterance),
    operation: 'help',
    parameters: said === '' ? {} : { topic },
    confidence: 0.9,
    alternatives: idsOf(fits),
  };
}

function askBack(utterance: Utterance, hearing: Hearing, fits: readonly Fit[]): Understanding {
  const alternatives = idsOf(fits.filter(({ score }) => score >= worthOffering));
  const parameters = fill(
    [{ name: 'vm', kind: 'vm', required: true }],
    hearing.items.filter(({ kind }) => kind === 'value'),
    utterance.speaker,
  );
  const choices = alternatives.map((id) => say(`${id}.title`));
  const base = {
    ...nothing(utterance, 'language.not-understood'),
    parameters,
    alternatives,
    confidence: round((fits[0]?.score ?? 0) / 2),
  };
  const denied = denies(utterance.opening.rest, hearing.items, utterance.lexicons);
  if (denied && alternatives.length > 0) return { ...base, ask: say('language.denied') };
  if (hearing.later && alternatives.length > 0) return { ...base, ask: say('language.later', { choices }) };
  return alternatives.length === 0 ? base : { ...base, ask: say('language.which', { choices }) };
}

function idsOf(fits: readonly Fit[]): readonly string[] {
  return fits.slice(0, 3).map(({ pattern }) => pattern.operation);
}

function nothing(utterance: Utterance, id: string): Understanding {
  return { ...frame(utterance), ask: say(id) };
}

function frame({ text, opening, speaker }: Utterance): Understanding {
  return {
    text,
    locale: speaker.locale,
    operation: null,
    parameters: {},
    dryRun: opening.dryRun,
    confidence: 0,
    ask: null,
    alternatives: [],
  };
}

function round(score: number): number {
  return Math.round(score * 100) / 100;
}
