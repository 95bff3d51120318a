import type { Lexicon } from './lexicon.ts';

/** Words that some language knows as one form, at a place of a sentence. */
export interface Expression {
  /** Folded, joined with blanks. */
  readonly form: string;
  /** How many words it counts. */
  readonly words: number;
}

/** The expressions around one word of a sentence, the shortest first. */
export interface Expressions {
  /** Those that begin with it. */
  readonly begun: readonly Expression[];
  /** Those that end with it. */
  readonly ended: readonly Expression[];
  /** It has nothing but the letters a to z: no code, time or number, and no name with a figure or a dash. */
  readonly lettered: boolean;
}

interface Word {
  readonly folded: string;
  readonly quoted: boolean;
}

/** Adds to the words of a sentence the expressions that they belong to. */
export type Express = <W extends Word>(words: readonly W[]) => readonly (W & Expressions)[];

/** A word that is an expression by itself, whatever stands around it. */
export function alone<W extends Word>(word: W): W & Expressions {
  const itself = [{ form: word.folded, words: 1 }];
  return { ...word, begun: itself, ended: itself, lettered: isLettered(word) };
}

interface Branch {
  /** Most expressions go on with nothing. */
  next?: Map<string, Branch>;
  whole?: Expression;
}

/** Finds all expressions of these languages word by word, so that each sentence is looked through once, whatever is sought in it. */
export function expressionsOf(lexicons: readonly Lexicon[]): Express {
  const root: Branch = {};
  for (const { forms } of lexicons) for (const form of forms) grow(root, form);
  return (words) => {
    const begun = words.map((_, at) => begunAt(root, words, at));
    const ended = endedOf(begun);
    return words.map((word, at) => ({
      ...word,
      begun: begun[at] ?? noneKnown,
      ended: ended[at] ?? noneKnown,
      lettered: isLettered(word),
    }));
  };
}

function isLettered({ folded }: Word): boolean {
  return /^[a-z]*$/.test(folded);
}

const noneKnown: readonly Expression[] = [];

/** By their last word; of those that end together the shortest began last. */
function endedOf(begun: readonly (readonly Expression[])[]): readonly (readonly Expression[] | undefined)[] {
  const ended = begun.map((): Expression[] | undefined => undefined);
  for (let at = 0; at < begun.length; at += 1)
    for (const one of begun[at] ?? noneKnown) {
      const last = at + one.words - 1;
      const others = ended[last];
      if (others === undefined) ended[last] = [one];
      else others.unshift(one);
    }
  return ended;
}

function grow(root: Branch, form: string): void {
  const parts = form.split(' ');
  let branch = root;
  for (const part of parts) {
    branch.next ??= new Map();
    const next: Branch = branch.next.get(part) ?? {};
    branch.next.set(part, next);
    branch = next;
  }
  branch.whole = { form, words: parts.length };
}

/** A quoted word is a name: it may begin an expression, but goes on with none. */
function begunAt(root: Branch, words: readonly Word[], first: number): readonly Expression[] {
  let branch = root.next?.get(words[first]?.folded ?? '');
  if (branch === undefined) return noneKnown;
  const begun: Expression[] = [];
  for (let at = first + 1; branch !== undefined; at += 1) {
    if (branch.whole !== undefined) begun.push(branch.whole);
    const word = words[at];
    branch = word === undefined || word.quoted ? undefined : branch.next?.get(word.folded);
  }
  return begun;
}
