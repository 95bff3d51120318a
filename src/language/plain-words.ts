import type { Lexicon } from './lexicon.ts';

/** Whether some language knows a word. */
export function isWord(folded: string, lexicons: readonly Lexicon[]): boolean {
  return lexicons[0]?.together.known.has(folded) === true;
}

/** "back-up", "test-failover", "segunda-feira": words joined by a hyphen, not a name. */
export function isWords(folded: string, lexicons: readonly Lexicon[]): boolean {
  if (isWord(folded, lexicons)) return true;
  const parts = folded.split('-');
  return (
    parts.length > 1 &&
    (isWord(parts.join(' '), lexicons) ||
      isWord(parts.join(''), lexicons) ||
      parts.every((part) => isWord(part, lexicons)))
  );
}
