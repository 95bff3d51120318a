import { type Fit, fitOf, type Sought } from './match.ts';
import type { Likely, Shortlist } from './shortlist.ts';

/**
 * Compares a sentence with the patterns that may fit it, in their order; what cannot come nearer than another phrase of the same operation is left out,
 * unless the sentence may be exactly it, or all of a change.
 */
export function fitsOf({ sought, likely }: Shortlist): readonly Fit[] {
  const best = likeliestOf(likely).map(({ entry }) => fitOf(sought, entry));
  const fits: Fit[] = [];
  for (const one of likely) {
    const first = best[one.entry.lane];
    if (first?.pattern === one.entry.pattern) fits.push(first);
    else if (first === undefined || one.most >= first.score || mayBeAll(sought, one))
      fits.push(fitOf(sought, one.entry));
  }
  return fits;
}

/** The likeliest pattern of each lane, in its lane's place. */
function likeliestOf(likely: readonly Likely[]): readonly Likely[] {
  const first: Likely[] = [];
  for (const one of likely) if (one.most > (first[one.entry.lane]?.most ?? 0)) first[one.entry.lane] = one;
  return first;
}

function mayBeAll({ heard }: Sought, { entry: { pattern }, whole }: Likely): boolean {
  return (pattern.changing && whole) || pattern.phrases.some(({ literal }) => literal === heard.literal);
}
