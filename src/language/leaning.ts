import { longestAt, onList, type Stretch } from './cursor.ts';
import { isBareName } from './decide.ts';
import { alone } from './expressions.ts';
import type { Lexicon } from './lexicon.ts';
import { fold } from './normalize.ts';
import type { Token } from './tokens.ts';
import { hearingOf, type Utterance } from './utterance.ts';

/**
 * How a sentence leans on what was said before it. `it`: it speaks of the same thing ("back it up", "and its recovery points?") ·
 * `also`: it goes on ("and the snapshots?") · `name`: it goes on and says another name only ("and web-prod-02?").
 */
export type Leaning = 'it' | 'also' | 'name';

/** What a sentence leaves to the one before; undefined when it stands for itself. */
export function leaningOf(utterance: Utterance): Leaning | undefined {
  const { rest } = utterance.opening;
  const begun = longestAt(rest, 0, onList(utterance.lexicons, 'also'));
  if (begun !== undefined && isBareName(hearingOf(utterance, begun.next))) return 'name';
  if (rest.some((_, at) => itAt(utterance, at) !== undefined)) return 'it';
  return begun === undefined ? undefined : 'also';
}

/** The sentence with a name where it says "it": "is it replicated?" asks as "is sql-prod-01 replicated?" does. The words of a reason stay as they are. */
export function withSubject(utterance: Utterance, name: string | undefined): Utterance {
  const { opening, sentence } = utterance;
  const { rest } = opening;
  const at = name === undefined ? -1 : rest.findIndex((_, index) => standsAlone(utterance, index));
  const it = itAt(utterance, at);
  const [first, last] = [rest[at], rest[(it?.next ?? 0) - 1]];
  if (name === undefined || it === undefined || first === undefined || last === undefined) return utterance;
  const named = alone({ text: name, folded: fold(name), start: first.start, end: last.end, quoted: true });
  const spoken = rest.toSpliced(at, it.next - at, named);
  const ledIn = sentence.tokens.slice(0, sentence.tokens.length - rest.length);
  return {
    ...utterance,
    opening: { ...opening, rest: spoken },
    sentence: { ...sentence, tokens: [...ledIn, ...spoken] },
  };
}

/** A word for what was spoken of, in the language of the sentence; "keep it for 60 days" is of the backup. */
function itAt({ opening, lexicons }: Utterance, at: number): Stretch | undefined {
  const found = longestAt(opening.rest, at, onList(lexicons.slice(0, 1), 'it'));
  if (found === undefined) return undefined;
  const keeps = coveringAt(opening.rest, at, lexicons)?.some(({ concept }) => concept === 'keep') === true;
  return keeps ? undefined : found;
}

/** "Is it replicated?", and not "back it up", which is one expression, nor "is it safe to …". */
function standsAlone(utterance: Utterance, at: number): boolean {
  const { opening, lexicons } = utterance;
  if (itAt(utterance, at) === undefined || coveringAt(opening.rest, at, lexicons) !== undefined) return false;
  // "Fanne il backup" says what to do in the same word.
  const senses = lexicons[0]?.senses.get(opening.rest[at]?.folded ?? '') ?? [];
  if (senses.some(({ kind }) => kind === 'action')) return false;
  const about = longestAt(opening.rest, 0, onList(lexicons, 'about'));
  return about === undefined || about.next <= at;
}

/** What an expression means that began before a word and goes on over it. */
function coveringAt(tokens: readonly Token[], at: number, lexicons: readonly Lexicon[]) {
  for (let from = Math.max(0, at - 3); from < at; from += 1) {
    for (const { senses } of lexicons) {
      const found = longestAt(tokens, from, (form) => senses.has(form));
      if (found !== undefined && found.next > at) return senses.get(found.form);
    }
  }
  return undefined;
}
