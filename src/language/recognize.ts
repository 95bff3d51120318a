import { type Locales, loadLocales, nearestTag } from '../locales/index.ts';
import type { Operation } from '../operations/operation.ts';
import { parametersOf } from '../operations/parameters.ts';
import { saidInOneClause, withoutAsides } from './asides.ts';
import { clausesOf } from './clauses.ts';
import { isGathered } from './closed.ts';
import { comparer } from './compare.ts';
import { type SpokenWord, wordOf } from './conversation.ts';
import { aboutOf, actOf, isSpokenOf, opensWithAct, readOf } from './decide.ts';
import { decidedApart } from './decided-apart.ts';
import type { Said, Speaker } from './fill.ts';
import type { Hearing } from './hearing.ts';
import { denies, isBareAge } from './hearing.ts';
import { intentionOf } from './intentions.ts';
import { isVerb, means } from './items.ts';
import { leaningOf, withSubject } from './leaning.ts';
import type { Lexicon } from './lexicon.ts';
import type { Fit } from './match.ts';
import { isCode } from './name-shape.ts';
import { normalize } from './normalize.ts';
import { openingOf } from './opening.ts';
import { askable, type Pattern, patternsOf } from './patterns.ts';
import { byLanguage } from './reading.ts';
import { worthOffering } from './shortlist.ts';
import { fitsSlot } from './slots.ts';
import { standingOf } from './standing.ts';
import { tellingWords } from './telling-words.ts';
import { type Token, tokenize } from './tokens.ts';
import { askedAfterTelling, askedInClauses, narrowed } from './told.ts';
import { askBack, helpOn, nothing, spoken, taken, type Understanding } from './understanding.ts';
import { bestFits, hearingOf, type Knowledge, type Utterance } from './utterance.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';
import { waitedFor } from './waited-for.ts';
import { wishOf } from './wishes.ts';

export type { Word } from './conversation.ts';
export type { Said, Speaker } from './fill.ts';
export type { Understanding } from './understanding.ts';

/** From here on a question may be guessed to be a read. */
const enoughForGuess = 0.5;

/** Understands sentences: deterministic, offline, without memory. */
export interface Recognizer {
  understand(text: string, speaker: Speaker): Understanding;
}

/** Builds the recognizer of these operations from their phrases and the words of the locales. */
export function createRecognizer(
  operations: readonly Operation[],
  locales: Locales = loadLocales(),
  { lexicons, express }: Vocabulary = vocabularyOf(locales),
): Recognizer {
  const startingWith = (tag: string) => lexicons.toSorted((a, b) => Number(b.tag === tag) - Number(a.tag === tag));
  const patterns = patternsOf([...operations.map(askable), ...tellingWords(lexicons)], { startingWith, express });
  const parameters = new Map(operations.map((operation) => [operation.id, parametersOf(operation)]));
  const know: Knowledge = {
    parameters,
    ownWords: ownWordsOf(patterns),
    drills: drillsOf(lexicons),
    anytime: new Set(operations.filter(isHarmlessNow).map(({ id }) => id)),
    fits: comparer(patterns),
  };
  return {
    understand: (text, speaker) => {
      const plain = normalize(text);
      const sentence = tokenize(plain.text, express);
      const ordered = byLanguage(sentence.tokens, lexicons, nearestTag(speaker.locale, locales.keys()));
      const opening = openingOf(sentence.tokens, ordered);
      return understood({ text, plain, sentence, opening, lexicons: ordered, speaker, heard: [] }, know);
    },
  };
}

function drillsOf(lexicons: readonly Lexicon[]): readonly string[] {
  return lexicons.flatMap(({ senses }) =>
    [...senses].flatMap(([form, told]) =>
      !form.includes(' ') && told.some(({ concept }) => concept === 'test' || concept === 'drill') ? [form] : [],
    ),
  );
}

/** What only adds something, and is of no past: it does no harm now, though it was meant for tonight. */
function isHarmlessNow(operation: Operation): boolean {
  return operation.risk === 'reversible' && !parametersOf(operation).some(({ kind }) => kind === 'recovery-point');
}

/** Words of phrases that no lexicon has. */
function ownWordsOf(patterns: readonly Pattern[]): readonly string[] {
  const wanted = patterns.flatMap((pattern) => pattern.wanted);
  const concepts = wanted.flatMap((one) => (one.want === 'concept' ? one.concepts : []));
  return [...new Set(concepts.filter((concept) => concept.startsWith('=')).map((concept) => concept.slice(1)))];
}

