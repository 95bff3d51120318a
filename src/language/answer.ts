import { type Locales, loadLocales, nearestTag } from '../locales/index.ts';
import type { ParameterKind } from '../operations/parameters.ts';
import { choiceOf } from './choice.ts';
import { moved } from './dates.ts';
import { fill, type Said, type Speaker } from './fill.ts';
import type { Lexicon } from './lexicon.ts';
import { normalize } from './normalize.ts';
import { byLanguage, type Item, readItems } from './reading.ts';
import { type Token, tokenize } from './tokens.ts';
import { valuesIn } from './values.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';

/** Reads words as the answer to a question for one parameter; undefined when they are none. */
export type ReadAnswer = (kind: ParameterKind, words: string, speaker: Speaker) => Said | undefined;

/** Longest answer that is read as a name, in characters: ARM allows no longer names. */
const longestName = 90;

/** Builds the reader of answers. After a question less has to be said: "90 days" is an end, and any word is a name. */
export function answerReader(
  locales: Locales = loadLocales(),
  { lexicons, express }: Vocabulary = vocabularyOf(locales),
): ReadAnswer {
  return (kind, words, speaker) => {
    const text = normalize(words).text;
    if (text === '' || (kind === 'vm' && text.length > longestName)) return undefined;
    if (kind === 'words' || kind === 'notes') return { kind, said: text, value: text };
    const { tokens } = tokenize(text, express);
    const ordered = byLanguage(tokens, lexicons, nearestTag(speaker.locale, locales.keys()));
    const { locale, timeZone, now, names } = speaker;
    const values = valuesIn(tokens, {
      lexicons: ordered,
      names,
      clock: { locale, timeZone, now },
      tag: ordered[0]?.tag ?? 'en',
      pointAsked: kind === 'recovery-point' || kind === 'replication-point',
    });
    const items = readItems(tokens, values, ordered);
    return (
      nthChoice(tokens, ordered) ??
      bareLength(kind, items, speaker) ??
      fill([{ name: 'answer', kind, required: true }], items, speaker).answer ??
      anyName(kind, text, speaker)
    );
  };
}

/** "The second one", "a segunda", "il secondo": a line of the list that came with the question. Figures by themselves are read where the list is. */
function nthChoice(tokens: readonly Token[], lexicons: readonly Lexicon[]): Said | undefined {
  return tokens.some(({ text }) => /\d/.test(text)) ? undefined : choiceOf(tokens, lexicons);
}

/** "90 days" after "until when?" is counted from now. */
function bareLength(kind: ParameterKind, items: readonly Item[], { now, timeZone }: Speaker): Said | undefined {
  if (kind !== 'expiry') return undefined;
  const item = items.find((one) => one.kind === 'value' && one.entity.kind === 'length');
  if (item?.kind !== 'value' || item.entity.kind !== 'length') return undefined;
  const { said, count, unit } = item.entity;
  return { kind, said, value: moved(now, count, unit, timeZone) };
}

function anyName(kind: ParameterKind, text: string, { names }: Speaker): Said | undefined {
  if (kind === 'network') return { kind, said: text };
  if (kind !== 'vm') return undefined;
  const { match, found } = names.find('vm', text);
  return { kind, said: text, match, candidates: found };
}
