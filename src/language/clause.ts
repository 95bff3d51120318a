import { longestAt, onList } from './cursor.ts';
import type { Hearing } from './hearing.ts';
import type { Token } from './tokens.ts';
import type { Utterance } from './utterance.ts';

/** A part of a sentence between its marks, read as a sentence of its own. */
export interface Clause {
  /** With its lead-in. */
  readonly tokens: readonly Token[];
  readonly utterance: Utterance;
  readonly hearing: Hearing;
  /** The mark behind it. */
  readonly mark: string;
  /** It follows "before": what is to come after the request. */
  readonly before: boolean;
}

/** "We …", "it's killing …", "the customer …": what is told of somebody or something, and asks for nothing. */
export function opensWithSubject({ tokens, utterance: { lexicons } }: Clause): boolean {
  const [own] = lexicons;
  const [first, second] = tokens;
  if (own === undefined || first === undefined) return false;
  if (longestAt(tokens, 0, onList([own], 'subjects')) !== undefined) return true;
  // "Its" is mostly "it's" on a phone, where something goes on; and "we're" is no "were".
  if (first.folded === 'its') return second?.folded.endsWith('ing') === true;
  const [noun = '', short] = first.text.toLowerCase().split("'");
  return short !== undefined && own.subjects.has(noun);
}

/** Something that is still to come: "tomorrow", "we are going to …". */
export function aboutToCome({ tokens, before, utterance: { lexicons } }: Clause): boolean {
  const isAhead = onList(lexicons.slice(0, 1), 'ahead');
  return before || tokens.some((_, at) => longestAt(tokens, at, isAhead) !== undefined);
}