function understood(utterance: Utterance, know: Knowledge): Understanding {
  const { sentence, opening, lexicons } = utterance;
  if (sentence.tokens.length === 0)
    return sentence.asks ? spoken(utterance, 'help', {}) : nothing(utterance, 'language.empty');
  const word = spokenWord(utterance);
  if (word?.word === 'same' && sentence.asks && !opening.requested)
    return { ...nothing(utterance, 'language.not-understood'), parameters: word.parameters, leans: 'name' };
  if (word !== undefined) return spoken(utterance, word.word, word.parameters);
  const decided = decidedAfterTelling(utterance);
  if (decided !== undefined) return spoken(utterance, decided.word, decided.parameters);
  const clauses = clausesOf(sentence.text, opening.rest);
  const intention = intentionOf(opening.rest, lexicons, clauses) ?? cryForHelp(utterance, clauses);
  if (intention !== undefined)
    return requestAfterTelling(utterance, know) ?? spoken(utterance, 'help', { topic: intention });
  return { ...leaningRequestOf(utterance, know), leans: leaningOf(utterance) ?? null };
}

/** "sql01 is down, what can I do?", "… please help": what is told before it is what help is about. */
function cryForHelp(utterance: Utterance, clauses: readonly (readonly Token[])[]): Said | undefined {
  const [first, last] = [clauses[0], clauses.at(-1)];
  if (first === undefined || last === undefined || clauses.length < 2) return undefined;
  if (wordOfClause(narrowed(utterance, last))?.word !== 'help') return undefined;
  const isTold = hearingOf(narrowed(utterance, first)).items.some((item) => means(item, ['told', 'plight']));
  const said = first.map(({ text }) => text).join(' ');
  return isTold ? { kind: 'words', said, value: 'down' } : undefined;
}

/** "Its snapshots" is understood with the name in place of "its" or, when that is no phrase, as it stands. */
function leaningRequestOf(utterance: Utterance, know: Knowledge): Understanding {
  const named = withSubject(utterance, utterance.speaker.it);
  const meant = requestOf(named, know);
  if (named === utterance || meant.operation !== null) return meant;
  const plain = requestOf(utterance, know);
  return plain.operation === null ? meant : plain;
}

function requestOf(utterance: Utterance, know: Knowledge): Understanding {
  const { opening } = utterance;
  const hearing = hearingOf(utterance);
  const all = know.fits(hearing);
  const fits = bestFits(all);
  const act = actOf(utterance, hearing, all, know);
  const told = act === undefined || isGathered(act, hearing) ? requestAfterTelling(utterance, know) : undefined;
  if (told !== undefined) return told;
  const wished = act === undefined ? wishOf(utterance, hearing) : undefined;
  if (wished !== undefined)
    return (wished.asked ? actIn(wished.wished, know) : undefined) ?? askedBack(wished.wished, know);
  const read = act === undefined && !isBareAge(hearing) ? readOf(utterance, hearing, fits) : undefined;
  if (read?.exact === false && endsWithAct(utterance))
    return askBack(utterance, { hearing, fits: fits.filter(({ pattern }) => pattern.changing) }, know);
  const best = act ?? read;
  const about = opening.dryRun || best?.exact === true ? undefined : aboutOf(utterance, hearing, best);
  if (about !== undefined) return helpOn(utterance, about, know);
  if (best !== undefined) return taken(utterance, hearing, best, know);
  const inClause = readInClause(utterance, know);
  if (inClause !== undefined) return inClause;
  const guess = guessedRead(utterance, hearing, { fits, know });
  if (guess !== undefined) return taken(utterance, hearing, guess, know);
  return asksAboutChange(utterance, hearing, fits)
    ? helpOn(utterance, 0, know)
    : askBack(utterance, { hearing, fits }, know);
}

/** A question that is nearest to a read is answered by it, though it says more than the read does: that can be guessed. */
function guessedRead(
  { opening, sentence, lexicons }: Utterance,
  hearing: Hearing,
  { fits: [best], know }: { readonly fits: readonly Fit[]; readonly know: Knowledge },
): Fit | undefined {
  const asks = sentence.asks || hearing.asks || hearing.concepts.has('show');
  const wants = opening.wants || (opening.requested && !hearing.concepts.has('show'));
  if (!asks || wants || opensWithAct(hearing) || opensLater(hearing.items)) return undefined;
  if (denies(opening.rest, hearing.items, lexicons) || !hearing.items.some(isSpokenOf)) return undefined;
  if (best === undefined || best.pattern.changing || best.score < enoughForGuess) return undefined;
  return namesWhatItReads(best, hearing, know) ? best : undefined;
}

/** A guess that would ask "Which VM?" back answers nobody. */
function namesWhatItReads({ pattern }: Fit, { entities }: Hearing, { parameters }: Knowledge): boolean {
  const needed = parameters.get(pattern.operation)?.filter(({ required }) => required) ?? [];
  return needed.every(({ kind }) => entities.some((entity) => fitsSlot(entity, kind)));
}

/** "Does reprotect delete the source?", "if I stop protection, do the points stay?": a question that names nothing to do it to is one for help. */
function asksAboutChange({ opening, sentence }: Utterance, hearing: Hearing, fits: readonly Fit[]): boolean {
  const names = hearing.entities.some(({ kind }) => ['vm', 'run', 'plan', 'vault', 'job'].includes(kind));
  const asks = (sentence.asks || hearing.asks) && !opening.requested && !opening.wants;
  return (
    asks &&
    !names &&
    hearing.items.some(isVerb) &&
    fits.some(({ pattern, score }) => pattern.changing && score >= worthOffering)
  );
}

