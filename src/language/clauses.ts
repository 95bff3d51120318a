import type { Token } from './tokens.ts';

/** What stands between the commas and full stops, or between other marks. */
export function clausesOf(text: string, tokens: readonly Token[], marks = /[,;.!?]/): readonly (readonly Token[])[] {
  const clauses: Token[][] = [[]];
  for (const [at, token] of tokens.entries()) {
    const before = tokens[at - 1];
    const between = before === undefined ? ' ' : text.slice(before.end, token.start);
    // Most words are apart by a blank, which is no mark.
    if (between !== ' ' && marks.test(between)) clauses.push([]);
    clauses.at(-1)?.push(token);
  }
  return clauses;
}
