import type { ParameterInfo } from '../operations/parameters.ts';
import type { Speaker } from './fill.ts';
import { type Hearing, hear } from './hearing.ts';
import type { Lexicon } from './lexicon.ts';
import type { Fit } from './match.ts';
import type { Plain } from './normalize.ts';
import type { Opening } from './opening.ts';
import type { Sentence, Token } from './tokens.ts';
import { valuesIn } from './values.ts';

/** What the recognizer knows of the operations. */
export interface Knowledge {
  /** Words of phrases that no lexicon has. */
  readonly ownWords: readonly string[];
  readonly parameters: ReadonlyMap<string, readonly ParameterInfo[]>;
  /** What a drill is called in some language: a failover is none by a letter alone. */
  readonly drills: readonly string[];
  /** Changes that may be taken to be meant for now, whatever is told of what is to come. */
  readonly anytime: ReadonlySet<string>;
  /** How the sentence fits each phrase that shares something with it. */
  fits(hearing: Hearing): readonly Fit[];
}

/** A sentence with who said it, taken apart but not yet understood. */
export interface Utterance {
  readonly text: string;
  readonly plain: Plain;
  readonly sentence: Sentence;
  readonly opening: Opening;
  readonly lexicons: readonly Lexicon[];
  readonly speaker: Speaker;
  /** What was heard of it up to now, whole or in parts. */
  readonly heard: Heard[];
}

/** Words that were heard once, and how. */
interface Heard extends Pick<Opening, 'requested'> {
  readonly tokens: readonly Token[];
  readonly text: string;
  readonly hearing: Hearing;
}

/** Reads what follows the lead-in, or what follows the first `from` words of that. The same words are read once, in however many ways they are looked at. */
export function hearingOf(utterance: Utterance, from = 0): Hearing {
  const { heard, sentence, opening } = utterance;
  const { text } = sentence;
  const { requested } = opening;
  const tokens = from === 0 ? opening.rest : opening.rest.slice(from);
  const known = heard.find((one) => one.requested === requested && isSame(one.tokens, tokens) && one.text === text);
  if (known !== undefined) return known.hearing;
  const hearing = newlyHeard(utterance, tokens);
  heard.push({ tokens, text, requested, hearing });
  return hearing;
}

function isSame(tokens: readonly Token[], others: readonly Token[]): boolean {
  return tokens.length === others.length && tokens.every((token, at) => token === others[at]);
}

function newlyHeard({ sentence, opening, lexicons, speaker }: Utterance, tokens: readonly Token[]): Hearing {
  const { locale, timeZone, now, names } = speaker;
  const values = valuesIn(tokens, {
    lexicons,
    names,
    clock: { locale, timeZone, now },
    tag: lexicons[0]?.tag ?? 'en',
    text: sentence.text,
  });
  return hear(sentence.text, tokens, values, { lexicons, now, requested: opening.requested });
}

/** The best fit of every operation, best first. */
export function bestFits(fits: readonly Fit[]): readonly Fit[] {
  const best = new Map<string, Fit>();
  for (const fit of fits) {
    const { operation, says } = fit.pattern;
    // A phrase that stands for a value says it only as a whole.
    if (says !== undefined && !fit.whole) continue;
    if (fit.score > (best.get(operation)?.score ?? -1)) best.set(operation, fit);
  }
  return [...best.values()].sort((a, b) => b.score - a.score);
}
