import type { Word } from './conversation.ts';
import type { Lexicon } from './lexicon.ts';
import type { Askable } from './patterns.ts';

/** Words that only tell: they may be guessed as a read may. */
const telling: readonly Word[] = ['pending', 'why', 'undo'];

/** These words with how they are asked for, so that "anything waiting on me?" is understood though nobody wrote it down. */
export function tellingWords(lexicons: readonly Lexicon[]): readonly Askable[] {
  return telling.map((id) => {
    const phrases = lexicons.map(({ tag, words }) => [tag, formsOf(words, id)] as const);
    return { id, changing: false, kinds: new Map(), phrases: Object.fromEntries(phrases) };
  });
}

/** One word by itself says too little to be compared. */
function formsOf(words: Lexicon['words'], id: Word): readonly string[] {
  return [...words].flatMap(([form, word]) => (word === id && form.includes(' ') ? [form] : []));
}
