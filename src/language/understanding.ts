import { type Message, say } from '../message.ts';
import type { Word } from './conversation.ts';
import { isBareName } from './decide.ts';
import { fill, type Said } from './fill.ts';
import { denies, type Hearing } from './hearing.ts';
import type { Leaning } from './leaning.ts';
import type { Fit } from './match.ts';
import { worthOffering } from './shortlist.ts';
import { bestFits, hearingOf, type Knowledge, type Utterance } from './utterance.ts';

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
  /** What it leaves to the sentence before; null: it stands for itself. */
  readonly leans: Leaning | null;
}

/** A request for an operation, with what the sentence says about its parameters. */
export function taken(utterance: Utterance, hearing: Hearing, fit: Fit, know: Knowledge): Understanding {
  const { operation, changing, says } = fit.pattern;
  // A word of the phrase itself ("orphaned snapshots") is no name, though no lexicon has it.
  const items = hearing.items.filter((item) => item.kind !== 'unknown' || item === fit.unknownName);
  const parameters = fill(know.parameters.get(operation) ?? [], items, utterance.speaker);
  const told = says === undefined ? {} : { [says.parameter]: { kind: says.kind, said: says.value, value: says.value } };
  const reason =
    changing && hearing.reason !== undefined ? { reason: { kind: 'words' as const, said: hearing.reason } } : {};
  return {
    ...frame(utterance),
    operation,
    parameters: { ...parameters, ...told, ...reason },
    dryRun: utterance.opening.dryRun,
    confidence: round(fit.fuzzy ? fit.score * 0.85 : fit.score),
  };
}

/** A word of the conversation. */
export function spoken(utterance: Utterance, word: Word, parameters: Record<string, Said>): Understanding {
  return { ...frame(utterance), operation: word, parameters, confidence: 1 };
}

/** "What does commit do?" is answered by help, on the operation that the rest of the sentence names. */
export function helpOn(utterance: Utterance, from: number, know: Knowledge): Understanding {
  const rest = utterance.opening.rest.slice(from);
  const said = rest.map(({ text }) => text).join(' ');
  const fits = bestFits(know.fits(hearingOf(utterance, from))).filter(({ score }) => score >= worthOffering);
  const topic: Said = { kind: 'words', said, ...(fits[0] === undefined ? {} : { value: fits[0].pattern.operation }) };
  return {
    ...frame(utterance),
    operation: 'help',
    parameters: said === '' ? {} : { topic },
    confidence: 0.9,
    alternatives: idsOf(fits, know),
  };
}

/** Nothing may be done on this sentence: the question back, with what may have been meant. */
export function askBack(
  utterance: Utterance,
  { hearing, fits }: { readonly hearing: Hearing; readonly fits: readonly Fit[] },
  know: Knowledge,
): Understanding {
  const alternatives = idsOf(
    fits.filter(({ score }) => score >= worthOffering),
    know,
  );
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
  const vm = isBareName(hearing) ? parameters.vm : undefined;
  if (vm !== undefined) return { ...base, ask: say('language.bare-name', { name: vm.said }) };
  const denied = denies(utterance.opening.rest, hearing.items, utterance.lexicons);
  if (denied && alternatives.length > 0) return { ...base, ask: say('language.denied') };
  if (hearing.later && alternatives.length > 0) return { ...base, ask: say('language.later', { choices }) };
  return alternatives.length === 0 ? base : { ...base, ask: say('language.which', { choices }) };
}

/** A word of the conversation is understood or not; it is not offered. */
function idsOf(fits: readonly Fit[], { parameters }: Knowledge): readonly string[] {
  const ids = fits.map(({ pattern }) => pattern.operation);
  return ids.filter((id) => parameters.has(id)).slice(0, 3);
}

/** Nothing may be done, and nothing can be offered. */
export function nothing(utterance: Utterance, id: string): Understanding {
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
    leans: null,
  };
}

function round(score: number): number {
  return Math.round(score * 100) / 100;
}
