/** How much of a list and of a foreign text a card shows. */
export interface Limits {
  readonly rows: number;
  /** Of one foreign text, in UTF-16 units. */
  readonly chars: number;
}

/** From what fits a phone to what always fits in 28 KB. */
const steps: readonly Limits[] = [
  { rows: 24, chars: 600 },
  { rows: 12, chars: 300 },
  { rows: 6, chars: 120 },
  { rows: 3, chars: 60 },
  // What a button carries is never cut: where that is long, only fewer rows help.
  { rows: 1, chars: 60 },
];

/** Largest card as JSON in UTF-8 bytes: every way into Teams takes this much (teams-platform.md 2.4), with room for the envelope. */
export const maxCardBytes = 27 * 1024;

/** Draws with fewer rows and shorter texts until the card fits. */
export function fitted<T>(draw: (limits: Limits) => T): T {
  for (const limits of steps.slice(0, -1)) {
    const drawn = draw(limits);
    if (Buffer.byteLength(JSON.stringify(drawn)) <= maxCardBytes) return drawn;
  }
  return draw(steps.at(-1) ?? { rows: 1, chars: 60 });
}

/** The rows that are shown, and how many are not. */
export function shown<T>(rows: readonly T[], limit: number): { readonly rows: readonly T[]; readonly more: number } {
  return rows.length <= limit + 1 ? { rows, more: 0 } : { rows: rows.slice(0, limit), more: rows.length - limit };
}