/** "Somebody deleted its backups, get them back": what comes last is to be done, whatever could be read about the rest. */
function endsWithAct(utterance: Utterance): boolean {
  const last = utterance.sentence.asks ? undefined : askedInClauses(utterance).at(-1);
  return last !== undefined && opensWithAct(hearingOf(last));
}

/** "I just came on shift, how do things stand?": a question beside what leads to it, and nothing that wants to be done. */
function readInClause(utterance: Utterance, know: Knowledge): Understanding | undefined {
  const asked = askedInClauses(utterance).map((clause) => ({ clause, hearing: hearingOf(clause) }));
  const decides = asked.some(
    ({ hearing: { items, entities } }) => opensLater(items) || entities.some(({ kind }) => kind === 'run'),
  );
  if (decides || asked.some(({ hearing }) => opensWithAct(hearing))) return undefined;
  const read = asked.flatMap(({ clause, hearing }) => {
    const asksFor = hearing.asks || clause.sentence.asks || hearing.concepts.has('show');
    const best = asksFor ? readOf(clause, hearing, bestFits(know.fits(hearing))) : undefined;
    const isOperation = best !== undefined && know.parameters.has(best.pattern.operation);
    return isOperation ? [{ clause, hearing, best }] : [];
  });
  const [first] = read.toSorted((a, b) => b.best.score - a.best.score);
  return first === undefined ? undefined : taken(first.clause, first.hearing, first.best, know);
}

/** "Looks fine to me, approve 4F7K": only together with the run's code. */
function decidedAfterTelling(utterance: Utterance): SpokenWord | undefined {
  const { tokens, quotes } = utterance.sentence;
  // A code is four letters and figures.
  if (quotes || utterance.plain.cut || !tokens.some(({ folded }) => folded.length === 4)) return undefined;
  const asked = askedAfterTelling(utterance);
  const word = asked === undefined ? undefined : wordOfClause(asked);
  if (word?.parameters.run !== undefined) return word;
  return tokens.some(isCode) ? (saidInOneClause(utterance, undecidedWord) ?? decidedApart(utterance)) : undefined;
}

/** Whatever is told beside it: nothing begins in Azure by these. An approval has to stand by itself, or beside words that are all known. */
function undecidedWord(clause: Utterance): SpokenWord | undefined {
  const word = wordOfClause(clause);
  return word?.parameters.run !== undefined && harmlessWords.has(word.word) ? word : undefined;
}

const harmlessWords: ReadonlySet<SpokenWord['word']> = new Set(['reject', 'withdraw', 'why', 'watch', 'unwatch']);

function wordOfClause({ opening: { rest }, sentence: { text }, lexicons, speaker }: Utterance): SpokenWord | undefined {
  return rest.length === 0 ? undefined : wordOf({ text, tokens: rest, lexicons, names: speaker.names });
}

/** "If the drill works, …". */
function opensLater([first]: Hearing['items']): boolean {
  return first !== undefined && means(first, ['later']);
}

/** "The region is down, fail over sql01": the change that is asked for behind what is told. */
function requestAfterTelling(utterance: Utterance, know: Knowledge): Understanding | undefined {
  const told = actIn(askedAfterTelling(utterance), know);
  if (told !== undefined) return told;
  const asked = withoutAsides(utterance);
  const act = actIn(asked?.request, know);
  return asked?.ahead === true && !know.anytime.has(act?.operation ?? '') ? undefined : act;
}

function actIn(asked: Utterance | undefined, know: Knowledge): Understanding | undefined {
  if (asked === undefined) return undefined;
  const hearing = hearingOf(asked);
  const act = actOf(asked, hearing, know.fits(hearing), know);
  if (act !== undefined) return taken(asked, hearing, act, know);
  const wish = wishOf(asked, hearing);
  return wish?.asked === true ? actIn(wish.wished, know) : undefined;
}

/** What is only wished for is asked about, with the changes that would do it. */
function askedBack(wished: Utterance, know: Knowledge): Understanding {
  const hearing = hearingOf(wished);
  const fits = bestFits(know.fits(hearing)).filter(({ pattern }) => pattern.changing);
  return askBack(wished, { hearing, fits }, know);
}

function spokenWord({ sentence, plain, opening, lexicons, speaker }: Utterance): SpokenWord | undefined {
  if (sentence.quotes || plain.cut || opening.dryRun) return undefined;
  const rest = { text: sentence.text, lexicons, names: speaker.names };
  const isLedIn = opening.rest.length > 0 && opening.rest.length < sentence.tokens.length;
  return (
    standingOf({ ...rest, tokens: sentence.tokens }) ??
    waitedFor({ tokens: sentence.tokens, lexicons: lexicons.slice(0, 1), names: speaker.names }) ??
    wordOf({ ...rest, tokens: sentence.tokens }) ??
    (isLedIn ? wordOf({ ...rest, tokens: opening.rest }) : undefined)
  );
}
