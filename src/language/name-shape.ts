import { clockShape } from './date-words.ts';
import type { Token } from './tokens.ts';

/** A name that cannot be a word: it has a figure or a dash in it. */
export const nameShape = /^(?=.*[\d\-_])[\p{L}\p{N}][\p{L}\p{N}._-]{0,89}$/u;

/** "snap-1": what snapshots are mostly called. */
export function isSnapshot(name: string): boolean {
  return /^snap[-_]/i.test(name);
}

/** "Mercury's snapshots" are those of mercury. */
export function ownerOf(text: string): string {
  return text.endsWith("'s") ? text.slice(0, -2) : text;
}

/** "4F7K": four letters and figures, as the codes of runs are, and no time of day such as "14pm". */
export function isCode({ folded }: Pick<Token, 'folded'>): boolean {
  return /^(?=.*[a-z])(?=.*\d)[a-z0-9]{4}$/.test(folded) && !clockShape.test(folded);
}
