import { longestAt, longestBefore, onList, type Stretch } from './cursor.ts';
import { alone } from './expressions.ts';
import type { Hearing } from './hearing.ts';
import type { Lexicon } from './lexicon.ts';
import type { Token } from './tokens.ts';
import type { Utterance } from './utterance.ts';

/**
 * What is wished for as if it were done already: "I need sql01 backed up", "erp-01 has to be failed over", "voglio dc01 protetta". The sentence comes
 * back with the verb in place of what is to be done; undefined when it is no such wish. What has to be done leads only to a question: nobody has said that
 * the bot is to do it now.
 */
export function wishOf(utterance: Utterance, { entities, asks }: Hearing): Wish | undefined {
  const { opening, lexicons, sentence } = utterance;
  const { rest } = opening;
  if (asks || (sentence.asks && !opening.requested)) return undefined;
  for (const { kind, first, last } of entities) {
    if (kind !== 'vm' && kind !== 'plan') continue;
    const must = longestAt(rest, last + 1, onList(lexicons, 'must'));
    const done = doneAt(rest, must?.next ?? last + 1, lexicons);
    if (done === undefined || (must === undefined && !isWanted(utterance, first))) continue;
    const from = must === undefined && opening.wants ? 0 : first;
    const wished = { ...utterance, opening: { ...opening, rest: asVerb(rest, { first: from, last }, done) } };
    return { wished, asked: must === undefined && (opening.wants || opening.requested) };
  }
  return undefined;
}

/** What is wished for, as a request. */
export interface Wish {
  readonly wished: Utterance;
  /** Somebody wants it of the bot: "I need …", "please get …". */
  readonly asked: boolean;
}

interface Done {
  readonly verb: string;
  readonly stretch: Stretch;
}

/** "Backed up", with the verb that does it. */
function doneAt(tokens: readonly Token[], at: number, lexicons: readonly Lexicon[]): Done | undefined {
  for (const { done } of lexicons) {
    const stretch = longestAt(tokens, at, (form) => done.has(form));
    const verb = stretch === undefined ? undefined : done.get(stretch.form);
    if (stretch !== undefined && verb !== undefined) return { verb, stretch };
  }
  return undefined;
}

/** "I need …", "get … done": right before the name, but for articles and what is meant of it ("the disks of"). */
function isWanted({ opening, lexicons }: Utterance, first: number): boolean {
  const isArticle = onList(lexicons, 'articles');
  let at = first;
  while (at > 0 && isArticle(opening.rest[at - 1]?.folded ?? '')) at -= 1;
  if (opening.wants && opening.rest.slice(0, at).every(({ folded }) => isThing(folded, lexicons[0]))) return true;
  return at > 0 && longestBefore(opening.rest, at, onList(lexicons, 'must'))?.first === 0;
}

/** "The", "disks", "of". */
function isThing(form: string, own: Lexicon | undefined): boolean {
  return own?.senses.get(form)?.some(({ kind }) => kind === 'thing' || kind === 'neutral') === true;
}

/** The verb, the name, and what follows what is to be done. */
function asVerb(
  tokens: readonly Token[],
  { first, last }: { readonly first: number; readonly last: number },
  { verb, stretch }: Done,
): readonly Token[] {
  const { start = 0, end = 0 } = tokens[stretch.next - 1] ?? {};
  const told = alone({ text: verb, folded: verb, start, end, quoted: false });
  return [told, ...tokens.slice(first, last + 1), ...tokens.slice(stretch.next)];
}
