import { longestAt } from './cursor.ts';
import type { AnnouncedEntity } from './entities.ts';
import type { Lexicon } from './lexicon.ts';
import type { Token } from './tokens.ts';

/** What is written in whole sentences goes on to the end. */
const written: ReadonlySet<string> = new Set(['notes', 'comment']);

/** Where "notes:" begins, which go on to the end; else the end. */
export function writtenFrom(tokens: readonly Token[], lexicons: readonly Lexicon[]): number {
  const announces = (form: string) => lexicons.some(({ announced }) => written.has(announced.get(form) ?? ''));
  const at = tokens.findIndex((_, first) => {
    const cue = longestAt(tokens, first, announces);
    const next = cue === undefined ? undefined : tokens[cue.next];
    return cue !== undefined && next !== undefined && next.start - (tokens[cue.next - 1]?.end ?? 0) > 1;
  });
  return at === -1 ? tokens.length : at;
}

/** "Called erp-02-r", "staging account strestoreweu", "notes: login ok": a value with the parameter that its own words say it is for. */
export function announcedIn(
  tokens: readonly Token[],
  { lexicons, text }: { readonly lexicons: readonly Lexicon[]; readonly text?: string },
  isPlain: (token: Token) => boolean,
): readonly AnnouncedEntity[] {
  return tokens.flatMap((_, first): AnnouncedEntity[] => {
    const cue = longestAt(tokens, first, (form) => lexicons.some(({ announced }) => announced.has(form)));
    const next = cue === undefined ? undefined : tokens[cue.next];
    if (cue === undefined || next === undefined) return [];
    const parameter = lexicons.map(({ announced }) => announced.get(cue.form)).find((one) => one !== undefined) ?? '';
    const isWritten = written.has(parameter);
    // "Notes: …" says them, "the notes of 4F7K" speaks of them.
    const isSaid = isWritten ? next.start - (tokens[cue.next - 1]?.end ?? 0) > 1 || next.quoted : !isPlain(next);
    const last = isWritten ? tokens.length - 1 : cue.next;
    const words = tokens.slice(cue.next, last + 1).map((token) => token.text);
    const said = text?.slice(next.start, tokens[last]?.end) ?? words.join(' ');
    return isSaid ? [{ kind: 'announced', parameter, first, last, said }] : [];
  });
}
