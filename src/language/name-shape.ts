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
