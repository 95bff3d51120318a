import type { Token } from './tokens.ts';

/** What stands between the commas and full stops, or between other marks. */
export function clausesOf(text: string, tokens: readonly Token[], marks = /[,;.!?]/): readonly (readonly Token[])[] {
  const clauses: Token[][] = [[]];
  for (const [at, token] of tokens.entries()) {
    const before = tokens[at - 1];
    if (before !== undefined && marks.test(text.slice(before.end, token.start))) clauses.push([]);
    clauses.at(-1)?.push(token);
  }
  return clauses;
}
